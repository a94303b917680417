namespace Nonlinear.Lab.Studies.Runs;

/// <summary>Where runs are carried out and their results kept: on this machine, or wherever somebody takes them.</summary>
internal interface IRunPlace
{
    /// <summary>How many runs go on at the same time on this machine.</summary>
    int Threads { get; }

    /// <summary>Whether others carry the runs out, so that the more are asked for at once the better.</summary>
    bool HandsOut { get; }

    /// <summary>The same place, which carries out one run at a time on this machine.</summary>
    IRunPlace OneAtATime { get; }

    /// <summary>The results of runs, in the order of their configurations.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="configurations">The runs.</param>
    /// <param name="run">Carries one out, on one thread.</param>
    /// <param name="finished">Is called for each run that has finished, by any thread.</param>
    /// <param name="cancellation">Stops the work; what has finished is kept.</param>
    IReadOnlyList<TResult> Run<TConfiguration, TResult>(
        string study,
        IReadOnlyList<TConfiguration> configurations,
        Func<TConfiguration, TResult> run,
        Action finished,
        CancellationToken cancellation);
}
