using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The two largest numbers of a vector.</summary>
internal static class TopTwo
{
    /// <summary>The largest and, counting it once, the next; NaN if any number is.</summary>
    public static (float First, float Second) Of(ReadOnlySpan<float> x)
    {
        (float, float) result = default;
        VectorWidth.DispatchFloats<Search, Search>(new(x, ref result));
        return result;
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

    private readonly ref struct Search(ReadOnlySpan<float> x, ref (float First, float Second) result) : IAtFloatWidth<Search>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ref (float First, float Second) _result = ref result;

        public static void Invoke<S>(scoped in Search search)
            where S : struct, IReal<S>, IFloatLanes<S> =>
            search._result = search._x.Length < S.Count ? One(search._x) : Find<S>(ref MemoryMarshal.GetReference(search._x), search._x.Length);
    }

    private static (float First, float Second) One(ReadOnlySpan<float> x)
    {
        float first = float.NegativeInfinity, second = first;
        foreach (float value in x)
        {
            if (float.IsNaN(value))
                return (value, value);
            second = float.MaxNative(second, float.MinNative(first, value));
            first = float.MaxNative(first, value);
        }
        return (first, second);
    }

    // The last vector overlaps the one before it; what that has seen counts as -∞.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static (float First, float Second) Find<S>(ref float x, int length)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        nuint end = (nuint)(length - S.Count), seen = (nuint)(S.Count - 1) - (end + (nuint)(S.Count - 1)) % (nuint)S.Count;
        S last = S.Load(ref x, end), nan = last, second = double.NegativeInfinity;
        S first = S.Select(PaddedTail<S>.Position(0) < seen, double.NegativeInfinity, last);
        for (nuint i = 0; i < end; i += (nuint)S.Count)
        {
            S value = S.Load(ref x, i);
            nan = S.WhereNaN(value, value, nan);
            second = S.Larger(second, S.Smaller(first, value));
            first = S.Larger(first, value);
        }
        if (!S.AllEqual(nan, nan))
            return (float.NaN, float.NaN);
        // If only one lane has the largest, the next is the second of that lane, or the first of another.
        S largest = S.LargestLane(first);
        float alone = S.Total(S.SelectGreater(largest, first, 0, 1)), next = S.LargestLane(S.SelectGreater(largest, first, first, second));
        return (S.LargestLane(first), alone > 1 ? S.LargestLane(first) : next);
    }
}
