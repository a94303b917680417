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
    public const int LeastLength = 256;

    // No output is smaller than v, and the sum is good to 2⁻⁴⁹ of itself: to 2⁻³⁶ of an output, then.
    private const double LeastShare = 1.0 / (1 << 13);

    // Far from both ends of the range.
    private const double Least = 1.0 / (1L << 60), Most = 1e30;

    /// <summary>Whether floats suffice for a vector, whose sum is then the sum of two.</summary>
    /// <param name="max">The largest input.</param>
    /// <param name="value">v, log Σ e^(x - max).</param>
    /// <param name="high">The float next to the sum.</param>
    /// <param name="low">What it lacks.</param>
    public static bool TrySplit(float max, double value, out float high, out float low)
    {
        double sum = max + value, part = sum - max, lost = max - (sum - part) + (value - part);
        high = (float)sum;
        low = (float)(sum - high + lost);
        return value >= Least && value >= Math.Abs(sum) * LeastShare && Math.Abs(sum) <= Most;
    }

    /// <summary>y = x - (high + low), for one vector that is not shorter than <see cref="LeastLength"/>; y may be x.</summary>
    public static void Map(ReadOnlySpan<float> x, Span<float> y, float high, float low) =>
        VectorWidth.DispatchFloats<Vector, Vector>(new(x, y, high, low));

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
    private static void Map<S>(ref float x, ref float y, int length, float high, float low)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        Unsafe.SkipInit(out Buffer16<float> last);
        S first = high, second = low, one = 1;
        nuint count = (nuint)S.Count, over = (nuint)(length - S.Count);
        // It overlaps the vector before it, so it is computed before all others and stored behind them.
        S.Store(Of(S.Load(ref x, over), first, second, one), ref last[0], 0);
        nuint left = (nuint)length / count;
        LoopDirection course = LoopDirection.Choose(left * count, count, ref x, ref x, ref y);
        nuint i = course.Start;
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
        S.Store(S.Load(ref last[0], 0), ref y, over);
    }

    private readonly ref struct Vector(ReadOnlySpan<float> x, Span<float> y, float high, float low) : IAtFloatWidth<Vector>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;
        private readonly float _high = high, _low = low;

        public static void Invoke<S>(scoped in Vector vector)
            where S : struct, IReal<S>, IFloatLanes<S> => Map<S>(
                ref MemoryMarshal.GetReference(vector._x), ref MemoryMarshal.GetReference(vector._y), vector._x.Length,
                vector._high, vector._low);
    }
}
