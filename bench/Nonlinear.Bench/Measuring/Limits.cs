using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Nonlinear.Bench.Measuring;

/// <summary>What it costs to move the same bytes, which nobody can be faster than.</summary>
internal static unsafe class Limits
{
    /// <summary>The limits that always take part.</summary>
    public const string Copy = "copy", Sum = "x + dy", TwoSums = "x + dy and value + dy";

    /// <summary>Those that write past the caches.</summary>
    public const string CopyNonTemporal = "non-temporal copy", SumNonTemporal = "non-temporal x + dy";

    // Of larger arrays TensorPrimitives.Add would write the sums past the caches.
    private const int Piece = 1 << 14;

    private const long UsualLastCache = 32 << 20;

    /// <summary>
    /// A read and a write, of gated functions two reads: a copy, and beyond the last cache one that does not read what it overwrites.
    /// </summary>
    public static IEnumerable<Contestant> Forward(Job job)
    {
        (Floats x, Floats y) = (job.X, job.Y);
        if (job.Activation is GatedActivation)
        {
            yield return new(Part.Limit, Sum, () => Add(x.Span, job.Value.Span, y.Span));
            yield break;
        }
        yield return new(Part.Limit, Copy, () => x.Span.CopyTo(y.Span));
        if (IsBeyondCaches(2L * job.Elements))
            yield return new(Part.Limit, CopyNonTemporal, () => CopyPastCaches(x, y));
    }

    /// <summary>Two reads and a write; of gated functions both twice.</summary>
    public static IEnumerable<Contestant> Backward(Job job)
    {
        (Floats x, Floats dy, Floats dx) = (job.X, job.Dy, job.Y);
        if (job.Activation is GatedActivation)
        {
            yield return new(Part.Limit, TwoSums, () =>
            {
                Add(x.Span, dy.Span, dx.Span);
                Add(job.Value.Span, dy.Span, job.ValueGradient.Span);
            });
            yield break;
        }
        yield return new(Part.Limit, Sum, () => Add(x.Span, dy.Span, dx.Span));
        if (IsBeyondCaches(3L * job.Elements))
            yield return new(Part.Limit, SumNonTemporal, () => AddPastCaches(x, dy, dx));
    }

    private static bool IsBeyondCaches(long floats) =>
        floats * sizeof(float) > (Cache.All.Count > 0 ? Cache.All[^1].Bytes : UsualLastCache);

    private static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx)
    {
        for (int start = 0; start < x.Length; start += Piece)
        {
            Range piece = start..Math.Min(start + Piece, x.Length);
            TensorPrimitives.Add(x[piece], dy[piece], dx[piece]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPastCaches(Floats x, Floats y)
    {
        float* from = (float*)x.Address, to = (float*)y.Address;
        int i = 0, width = Vector<float>.Count;
        for (; i + (2 * width) <= x.Length; i += 2 * width)
        {
            Vector<float> first = Vector.Load(from + i), second = Vector.Load(from + i + width);
            first.StoreAlignedNonTemporal(to + i);
            second.StoreAlignedNonTemporal(to + i + width);
        }
        for (; i < x.Length; i++)
            to[i] = from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddPastCaches(Floats x, Floats dy, Floats dx)
    {
        float* one = (float*)x.Address, other = (float*)dy.Address, to = (float*)dx.Address;
        int i = 0, width = Vector<float>.Count;
        for (; i + (2 * width) <= x.Length; i += 2 * width)
        {
            Vector<float> first = Vector.Load(one + i) + Vector.Load(other + i),
                second = Vector.Load(one + i + width) + Vector.Load(other + i + width);
            first.StoreAlignedNonTemporal(to + i);
            second.StoreAlignedNonTemporal(to + i + width);
        }
        for (; i < x.Length; i++)
            to[i] = one[i] + other[i];
    }
}
