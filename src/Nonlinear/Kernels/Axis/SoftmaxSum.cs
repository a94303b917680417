using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>
/// The sum in softmax's denominator, Σ e^(x - second) over all inputs but one largest, exact, so that the order of the inputs changes no
/// bit.
/// </summary>
/// <remarks>
/// Beside the second largest input, not the largest: then a rest that is tiny beside the largest exponential keeps its digits.
/// </remarks>
internal static class SoftmaxSum<T, V, TFormat>
    where T : unmanaged
    where V : struct, IReal<V>
    where TFormat : struct, IVectorFormat<T, V>
{
    private const int Strands = PaddedBlocks<T>.Strands;

    // What is smaller adds nothing to any sum that a double can tell from none, and may be a mere token of "very small".
    private const double Least = 1e-300;

    /// <summary>
    /// The sum where 51 bits of each term suffice: as whole numbers, in integers; the exponentials are kept if there is room for them.
    /// </summary>
    public static DoubleDouble<Lane> InFixedPoint(ref PaddedBlocks<T> blocks, double second, Span<double> kept)
    {
        int vectors = FixedPointSum.MostTerms * TFormat.Count;
        Int128 total = -FixedPointSum.One; // of the largest input
        for (int start = 0; start < blocks.WholeLength; start += vectors)
        {
            int length = Math.Min(vectors, blocks.WholeLength - start);
            total += CountExponentials(ref Unsafe.Add(ref blocks.Whole, start), length, second, kept.IsEmpty ? kept : kept[start..]);
        }
        if (blocks.TailLength > 0)
            total += CountExponentials(ref blocks.Tail[0], Strands, second, kept.IsEmpty ? kept : kept[blocks.WholeLength..]);
        return FixedPointSum.ToDoubleDouble(total);
    }

    // An input above the second largest counts as 1: it is the largest.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Int128 CountExponentials(ref T x, int length, double second, Span<double> kept)
    {
        V units = 0, shift = second;
        ref double keep = ref MemoryMarshal.GetReference(kept);
        bool keeps = !kept.IsEmpty;
        nuint i = 0;
        do
        {
            V exponential = TFormat.Decay(TFormat.Shift(TFormat.AtMost(second, TFormat.Load(ref x, i)), shift));
            units = TFormat.AddFixedPoint(units, exponential);
            if (keeps)
                TFormat.StoreDouble(exponential, ref keep, i);
            i += (nuint)TFormat.Count;
        }
        while (i < (nuint)length);
        return TFormat.TotalFixedPoint(units, length / TFormat.Count);
    }

    /// <summary>The sum over double-doubles: of multiples of a coarse and of a fine quantum.</summary>
    public static DoubleDouble<Lane> ToQuanta(ref PaddedBlocks<T> blocks, double largest, double second)
    {
        V sum = 0, fineSum = 0, count = 0;
        ReproducibleSum quanta = new(blocks.WholeLength + Strands);
        AddExponentials(ref blocks.Whole, blocks.WholeLength, largest, second, quanta, ref sum, ref fineSum, ref count);
        if (blocks.TailLength > 0)
            AddExponentials(ref blocks.Tail[0], Strands, largest, second, quanta, ref sum, ref fineSum, ref count);
        return DoubleDouble<Lane>.Sum(TFormat.Total(sum) + (TFormat.Total(count) - 1), TFormat.Total(fineSum));
    }

    // The largest inputs are counted apart, so that a small rest keeps its digits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddExponentials(ref T x, int length, V max, V second, ReproducibleSum quanta, ref V sum, ref V fineSum, ref V count)
    {
        V coarse = sum, fine = fineSum, largest = count;
        for (nuint i = 0; i < (nuint)length; i += (nuint)TFormat.Count)
        {
            V value = TFormat.Load(ref x, i), below = value < max;
            V exponential = V.Exp(TFormat.Shift(value, second));
            TFormat.Accumulate(V.Select(below, V.Select(exponential < Least, 0, exponential), 0), quanta, ref coarse, ref fine);
            largest += V.Select(below, 0, 1);
        }
        (sum, fineSum, count) = (coarse, fine, largest);
    }
}
