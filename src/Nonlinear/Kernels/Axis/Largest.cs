using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The largest number of a vector.</summary>
internal static class Largest
{
    /// <summary>The largest number, -∞ if there is none; NaN if any number is.</summary>
    public static float Of(ReadOnlySpan<float> x)
    {
        float result = default;
        VectorWidth.DispatchFloats<Search, Search>(new(x, ref result));
        return result;
    }

    private readonly ref struct Search(ReadOnlySpan<float> x, ref float result) : IAtFloatWidth<Search>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ref float _result = ref result;

        public static void Invoke<S>(scoped in Search search)
            where S : struct, IReal<S>, IFloatLanes<S> =>
            search._result = search._x.Length < S.Count
                ? OneByOne(search._x)
                : Find<S>(ref MemoryMarshal.GetReference(search._x), search._x.Length);
    }

    // The last vector overlaps the one before it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Find<S>(ref float x, int length)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        nuint end = (nuint)(length - S.Count);
        S largest = S.Load(ref x, end), nan = largest;
        for (nuint i = 0; i < end; i += (nuint)S.Count)
        {
            S value = S.Load(ref x, i);
            nan = S.WhereNaN(value, value, nan);
            largest = S.Larger(largest, value);
        }
        return S.AllEqual(nan, nan) ? S.LargestLane(largest) : float.NaN;
    }

    private static float OneByOne(ReadOnlySpan<float> x)
    {
        float largest = float.NegativeInfinity;
        foreach (float value in x)
            largest = float.Max(largest, value);
        return largest;
    }
}
