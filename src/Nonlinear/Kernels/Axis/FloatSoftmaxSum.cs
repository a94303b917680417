using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The sum of exponentials of one vector of floats, as whole numbers, so that the order of the inputs changes no bit.
/// </summary>
/// <remarks>
/// What uses the exponentials takes them beside the largest input, keeps them, and multiplies; what takes the logarithm of their sum takes
/// them beside the second largest: then a rest that is tiny beside the largest exponential keeps its digits.
/// </remarks>
internal static class FloatSoftmaxSum<F, L>
    where F : struct, IAlongAxis<F>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const int Strands = PaddedBlocks<float>.Strands;

    private static ReadOnlySpan<double> Positions => [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>Σ e^(x - beside) - 1; if there is room, the exponentials are kept.</summary>
    /// <param name="x">Eight inputs or more.</param>
    /// <param name="beside">The largest or second largest of them. An input above it counts as 1: it is the largest.</param>
    /// <param name="kept">Room for all exponentials, or none.</param>
    public static double Rest(ReadOnlySpan<float> x, float beside, Span<double> kept)
    {
        const int Most = FixedPointSum.MostTerms & -Strands;
        int whole = x.Length & -Strands;
        long units = Count(x[..Math.Min(Most, whole)], beside, kept) - (long)FixedPointSum.One;
        if (x.Length <= Most)
            return FixedPointSum.ToDouble(units + CountLast(x, whole, beside, kept));
        Int128 total = units;
        for (int start = Most; start < whole; start += Most)
            total += Count(x[start..Math.Min(start + Most, whole)], beside, kept.IsEmpty ? kept : kept[start..]);
        return FixedPointSum.ToDoubleDouble(total + CountLast(x, whole, beside, kept)).High.Value;
    }

    private static long Count(ReadOnlySpan<float> x, float beside, Span<double> kept)
    {
        ref float input = ref MemoryMarshal.GetReference(x);
        ref double constants = ref LoopExponential<L>.Constants;
        return kept.IsEmpty
            ? Count(ref input, x.Length, beside, ref constants)
            : CountAndKeep(ref input, ref kept[0], x.Length, beside, ref constants);
    }

    // What is left over behind the last block is the end of a block that overlaps it; what that has counted counts as nothing.
    private static long CountLast(ReadOnlySpan<float> x, int whole, float beside, Span<double> kept)
    {
        if (whole == x.Length)
            return 0;
        Unsafe.SkipInit(out Buffer8<double> room);
        int over = x.Length - Strands;
        ref float input = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), over);
        ref double keep = ref kept.IsEmpty ? ref room[0] : ref kept[over];
        return CountLast(ref input, ref keep, whole - over, beside, ref LoopExponential<L>.Constants);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static long Count(ref float x, int length, double beside, ref double constants)
    {
        LoopExponential<L> exponential = new(ref constants);
        L units = 0, shift = beside;
        for (nuint i = 0; i < (nuint)length; i += (nuint)L.Count)
            units = L.AddBits(units, exponential.Of(Below(ref x, i, shift)) + FixedPointSum.Shift);
        return Units(units, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static long CountAndKeep(ref float x, ref double kept, int length, double beside, ref double constants)
    {
        LoopExponential<L> exponential = new(ref constants);
        L units = 0, shift = beside;
        for (nuint i = 0; i < (nuint)length; i += (nuint)L.Count)
        {
            L e = exponential.Of(Below(ref x, i, shift));
            L.Store(e, ref kept, i);
            units = L.AddBits(units, e + FixedPointSum.Shift);
        }
        return Units(units, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static long CountLast(ref float x, ref double kept, int counted, double beside, ref double constants)
    {
        LoopExponential<L> exponential = new(ref constants);
        L units = 0, shift = beside;
        for (nuint i = 0; i < Strands; i += (nuint)L.Count)
        {
            L e = exponential.Of(Below(ref x, i, shift)), position = L.Load(ref MemoryMarshal.GetReference(Positions), i);
            L.Store(e, ref kept, i);
            units = L.AddBits(units, L.Select(position < counted, 0, e) + FixedPointSum.Shift);
        }
        return Units(units, Strands);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Below(ref float x, nuint index, L shift)
    {
        L below = L.LoadFloat(ref x, index) - shift;
        return F.UsesExponential ? below : L.AtMost(0, below);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Units(L units, int length) => unchecked(L.TotalOfBits(units) - (length * FixedPointSum.ShiftBits));
}
