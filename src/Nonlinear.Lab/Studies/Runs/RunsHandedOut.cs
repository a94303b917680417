using System.Text.Json;

namespace Nonlinear.Lab.Studies.Runs;

/// <summary>Runs that are handed out.</summary>
/// <param name="desk">Who has them carried out.</param>
/// <param name="kind">The kind of the carrier that understands them.</param>
/// <param name="about">What the runs are about, in words of that carrier; asked for when there are runs.</param>
internal sealed class RunsHandedOut(IRunDesk desk, string kind, Func<string> about) : IRunPlace
{
    /// <inheritdoc/>
    public int Threads => 1;

    /// <inheritdoc/>
    public bool HandsOut => true;

    /// <inheritdoc/>
    public IRunPlace OneAtATime => this;

    /// <inheritdoc/>
    public IReadOnlyList<TResult> Run<TConfiguration, TResult>(
        string study,
        IReadOnlyList<TConfiguration> configurations,
        Func<TConfiguration, TResult> run,
        Action finished,
        CancellationToken cancellation)
    {
        string subject = about();
        RunOrder[] orders =
        [
            .. configurations.Select(configuration => new RunOrder(
                RunKey.Of(study, configuration),
                kind,
                RunKey.Write(new RunText(
                    subject, study, RunKey.Read<JsonElement>(RunKey.Write(configuration)))))),
        ];
        return [.. desk.Carry(orders, finished, cancellation).Select(RunKey.Read<TResult>)];
    }
}
