using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// What <see cref="FloatSoftmax{F, L}"/> does, for short vectors side by side, a lane each: the same bits, without
/// what a vector costs by itself.
/// </summary>
internal static class FloatSoftmaxColumns<F, L>
    where F : struct, IAlongAxis<F>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const int Strands = SixteenStrands.Count;

    /// <summary>y = F(x) for at most 16 vectors of one length.</summary>
    [SkipLocalsInit]
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, int length)
    {
        Span<float> columns = CacheLine.Begin(stackalloc float[SixteenStrands.Room + CacheLine.FloatSlack]);
        Span<double> room = CacheLine.Begin(stackalloc double[(F.UsesExponential ? SixteenStrands.Room : 1) + CacheLine.Slack]);
        Unsafe.SkipInit(out Buffer16<float> max);
        Unsafe.SkipInit(out Buffer16<float> second);
        ref float values = ref MemoryMarshal.GetReference(columns);
        ref double kept = ref MemoryMarshal.GetReference(room);
        int count = x.Length / length, elements = length * Strands;
        SixteenStrands.Interleave(x, length, ref values);
        TopTwo.OfStrands(columns[..elements], max, second);
        for (int lane = 0; lane < count; lane += L.Count)
        {
            Unsafe.SkipInit(out Buffer8<double> sums);
            Unsafe.SkipInit(out Buffer8<double> tops);
            AddExponentials(
                ref values, ref kept, (nuint)lane, elements, ref max[0], ref F.UsesExponential ? ref max[0] : ref second[0],
                ref sums[0], ref tops[0], ref LoopExponential<L>.Constants);
            for (int i = 0; i < L.Count; i++)
                sums[i] = FixedPointSum.ToDouble(unchecked(FixedPointSum.Of(sums[i], length) - FixedPointSum.Of(tops[i], 1)));
            Map(ref values, ref kept, (nuint)lane, elements, ref max[0], ref second[0], ref sums[0]);
        }
        SixteenStrands.Separate(ref values, length, y);
        for (int row = 0; row < count; row++)
        {
            if (!float.IsFinite(max[row]))
                y.Slice(row * length, length).Fill(float.NaN);
        }
    }

    // What the largest input adds, which may be anything where it is above what exponentials are taken beside, comes back in its own lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddExponentials(
        ref float x, ref double kept, nuint lane, int elements, ref float largest, ref float beside, ref double sums, ref double tops,
        ref double constants)
    {
        LoopExponential<L> exponential = new(ref constants);
        L units = 0, shift = L.LoadFloat(ref beside, lane);
        for (nuint i = lane; i < (nuint)elements; i += Strands)
        {
            L e = exponential.Of(L.LoadFloat(ref x, i) - shift);
            units = L.AddBits(units, e + FixedPointSum.Shift);
            if (F.UsesExponential)
                L.Store(e, ref kept, i);
        }
        L.Store(units, ref sums, 0);
        L.Store(exponential.Of(L.LoadFloat(ref largest, lane) - shift) + FixedPointSum.Shift, ref tops, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Map(
        ref float x, ref double kept, nuint lane, int elements, ref float largest, ref float next, ref double sums)
    {
        L max = L.LoadFloat(ref largest, lane), rest = L.Load(ref sums, 0);
        if (!F.UsesExponential)
            rest *= DoubleElementary.Decay(L.LoadFloat(ref next, lane) - max);
        L value = F.Normalizer(rest);
        for (nuint i = lane; i < (nuint)elements; i += Strands)
        {
            // The only input there is leaves 0, and never -0.
            L result = F.UsesExponential
                ? F.Forward(default, L.Load(ref kept, i), value)
                : F.Forward(L.LoadFloat(ref x, i) - max + 0, default, value);
            L.StoreFloat(result, ref x, i);
        }
    }
}
