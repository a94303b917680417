using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nonlinear.Lab.Studies.Runs;

/// <summary>Runs that this machine carries out, several at a time, each once and for all.</summary>
/// <param name="store">Where results are kept; null for nowhere.</param>
/// <param name="threads">How many runs go on at the same time.</param>
internal sealed class RunsHere(ResultStore? store, int threads) : IRunPlace
{
    /// <inheritdoc/>
    public int Threads => threads;

    /// <inheritdoc/>
    public bool HandsOut => false;

    /// <inheritdoc/>
    public IRunPlace OneAtATime => new RunsHere(store, 1);

    /// <inheritdoc/>
    public IReadOnlyList<TResult> Run<TConfiguration, TResult>(
        string study,
        IReadOnlyList<TConfiguration> configurations,
        Func<TConfiguration, TResult> run,
        Action finished,
        CancellationToken cancellation)
    {
        TResult[] results = new TResult[configurations.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        // One after another in order, so that an interrupted study has finished its first runs.
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, results.Length), EnumerablePartitionerOptions.NoBuffering), options, i =>
        {
            results[i] = store is null ? run(configurations[i]) : Kept(store, study, configurations[i], run);
            finished();
        });
        return results;
    }

    private static TResult Kept<TConfiguration, TResult>(
        ResultStore store, string study, TConfiguration configuration, Func<TConfiguration, TResult> run)
    {
        string key = RunKey.Of(study, configuration);
        if (store.TryFind(key, out TResult result))
            return result;
        long start = Stopwatch.GetTimestamp();
        result = run(configuration);
        store.Add(key, study, configuration, result, Stopwatch.GetElapsedTime(start).TotalSeconds);
        return result;
    }
}
