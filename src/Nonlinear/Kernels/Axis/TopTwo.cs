using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The two largest numbers of a vector.</summary>
internal static class TopTwo
{
    /// <summary>
    /// The largest and, counting it once, the next number of each of some vectors of one length, one behind the other; NaN if any number
    /// is. If all but one are -∞, that one twice.
    /// </summary>
    public static void OfEach(ReadOnlySpan<float> x, int length, Span<float> first, Span<float> second)
    {
        VectorWidth.DispatchFloats<Search, Search>(new(x, length, first, second));
        for (int row = 0; row < x.Length / length; row++)
            second[row] = float.IsNegativeInfinity(second[row]) ? first[row] : second[row];
    }

    /// <summary>The largest and, counting it once, the next; NaN if any number is.</summary>
    public static (double First, double Second) Of(ReadOnlySpan<float> x)
    {
        float first = 0, second = 0;
        VectorWidth.DispatchFloats<Search, Search>(new(x, x.Length, new(ref first), new(ref second)));
        return (first, second);
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{float})"/>
    public static (double First, double Second) Of(ReadOnlySpan<double> x)
    {
        double first = double.NegativeInfinity, second = first;
        foreach (double value in x)
        {
            if (double.IsNaN(value))
                return (value, value);
            second = double.MaxNative(second, double.MinNative(first, value));
            first = double.MaxNative(first, value);
        }
        return (first, second);
    }

    /// <summary>
    /// The two largest numbers of each of <see cref="SixteenStrands"/>; NaN for both if any number is. If all but one are -∞, that one
    /// twice.
    /// </summary>
    public static void OfStrands(ReadOnlySpan<float> strands, Span<float> first, Span<float> second) =>
        VectorWidth.DispatchFloats<StrandSearch, StrandSearch>(new(strands, first, second));

    private readonly ref struct StrandSearch(ReadOnlySpan<float> strands, Span<float> first, Span<float> second)
        : IAtFloatWidth<StrandSearch>
    {
        private readonly ReadOnlySpan<float> _strands = strands;
        private readonly Span<float> _first = first, _second = second;

        public static void Invoke<S>(scoped in StrandSearch search)
            where S : struct, IReal<S>, IFloatLanes<S>
        {
            ref float first = ref MemoryMarshal.GetReference(search._first), second = ref MemoryMarshal.GetReference(search._second);
            for (nuint lane = 0; lane < SixteenStrands.Count; lane += (nuint)S.Count)
                FindInStrands<S>(ref MemoryMarshal.GetReference(search._strands), lane, search._strands.Length, ref first, ref second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void FindInStrands<S>(ref float x, nuint lane, int length, ref float firsts, ref float seconds)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S first = double.NegativeInfinity, second = first, nan = 0;
        for (nuint i = lane; i < (nuint)length; i += SixteenStrands.Count)
        {
            S value = S.Load(ref x, i);
            nan = S.WhereNaN(value, value, nan);
            second = S.Larger(second, S.Smaller(first, value));
            first = S.Larger(first, value);
        }
        second = S.SelectGreater(second, double.NegativeInfinity, second, first);
        S.Store(first + nan, ref firsts, lane);
        S.Store(second + nan, ref seconds, lane);
    }

    private readonly ref struct Search(ReadOnlySpan<float> x, int length, Span<float> first, Span<float> second) : IAtFloatWidth<Search>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly int _length = length;
        private readonly Span<float> _first = first, _second = second;

        public static void Invoke<S>(scoped in Search search)
            where S : struct, IReal<S>, IFloatLanes<S>
        {
            int length = search._length, count = search._x.Length / length;
            if (length >= S.Count)
            {
                Find<S>(ref MemoryMarshal.GetReference(search._x), length, count, ref search._first[0], ref search._second[0]);
                return;
            }
            for (int row = 0; row < count; row++)
                OneByOne(search._x.Slice(row * length, length), ref search._first[row], ref search._second[row]);
        }
    }

    private static void OneByOne(ReadOnlySpan<float> x, ref float largest, ref float next)
    {
        float first = float.NegativeInfinity, second = first, nan = 0;
        foreach (float value in x)
        {
            nan += float.IsNaN(value) ? value : 0;
            second = float.MaxNative(second, float.MinNative(first, value));
            first = float.MaxNative(first, value);
        }
        (largest, next) = (first + nan, second + nan);
    }

    // The last vector overlaps the one before it; what that has seen counts as -∞.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Find<S>(ref float x, int length, int count, ref float largest, ref float next)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        nuint end = (nuint)(length - S.Count), seen = (nuint)(-length & (S.Count - 1));
        for (int row = 0; row < count; row++)
        {
            S last = S.Load(ref x, end), nan = last, second = double.NegativeInfinity;
            S first = seen == 0 ? last : S.Select(LanePositions<S>.From(0) < seen, double.NegativeInfinity, last);
            for (nuint i = 0; i < end; i += (nuint)S.Count)
            {
                S value = S.Load(ref x, i);
                nan = S.WhereNaN(value, value, nan);
                second = S.Larger(second, S.Smaller(first, value));
                first = S.Larger(first, value);
            }
            bool isNumber = S.AllEqual(nan, nan);
            float top = S.LargestLane(first);
            // If one lane alone has the largest, the next is the second of that lane or the first of another.
            S all = top, others = S.SelectGreater(all, first, first, second);
            float beside = S.CountEqual(all, first) > 1 ? top : S.LargestLane(others);
            Unsafe.Add(ref largest, row) = isNumber ? top : float.NaN;
            Unsafe.Add(ref next, row) = isNumber ? beside : float.NaN;
            x = ref Unsafe.Add(ref x, length);
        }
    }
}
