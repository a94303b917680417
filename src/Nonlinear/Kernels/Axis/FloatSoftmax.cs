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

    // So many stay in the first cache with inputs and outputs; a vector that has half of them is better off alone.
    private const int MostKeptAtOnce = 2048, LongestOfSome = 512;

    // Where each vector's exponentials begin a block.
    private const int MostPadding = RowKernel<float>.MostRows * (Strands - 1);

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
            double[] rented = keeps ? ArrayPool<double>.Shared.Rent(PaddedBlocks<float>.RoundUp(x.Length)) : [];
            Forward(x, y, length, rented);
            if (keeps)
                ArrayPool<double>.Shared.Return(rented);
            return;
        }
        Span<double> kept = CacheLine.Begin(stackalloc double[LongestOnStack + MostPadding + CacheLine.Slack]);
        int atOnce = length > LongestOfSome ? length : MostKeptAtOnce / length * length;
        for (int start = 0; start < x.Length; start += atOnce)
        {
            atOnce = Math.Min(atOnce, x.Length - start);
            Forward(x.Slice(start, atOnce), y.Slice(start, atOnce), length, kept);
        }
    }

    [SkipLocalsInit]
    private static void Forward(ReadOnlySpan<float> x, Span<float> y, int length, Span<double> kept)
    {
        Unsafe.SkipInit(out Buffer16<float> largest);
        Unsafe.SkipInit(out Buffer16<float> second);
        Unsafe.SkipInit(out Buffer16<double> values);
        int count = x.Length / length, room = PaddedBlocks<float>.RoundUp(length);
        if (length > FloatSoftmaxSum<F, L>.LongestTogether)
            values[0] = FloatSoftmaxSum<F, L>.RestOfLong(x, ref largest[0], ref second[0], kept);
        else
            FloatSoftmaxSum<F, L>.Rests(x, length, largest, second, kept, room, values);
        for (int lane = 0; lane < count; lane += L.Count)
            Normalize(ref values[0], ref largest[0], ref second[0], (nuint)lane);
        if (kept.IsEmpty)
            Map(x, y, length, ref largest[0], ref values[0]);
        else
            MapKept(ref kept[0], room, ref MemoryMarshal.GetReference(y), length, count, ref values[0]);
        for (int row = 0; row < count; row++)
        {
            if (!float.IsFinite(largest[row]))
                y.Slice(row * length, length).Fill(float.NaN);
        }
    }

    private static void Map(ReadOnlySpan<float> x, Span<float> y, int length, ref float largest, ref double values)
    {
        uint undone = !F.UsesExponential && length >= FloatLogShares.LeastLength
            ? FloatLogShares.Map(x, y, length, ref largest, ref values)
            : uint.MaxValue;
        for (int row = 0; row < x.Length / length; row++)
        {
            if ((undone >> row & 1) == 0)
                continue;
            ref float input = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), row * length);
            ref float output = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), row * length);
            double max = Unsafe.Add(ref largest, row), value = Unsafe.Add(ref values, row);
            Map(ref input, ref output, length, max, value, ref LoopExponential<L>.Constants);
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
    private static void Normalize(ref double rests, ref float largest, ref float second, nuint lane)
    {
        L rest = L.Load(ref rests, lane);
        if (!F.UsesExponential)
            rest *= DoubleElementary.Decay(L.LoadFloat(ref second, lane) - L.LoadFloat(ref largest, lane));
        L.Store(F.Normalizer(rest), ref rests, lane);
    }

    // What is left over behind the last block is the end of a block that overlaps it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MapKept(ref double kept, int room, ref float y, int length, int count, ref double values)
    {
        nuint whole = (nuint)(length & -Strands), over = (nuint)(length - Strands);
        for (int row = 0; row < count; row++)
        {
            L normalizer = Unsafe.Add(ref values, row);
            for (nuint i = 0; i < whole; i += (nuint)L.Count)
                L.StoreFloat(F.Forward(default, L.Load(ref kept, i), normalizer), ref y, i);
            for (nuint i = over; whole < (nuint)length && i < (nuint)length; i += (nuint)L.Count)
                L.StoreFloat(F.Forward(default, L.Load(ref kept, i), normalizer), ref y, i);
            kept = ref Unsafe.Add(ref kept, room);
            y = ref Unsafe.Add(ref y, length);
        }
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
