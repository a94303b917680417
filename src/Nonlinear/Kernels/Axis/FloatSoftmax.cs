using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on floats in the exact tier, computed in doubles, for vectors one behind the other.</summary>
/// <remarks>
/// Each step is done for all vectors before the next, since within a vector they wait for each other. A vector that holds NaN or +∞, or
/// nothing but -∞, gives NaN throughout.
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
            values[row] = FloatSoftmaxSum<F, L>.Rest(x.Slice(start, length), reference, kept.IsEmpty ? kept : kept[start..]);
        }
        for (int lane = 0; lane < count; lane += L.Count)
            Normalize(ref values[0], ref largest[0], ref beside[0], (nuint)lane);
        ref double constants = ref LoopExponential<L>.Constants;
        for (int row = 0; row < count; row++)
        {
            int start = row * length;
            ref float inputs = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), start);
            ref float results = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), start);
            if (!float.IsFinite(largest[row]))
                y.Slice(start, length).Fill(float.NaN);
            else if (!F.UsesExponential && length >= FloatLogShares.LeastLength
                && FloatLogShares.TrySplit(largest[row], values[row], out float high, out float low))
                FloatLogShares.Map(x.Slice(start, length), y.Slice(start, length), high, low);
            else if (kept.IsEmpty)
                Map(ref inputs, ref results, length, largest[row], values[row], ref constants);
            else
                MapKept(ref kept[start], ref results, length, values[row]);
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

    // What the function makes of the sum of some vectors, side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Normalize(ref double rests, ref float largest, ref float beside, nuint lane)
    {
        L rest = L.Load(ref rests, lane);
        if (!F.UsesExponential)
            rest *= DoubleElementary.Decay(L.LoadFloat(ref beside, lane) - L.LoadFloat(ref largest, lane));
        L.Store(F.Normalizer(rest), ref rests, lane);
    }

    // What is left over behind the last block is the end of a block that overlaps it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapKept(ref double kept, ref float y, int length, double value)
    {
        L normalizer = value;
        nuint whole = (nuint)(length & -Strands), end = (nuint)length;
        for (nuint i = 0; i < whole; i += (nuint)L.Count)
            L.StoreFloat(F.Forward(default, L.Load(ref kept, i), normalizer), ref y, i);
        for (nuint i = end - Strands; whole < end && i < end; i += (nuint)L.Count)
            L.StoreFloat(F.Forward(default, L.Load(ref kept, i), normalizer), ref y, i);
    }

    // y may be x: that block is computed before all others, and stored behind them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map(ref float x, ref float y, int length, double largest, double value, ref double constants)
    {
        Unsafe.SkipInit(out Buffer8<float> last);
        // The only input there is leaves 0 beside -0 and 0 alike, and never -0.
        L max = largest == 0 ? -0.0 : largest, normalizer = value;
        LoopExponential<L> exponential = new(ref constants);
        nuint whole = (nuint)(length & -Strands), over = (nuint)(length - Strands);
        bool overlaps = length % Strands != 0;
        for (nuint i = 0; overlaps && i < Strands; i += (nuint)L.Count)
            L.StoreFloat(Output(ref x, over + i, max, normalizer, exponential), ref last[0], i);
        for (nuint i = 0; i < whole; i += (nuint)L.Count)
            L.StoreFloat(Output(ref x, i, max, normalizer, exponential), ref y, i);
        if (overlaps)
            ((ReadOnlySpan<float>)last).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, over), Strands));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Output(ref float x, nuint index, L max, L normalizer, in LoopExponential<L> exponential)
    {
        L shifted = L.LoadFloat(ref x, index) - max;
        return F.Forward(shifted, F.UsesExponential ? exponential.Of(shifted) : default, normalizer);
    }
}
