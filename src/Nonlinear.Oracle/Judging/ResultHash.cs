using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>
/// What tells results from others: a hash of their bits. A verdict is one on results; of another build that has the same it is known,
/// and computing them takes a small part of the time that judging does.
/// </summary>
public static class ResultHash
{
    /// <summary>The hash of the results for the inputs from one place in their set up to another, computed on all processors.</summary>
    /// <param name="subject">What is computed.</param>
    /// <param name="inputs">On which inputs.</param>
    /// <param name="start">The place of the first of them.</param>
    /// <param name="end">The place behind the last.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static string Of(Subject subject, InputSet inputs, long start, long end, CancellationToken cancellation = default)
    {
        UInt128[] hashes = new UInt128[(end - start + ResultBlock.Length - 1) / ResultBlock.Length];
        Parallel.For(
            0,
            hashes.Length,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new ResultBlock(subject, inputs),
            (index, _, block) =>
            {
                long first = start + ((long)index * ResultBlock.Length);
                block.Compute(first, (int)Math.Min(ResultBlock.Length, end - first));
                hashes[index] = XxHash128.HashToUInt128(block.Bytes);
                return block;
            },
            _ => { });
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(hashes.AsSpan())).ToString("x32", CultureInfo.InvariantCulture);
    }
}
