using System.Text.Json;

namespace Nonlinear.Lab.Studies.Runs;

/// <summary>A run that somebody else may carry out, as text that any machine with this build understands.</summary>
/// <param name="Key">What its result is found by: different for everything that decides it.</param>
/// <param name="Kind">Who can carry it out: the <see cref="IRunCarrier.Kind"/> of a carrier.</param>
/// <param name="Text">What is to be done, for the carrier.</param>
public sealed record RunOrder(string Key, string Kind, string Text);

/// <summary>Has runs carried out elsewhere, and keeps their results.</summary>
public interface IRunDesk
{
    /// <summary>Where that is, in words that can be shown to anybody.</summary>
    string Where { get; }

    /// <summary>Keeps something that orders refer to.</summary>
    /// <returns>By what it is found: its hash.</returns>
    /// <exception cref="IOException">It cannot be kept.</exception>
    string Keep(byte[] content);

    /// <summary>Has runs carried out unless they have been before, and waits for them.</summary>
    /// <param name="orders">The runs.</param>
    /// <param name="finished">Is called for each run that has finished.</param>
    /// <param name="cancellation">Waits no longer; what was handed out goes on, and its results are kept.</param>
    /// <returns>The results, in the order of the runs.</returns>
    /// <exception cref="IOException">The place is not to be reached, or a run has failed.</exception>
    IReadOnlyList<string> Carry(IReadOnlyList<RunOrder> orders, Action finished, CancellationToken cancellation);
}

/// <summary>What whoever carries out a run may ask the place that it comes from.</summary>
public interface IRunSource
{
    /// <summary>What was kept by a hash.</summary>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    byte[] Content(string hash);

    /// <summary>The result of a run that has finished; null if it has not.</summary>
    string? Result(string key);
}

/// <summary>Carries out the runs of a kind.</summary>
public interface IRunCarrier
{
    /// <summary>The kind.</summary>
    string Kind { get; }

    /// <summary>Carries one out, on one thread.</summary>
    /// <returns>The result, the same on every machine.</returns>
    string Carry(RunOrder order, IRunSource source, CancellationToken cancellation);
}

/// <summary>What the orders of the lab say.</summary>
/// <param name="About">What the runs are about, in words of the carrier.</param>
/// <param name="Study">The name under which the lab asks for the run.</param>
/// <param name="Configuration">Everything that decides the result.</param>
internal sealed record RunText(string About, string Study, JsonElement Configuration)
{
    /// <summary>What an order says.</summary>
    public static RunText Of(RunOrder order) => RunKey.Read<RunText>(order.Text);
}
