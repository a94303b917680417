using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nonlinear.Lab.Studies.Runs;

/// <summary>Where runs are carried out: several at a time, each once and for all.</summary>
/// <param name="store">Where results are kept; null for nowhere.</param>
/// <param name="threads">How many runs go on at the same time.</param>
/// <param name="progress">Is told the share that is done.</param>
/// <param name="cancellation">Stops the work; what has finished is kept.</param>
internal sealed class Laboratory(ResultStore? store, int threads, IProgress<double>? progress, CancellationToken cancellation)
{
    /// <summary>How many runs go on at the same time.</summary>
    public int Threads => threads;

    /// <summary>Stops the work.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The same, with one run at a time, for runs whose time is measured.</summary>
    public Laboratory OneAtATime() => new(store, 1, progress, cancellation);

    /// <summary>The results of runs, in the order of their configurations, from the store where it has them.</summary>
    /// <typeparam name="TConfiguration">Everything that decides a result: a record that serialises to JSON.</typeparam>
    /// <typeparam name="TResult">The result: a record that serialises to JSON and back.</typeparam>
    /// <param name="study">The name of the study.</param>
    /// <param name="configurations">The runs.</param>
    /// <param name="run">Carries one out, on one thread.</param>
    /// <param name="from">The share of the whole work that is done before these runs.</param>
    /// <param name="to">The share of the whole work that is done after them.</param>
    public IReadOnlyList<TResult> Run<TConfiguration, TResult>(
        string study, IReadOnlyList<TConfiguration> configurations, Func<TConfiguration, TResult> run, double from = 0, double to = 1)
    {
        TResult[] results = new TResult[configurations.Count];
        int done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        // One after another in order, so that an interrupted study has finished its first runs.
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, results.Length), EnumerablePartitionerOptions.NoBuffering), options, i =>
        {
            results[i] = store is null ? run(configurations[i]) : Kept(store, study, configurations[i], run);
            progress?.Report(from + ((to - from) * Interlocked.Increment(ref done) / results.Length));
        });
        return results;
    }

    private static TResult Kept<TConfiguration, TResult>(
        ResultStore store, string study, TConfiguration configuration, Func<TConfiguration, TResult> run)
    {
        string key = ResultStore.Key(study, configuration);
        if (store.TryFind(key, out TResult result))
            return result;
        long start = Stopwatch.GetTimestamp();
        result = run(configuration);
        store.Add(key, study, configuration, result, Stopwatch.GetElapsedTime(start).TotalSeconds);
        return result;
    }
}
