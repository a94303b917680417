using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The two largest numbers of a vector.</summary>
internal static class TopTwo
{
    /// <summary>The largest and, counting it once, the next; NaN if any number is.</summary>
    public static (double First, double Second) Of(ReadOnlySpan<float> x)
    {
        (double, double) result = default;
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

    private readonly ref struct Search(ReadOnlySpan<float> x, ref (double First, double Second) result) : IAtFloatWidth<Search>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ref (double First, double Second) _result = ref result;

        public static void Invoke<S>(scoped in Search search)
            where S : struct, IReal<S>, IFloatLanes<S> => search._result = Find<S>(search._x);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static (double First, double Second) Find<S>(ReadOnlySpan<float> x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        int whole = x.Length - (x.Length % S.Count);
        ref float source = ref MemoryMarshal.GetReference(x);
        S first = double.NegativeInfinity, second = first, nan = 0;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)S.Count)
        {
            S value = S.Load(ref source, i);
            nan = S.WhereNaN(value, value, nan);
            second = S.Larger(second, S.Smaller(first, value));
            first = S.Larger(first, value);
        }
        if (!S.AllAtLeast(nan, nan))
            return (float.NaN, float.NaN);

        Unsafe.SkipInit(out Buffer16<float> firsts);
        Unsafe.SkipInit(out Buffer16<float> seconds);
        S.Store(first, ref firsts[0], 0);
        S.Store(second, ref seconds[0], 0);
        float largest = float.NegativeInfinity, next = largest;
        for (int i = 0; i < S.Count; i++)
        {
            next = float.MaxNative(seconds[i], float.MaxNative(next, float.MinNative(largest, firsts[i])));
            largest = float.MaxNative(largest, firsts[i]);
        }
        foreach (float value in x[whole..])
        {
            if (float.IsNaN(value))
                return (value, value);
            next = float.MaxNative(next, float.MinNative(largest, value));
            largest = float.MaxNative(largest, value);
        }
        return (largest, next);
    }
}
