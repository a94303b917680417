using System.Runtime.ExceptionServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>Judges somebody's results, on all processors and without holding more than pieces of them.</summary>
public static class ResultSweep
{
    private const int Block = 1 << 15;

    /// <summary>Judges all results of a source.</summary>
    /// <param name="judge">The judge of the function, or derivative, on the type of the results.</param>
    /// <param name="source">The results.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Findings Run(
        Judge judge, IResultSource source, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            return RunOnAll(judge, source, progress, cancellation);
        }
        catch (AggregateException several)
        {
            // What a file or a function says of itself is one sentence, whichever thread asked.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            throw;
        }
    }

    private static Findings RunOnAll(
        Judge judge, IResultSource source, IProgress<double>? progress, CancellationToken cancellation)
    {
        Findings findings = new();
        Lock reading = new();
        long next = 0, done = 0;
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, Environment.ProcessorCount, options, _ =>
        {
            double[] inputs = new double[Block], upstreams = new double[source.HasUpstream ? Block : 0], results = new double[Block];
            Findings found = new();
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                long start;
                int length;
                lock (reading)
                {
                    start = next;
                    length = (int)Math.Min(Block, source.Count - start);
                    if (length <= 0)
                        break;
                    next += length;
                    source.Read(
                        start,
                        inputs.AsSpan(0, length),
                        upstreams.AsSpan(0, Math.Min(length, upstreams.Length)),
                        results.AsSpan(0, length));
                }
                for (int i = 0; i < length; i++)
                {
                    double upstream = source.HasUpstream ? upstreams[i] : 1;
                    found.Add(start + i, inputs[i], upstream, results[i], judge.Decide(inputs[i], results[i], upstream));
                }
                progress?.Report((double)Interlocked.Add(ref done, length) / source.Count);
            }
            lock (findings)
                findings.Add(found);
        });
        return findings;
    }
}
