namespace Nonlinear.Lab.Studies.Runs;

/// <summary>
/// The one run that an order is about: a study that is begun again on another machine comes to it by itself, and what it asks for before
/// has finished elsewhere. So the code of a study is the code of its runs, and nothing is said twice.
/// </summary>
/// <param name="key">The key of the run.</param>
/// <param name="source">Where the order comes from.</param>
internal sealed class RunsOfOrder(string key, IRunSource source) : IRunPlace
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
        string[] keys = [.. configurations.Select(configuration => RunKey.Of(study, configuration))];
        if (Array.IndexOf(keys, key) is var place && place >= 0)
            throw new FoundException(RunKey.Write(run(configurations[place])));
        return
        [
            .. keys.Select(earlier => RunKey.Read<TResult>(
                source.Result(earlier)
                ?? throw new InvalidOperationException($"A run of {study} was asked for before those that it follows."))),
        ];
    }

    /// <summary>Begins a study, and ends it when its run has been carried out.</summary>
    /// <returns>The result of the run.</returns>
    public static string ResultOf(RunOrder order, IRunSource source, Action<Laboratory> study, CancellationToken cancellation)
    {
        try
        {
            study(new(new RunsOfOrder(order.Key, source), progress: null, cancellation));
        }
        catch (FoundException found)
        {
            return found.Message;
        }
        throw new InvalidOperationException("The study does not ask for the run that was handed out.");
    }

#pragma warning disable CA1032, CA1064 // Nobody but this class makes or catches one.
    private sealed class FoundException(string result) : Exception(result);
#pragma warning restore CA1032, CA1064
}
