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
