using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The outputs of log-softmax on floats in the exact tier, x - (max + v), over floats where these suffice.</summary>
/// <remarks>
/// The sum is the same for a whole vector and has two floats; what x less the first of them loses in rounding is found exactly (D. Knuth,
/// The Art of Computer Programming 2, 1969, 4.2.2), and the last addition rounds. Converting to doubles and back takes longer than that.
/// </remarks>
internal static class FloatLogShares
{
    /// <summary>Splitting the sum costs more than it gains for shorter vectors.</summary>
    public const int LeastLength = 64;

    // No output is smaller than v, and the sum is good to 2⁻⁴⁹ of itself: to 2⁻³⁶ of an output, then.
    private const double LeastShare = 1.0 / (1 << 13);

    // Far from both ends of the range.
    private const double Least = 1.0 / (1L << 60), Most = 1e30;

    /// <summary>
    /// y = x - (max + v), for at most 16 vectors of one length that is not below <see cref="LeastLength"/>; y may be x.
    /// </summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs.</param>
    /// <param name="length">The length of a vector.</param>
    /// <param name="max">The largest input of each.</param>
    /// <param name="values">v of each, log Σ e^(x - max).</param>
    /// <returns>A bit for each vector for which floats do not suffice; of those nothing is written.</returns>
    public static uint Map(ReadOnlySpan<float> x, Span<float> y, int length, ref float max, ref double values)
    {
        uint undone = 0;
        VectorWidth.DispatchFloats<Vectors, Vectors>(new(x, y, length, ref max, ref values, ref undone));
        return undone;
    }

    // Whether floats suffice for a vector, whose max + v is then the sum of two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySplit(float max, double value, out float high, out float low)
    {
        double sum = max + value, part = sum - max, lost = max - (sum - part) + (value - part);
        high = (float)sum;
        low = (float)(sum - high + lost);
        return value >= Least && value >= Math.Abs(sum) * LeastShare && Math.Abs(sum) <= Most;
    }

    // Half of the additions as multiplications by 1, which rounds nothing: the processor does both side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S Of<S>(S x, S high, S low, S one)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S y = x - high, part = S.Fms(y, one, x);
        S ofInput = S.Fms(x, one, y - part), ofSum = high + part;
        S rounded = S.Fma(y, one, S.Fms(ofInput, one, ofSum) - low);
        return S.SelectGreater(y, float.NegativeInfinity, rounded, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static uint Map<S>(ref float x, ref float y, int length, int count, ref float max, ref double values)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        uint undone = 0;
        nuint step = (nuint)S.Count, whole = (nuint)length / step, over = (nuint)length - step;
        bool overlaps = whole * step < (nuint)length;
        LoopDirection course = LoopDirection.Choose(whole * step, step, ref x, ref x, ref y);
        S one = 1;
        for (int row = 0; row < count; row++)
        {
            if (TrySplit(Unsafe.Add(ref max, row), Unsafe.Add(ref values, row), out float high, out float low))
            {
                S first = high, second = low, last = default;
                // It overlaps the vector before it, so it is computed before all others and stored behind them.
                if (overlaps)
                    last = Of(S.Load(ref x, over), first, second, one);
                nuint i = course.Start, left = whole;
                S ahead = S.Load(ref x, i);
                do
                {
                    S input = ahead;
                    nuint next = LoopDirection.Next(i, course.Step, --left);
                    ahead = S.Load(ref x, next);
                    S.Store(Of(input, first, second, one), ref y, i);
                    i = next;
                }
                while (left != 0);
                if (overlaps)
                    S.Store(last, ref y, over);
            }
            else
            {
                undone |= 1u << row;
            }
            x = ref Unsafe.Add(ref x, length);
            y = ref Unsafe.Add(ref y, length);
        }
        return undone;
    }

    private readonly ref struct Vectors(
        ReadOnlySpan<float> x, Span<float> y, int length, ref float max, ref double values, ref uint undone) : IAtFloatWidth<Vectors>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;
        private readonly int _length = length;
        private readonly ref float _max = ref max;
        private readonly ref double _values = ref values;
        private readonly ref uint _undone = ref undone;

        public static void Invoke<S>(scoped in Vectors vectors)
            where S : struct, IReal<S>, IFloatLanes<S> => vectors._undone = Map<S>(
                ref MemoryMarshal.GetReference(vectors._x), ref MemoryMarshal.GetReference(vectors._y), vectors._length,
                vectors._x.Length / vectors._length, ref vectors._max, ref vectors._values);
    }
}
