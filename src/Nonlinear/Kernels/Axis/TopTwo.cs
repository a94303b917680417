using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The two largest numbers of a vector.</summary>
internal static class TopTwo
{
    /// <summary>The largest and, counting it once, the next; NaN if any number is. If all but one are -∞, that one twice.</summary>
    public static void Of(ReadOnlySpan<float> x, ref float first, ref float second)
    {
        VectorWidth.DispatchFloats<Search, Search>(new(x, ref first, ref second));
        if (float.IsNegativeInfinity(second))
            second = first;
    }

    /// <summary>The largest and, counting it once, the next; NaN if any number is.</summary>
    public static (double First, double Second) Of(ReadOnlySpan<float> x)
    {
        float first = 0, second = 0;
        VectorWidth.DispatchFloats<Search, Search>(new(x, ref first, ref second));
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

    private readonly ref struct Search(ReadOnlySpan<float> x, ref float first, ref float second) : IAtFloatWidth<Search>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ref float _first = ref first, _second = ref second;

        public static void Invoke<S>(scoped in Search search)
            where S : struct, IReal<S>, IFloatLanes<S>
        {
            if (search._x.Length < S.Count)
                OneByOne(search._x, ref search._first, ref search._second);
            else
                Find<S>(ref MemoryMarshal.GetReference(search._x), search._x.Length, ref search._first, ref search._second);
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
    private static void Find<S>(ref float x, int length, ref float largest, ref float next)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        nuint end = (nuint)(length - S.Count), seen = (nuint)(-length & (S.Count - 1));
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
        {
            (largest, next) = (float.NaN, float.NaN);
            return;
        }
        largest = S.LargestLane(first);
        // If one lane alone has the largest, the next is the second of that lane or the first of another.
        S top = largest, others = S.SelectGreater(top, first, first, second);
        next = S.Total(S.SelectGreater(top, first, 0, 1)) > 1 ? largest : S.LargestLane(others);
    }
}
