using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on floats in the exact tier, computed in doubles, for vectors one behind the other.</summary>
/// <remarks>
/// <para>The exponentials are summed as whole numbers, so that the order of the inputs changes no bit. What uses them takes them beside the
/// largest input, keeps them, and multiplies; what takes the logarithm of their sum takes them beside the second largest: then a rest that
/// is tiny beside the largest exponential keeps its digits.</para>
/// <para>Each step is done for all vectors before the next, since within a vector they wait for each other. A vector that holds NaN or +∞,
/// or nothing but -∞, gives NaN throughout.</para>
/// </remarks>
internal static class FloatSoftmax<F, L>
    where F : struct, IAlongAxis<F>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const int Strands = PaddedBlocks<float>.Strands;

    // Exponentials are kept between the sum and the outputs, on the stack or in a rented array, unless they would crowd the cache.
    private const int LongestOnStack = RowKernel<float>.LongestTogether, LongestKept = 65_536;

    /// <summary>y = F(x) for at most 16 vectors of one length.</summary>
    [SkipLocalsInit]
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, int length)
    {
        if (length < Strands)
        {
            ForwardShort(x, y, length);
            return;
        }
        bool keeps = F.UsesExponential && length <= LongestKept;
        if (!keeps || x.Length > LongestOnStack)
        {
            double[] rented = keeps ? ArrayPool<double>.Shared.Rent(x.Length) : [];
            Forward(x, y, length, rented);
            if (keeps)
                ArrayPool<double>.Shared.Return(rented);
            return;
        }
        Span<double> kept = stackalloc double[LongestOnStack];
        Forward(x, y, length, kept);
    }

    [SkipLocalsInit]
    private static void Forward(ReadOnlySpan<float> x, Span<float> y, int length, Span<double> kept)
    {
        Unsafe.SkipInit(out Buffer16<float> largest);
        Unsafe.SkipInit(out Buffer16<float> beside);
        Unsafe.SkipInit(out Buffer16<double> values);
        int count = x.Length / length;
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> vector = x.Slice(row * length, length);
            if (F.UsesExponential)
                largest[row] = Largest.Of(vector);
            else
                TopTwo.Of(vector, ref largest[row], ref beside[row]);
        }
        for (int row = 0; row < count; row++)
        {
            int start = row * length;
            float reference = F.UsesExponential ? largest[row] : beside[row];
            values[row] = Rest(x.Slice(start, length), reference, kept.IsEmpty ? kept : kept[start..]);
        }
        for (int lane = 0; lane < count; lane += L.Count)
            Normalize(ref values[0], ref largest[0], ref beside[0], (nuint)lane);
        for (int row = 0; row < count; row++)
        {
            int start = row * length;
            Span<float> results = y.Slice(start, length);
            if (!float.IsFinite(largest[row]))
                results.Fill(float.NaN);
            else if (kept.IsEmpty)
                Map(ref MemoryMarshal.GetReference(x[start..]), ref MemoryMarshal.GetReference(results), length, largest[row], values[row], ref LoopExponential<L>.Constants);
            else
                MapKept(ref kept[start], ref MemoryMarshal.GetReference(results), length, values[row]);
        }
    }

    // Shorter than a block: padded.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ForwardShort(ReadOnlySpan<float> x, Span<float> y, int length)
    {
        Buffer8<float> padded = default;
        Span<double> kept = stackalloc double[F.UsesExponential ? Strands : 0];
        for (int start = 0; start < x.Length; start += length)
        {
            ((Span<float>)padded).Fill(float.NegativeInfinity);
            x.Slice(start, length).CopyTo(padded);
            Forward(padded, padded, Strands, kept);
            ((ReadOnlySpan<float>)padded)[..length].CopyTo(y[start..]);
        }
    }

    // Σ e^(x - beside) - 1. An input above that counts as 1: it is the largest.
    private static double Rest(ReadOnlySpan<float> x, float beside, Span<double> kept)
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

    // The last block of a vector overlaps the one before it; what that has counted counts as nothing.
    private static long CountLast(ReadOnlySpan<float> x, int whole, float beside, Span<double> kept)
    {
        if (whole == x.Length)
            return 0;
        Unsafe.SkipInit(out Buffer8<double> room);
        int last = x.Length - Strands;
        return CountLast(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(x), last), ref kept.IsEmpty ? ref room[0] : ref kept[last], whole - last, beside,
            ref LoopExponential<L>.Constants);
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

    private static long Units(L units, int length)
    {
        Unsafe.SkipInit(out Buffer8<double> lanes);
        L.Store(units, ref lanes[0], 0);
        long sum = 0;
        for (int lane = 0; lane < L.Count; lane++)
            sum += FixedPointSum.Of(lanes[lane], length / L.Count);
        return sum;
    }

    // What the function makes of the sum of some vectors, side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Normalize(ref double rests, ref float largest, ref float beside, nuint lane)
    {
        L rest = L.Load(ref rests, lane);
        if (!F.UsesExponential)
            rest *= DoubleElementary.Decay(L.LoadFloat(ref beside, lane) - L.LoadFloat(ref largest, lane));
        L.Store(F.Normalizer(rest), ref rests, lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapKept(ref double kept, ref float y, int length, double value)
    {
        L normalizer = value;
        nuint end = (nuint)(length - Strands);
        for (nuint i = 0; i <= end; i += (nuint)L.Count)
            L.StoreFloat(F.Forward(default, L.Load(ref kept, i), normalizer), ref y, i);
        for (nuint i = end; length % Strands != 0 && i < (nuint)length; i += (nuint)L.Count)
            L.StoreFloat(F.Forward(default, L.Load(ref kept, i), normalizer), ref y, i);
    }

    // y may be x: the last block, which overlaps the one before it, is computed before and stored behind that.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map(ref float x, ref float y, int length, double largest, double value, ref double constants)
    {
        Unsafe.SkipInit(out Buffer8<float> last);
        // The only input there is leaves 0 beside -0 and 0 alike, and never -0.
        L max = largest == 0 ? -0.0 : largest, normalizer = value;
        LoopExponential<L> exponential = new(ref constants);
        nuint end = (nuint)(length - Strands);
        bool overlaps = length % Strands != 0;
        for (nuint i = 0; overlaps && i < Strands; i += (nuint)L.Count)
            L.StoreFloat(Output(ref x, end + i, max, normalizer, exponential), ref last[0], i);
        for (nuint i = 0; i <= end; i += (nuint)L.Count)
            L.StoreFloat(Output(ref x, i, max, normalizer, exponential), ref y, i);
        if (overlaps)
            ((ReadOnlySpan<float>)last).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, end), Strands));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Output(ref float x, nuint index, L max, L normalizer, in LoopExponential<L> exponential)
    {
        L shifted = L.LoadFloat(ref x, index) - max;
        return F.Forward(shifted, F.UsesExponential ? exponential.Of(shifted) : default, normalizer);
    }

    private static ReadOnlySpan<double> Positions => [0, 1, 2, 3, 4, 5, 6, 7];
}
