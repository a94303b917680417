namespace Nonlinear.Lab.Studies.Runs;

/// <summary>What a study has its runs carried out by.</summary>
/// <param name="place">Where they are carried out.</param>
/// <param name="progress">Is told the share that is done.</param>
/// <param name="cancellation">Stops the work; what has finished is kept.</param>
internal sealed class Laboratory(IRunPlace place, IProgress<double>? progress, CancellationToken cancellation)
{
    /// <summary>How many runs go on at the same time on this machine.</summary>
    public int Threads => place.Threads;

    /// <summary>Whether others carry the runs out, so that the more are asked for at once the better.</summary>
    public bool HandsOut => place.HandsOut;

    /// <summary>Stops the work.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The same, with one run at a time, for runs whose time is measured.</summary>
    public Laboratory OneAtATime() => new(place.OneAtATime, progress, cancellation);

    /// <summary>The results of runs, in the order of their configurations, from the store where it has them.</summary>
    /// <typeparam name="TConfiguration">Everything that decides a result: a record that serialises to JSON and back.</typeparam>
    /// <typeparam name="TResult">The result: a record that serialises to JSON and back.</typeparam>
    /// <param name="study">The name of the study.</param>
    /// <param name="configurations">The runs.</param>
    /// <param name="run">Carries one out, on one thread.</param>
    /// <param name="from">The share of the whole work that is done before these runs.</param>
    /// <param name="to">The share of the whole work that is done after them.</param>
    public IReadOnlyList<TResult> Run<TConfiguration, TResult>(
        string study, IReadOnlyList<TConfiguration> configurations, Func<TConfiguration, TResult> run, double from = 0, double to = 1)
    {
        int done = 0;
        return place.Run(
            study,
            configurations,
            run,
            () => progress?.Report(from + ((to - from) * Interlocked.Increment(ref done) / configurations.Count)),
            cancellation);
    }
}
