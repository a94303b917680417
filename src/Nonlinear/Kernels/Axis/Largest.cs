using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The largest number of a vector.</summary>
internal static class Largest
{
    /// <summary>
    /// The largest number of each of some vectors of one length, one behind the other: -∞ if there is none, NaN if any number is.
    /// </summary>
    public static void OfEach(ReadOnlySpan<float> x, int length, Span<float> results) =>
        VectorWidth.DispatchFloats<Search, Search>(new(x, length, results));

    private readonly ref struct Search(ReadOnlySpan<float> x, int length, Span<float> results) : IAtFloatWidth<Search>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly int _length = length;
        private readonly Span<float> _results = results;

        public static void Invoke<S>(scoped in Search search)
            where S : struct, IReal<S>, IFloatLanes<S>
        {
            int length = search._length, count = search._x.Length / length;
            if (length >= S.Count)
            {
                Find<S>(ref MemoryMarshal.GetReference(search._x), length, count, ref search._results[0]);
                return;
            }
            for (int row = 0; row < count; row++)
                search._results[row] = OneByOne(search._x.Slice(row * length, length));
        }
    }

    // The last vector overlaps the one before it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Find<S>(ref float x, int length, int count, ref float results)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        nuint end = (nuint)(length - S.Count);
        for (int row = 0; row < count; row++)
        {
            S largest = S.Load(ref x, end), nan = largest;
            for (nuint i = 0; i < end; i += (nuint)S.Count)
            {
                S value = S.Load(ref x, i);
                nan = S.WhereNaN(value, value, nan);
                largest = S.Larger(largest, value);
            }
            bool isNumber = S.AllEqual(nan, nan);
            Unsafe.Add(ref results, row) = isNumber ? S.LargestLane(largest) : float.NaN;
            x = ref Unsafe.Add(ref x, length);
        }
    }

    private static float OneByOne(ReadOnlySpan<float> x)
    {
        float largest = float.NegativeInfinity;
        foreach (float value in x)
            largest = float.Max(largest, value);
        return largest;
    }
}
