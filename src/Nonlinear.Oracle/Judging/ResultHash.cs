using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>
/// What tells results from others: a hash of their bits. A verdict is one on results; of another build that has the same it is known,
/// and computing them takes a small part of the time that judging does.
/// </summary>
/// <param name="count">How many results there are.</param>
public sealed class ResultHash(long count)
{
    private readonly UInt128[] _blocks = new UInt128[(count + ResultBlock.Length - 1) / ResultBlock.Length];

    /// <summary>The hash of the results for the inputs from one place in their set up to another, computed on all processors.</summary>
    /// <param name="subject">What is computed.</param>
    /// <param name="inputs">On which inputs.</param>
    /// <param name="start">The place of the first of them.</param>
    /// <param name="end">The place behind the last.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static string Of(Subject subject, InputSet inputs, long start, long end, CancellationToken cancellation = default)
    {
        ResultHash hash = new(end - start);
        ResultBlock.ForEach(
            subject,
            inputs,
            start,
            end,
            () => 0,
            (index, block, _) => hash.Add(index, block),
            _ => { },
            cancellation);
        return hash.ToString();
    }

    /// <summary>Of all results, once each block was added.</summary>
    public override string ToString() =>
        XxHash128.HashToUInt128(MemoryMarshal.AsBytes(_blocks.AsSpan())).ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Adds a block, by its number among all; blocks may come in any order, and at the same time.</summary>
    internal void Add(int index, ResultBlock block) => _blocks[index] = XxHash128.HashToUInt128(block.Bytes);
}
