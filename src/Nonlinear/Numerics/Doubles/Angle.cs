using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// An angle less whole quarters of a turn: between -π/4 and π/4, as a pair, right to 2⁻¹⁰⁰ of itself however close to 0 it comes; and which
/// quarter it was in.
/// </summary>
internal readonly struct Angle<L>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Up to here three doubles of π/2 leave enough digits; 1.5 · 2⁵² rounds to a whole number.
    private const double FarthestByDoubles = 1 << 30, Rounder = 3L << 51;

    // 0, 1, -1, 2 or -2 quarters.
    private readonly L _quarter;

    private Angle(L quarter, L high, L low) => (_quarter, High, Low) = (quarter, high, low);

    /// <summary>The double nearest to the rest.</summary>
    public L High { get; }

    /// <summary>What is left of it.</summary>
    public L Low { get; }

    /// <summary>Whether the sine is about -1.</summary>
    public L IsAtMinimum { [MethodImpl(Inline)] get => L.Abs(_quarter + 1) < 0.5; }

    /// <summary>The angle a · b.</summary>
    [MethodImpl(Inline)] public static Angle<L> OfProduct(L a, L b)
    {
        L product = a * b;
        return Of(product, L.Fms(a, b, product));
    }

    /// <summary>The angle high + low.</summary>
    [MethodImpl(Inline)] public static Angle<L> Of(L high, L low) =>
        L.All(L.Abs(high) < FarthestByDoubles) ? Near(high, low) : Far(high, low);

    /// <summary>The angle m · 2^exponent.</summary>
    public static Angle<L> Of(DoubleDouble<L> m, int exponent)
    {
        double high = 0, low = 0;
        L.Store(m.High, ref high, 0);
        L.Store(m.Low, ref low, 0);
        (double quarter, double restHigh, double restLow) = LargeAngle.Reduce(high, low, exponent);
        return new(quarter, restHigh, restLow);
    }

    /// <summary>The sine of the angle, from sine and cosine of the rest.</summary>
    [MethodImpl(Inline)] public L TurnedSine(L sine, L cosine)
    {
        L turned = L.Select(IsOdd, cosine, sine);
        return L.Select(IsSineTurned, -turned, turned);
    }

    /// <summary>The cosine of the angle, from sine and cosine of the rest.</summary>
    [MethodImpl(Inline)] public L TurnedCosine(L sine, L cosine)
    {
        L turned = L.Select(IsOdd, sine, cosine);
        return L.Select(IsCosineTurned, -turned, turned);
    }

    /// <summary>Whether sine and cosine change places.</summary>
    public L IsOdd { [MethodImpl(Inline)] get => L.Abs(L.Abs(_quarter) - 1) < 0.5; }

    /// <summary>Whether the sine of the angle has the other sign.</summary>
    public L IsSineTurned { [MethodImpl(Inline)] get => L.Abs(_quarter - 0.5) > 1; }

    /// <summary>Whether the cosine of the angle has the other sign.</summary>
    public L IsCosineTurned { [MethodImpl(Inline)] get => L.Abs(_quarter + 0.5) > 1; }

    // After W. J. Cody and W. Waite (1980): k quarters, of which each product is exact as a pair.
    [MethodImpl(Inline)] private static Angle<L> Near(L high, L low)
    {
        L k = L.Fma(high, AngleConstants.PerQuarter, Rounder) - Rounder;
        DoubleDouble<L> quarters = DoubleDouble<L>.Product(k, AngleConstants.Quarter);
        DoubleDouble<L> lowQuarters = DoubleDouble<L>.Product(k, AngleConstants.QuarterLow);
        DoubleDouble<L> rest = DoubleDouble<L>.Sum(high - quarters.High, -quarters.Low), fuller = DoubleDouble<L>.Sum(rest.High, low);
        DoubleDouble<L> less = DoubleDouble<L>.Sum(fuller.High, -lowQuarters.High);
        L left = less.Low + fuller.Low + rest.Low + L.Fma(-k, AngleConstants.QuarterLowest, -lowQuarters.Low);
        DoubleDouble<L> r = DoubleDouble<L>.Sum(less.High, left);
        L turns = L.Fma(k, 0.25, Rounder) - Rounder;
        // Of less than a quarter nothing is taken away; a sum would lose the sign of a zero.
        return new(L.Fma(turns, -4, k), L.Select(L.Abs(k) < 0.5, L.CopySign(r.High, high), r.High), r.Low);
    }

    // One lane at a time, and only those that are far: no bit of an angle may hang on its neighbours.
    [MethodImpl(MethodImplOptions.NoInlining)] private static Angle<L> Far(L high, L low)
    {
        Angle<L> near = Near(high, low);
        Span<double> given = stackalloc double[L.Count], rest = stackalloc double[L.Count];
        Span<double> quarters = stackalloc double[L.Count], highs = stackalloc double[L.Count], lows = stackalloc double[L.Count];
        L.Store(high, ref given[0], 0);
        L.Store(low, ref rest[0], 0);
        L.Store(near._quarter, ref quarters[0], 0);
        L.Store(near.High, ref highs[0], 0);
        L.Store(near.Low, ref lows[0], 0);
        for (int i = 0; i < L.Count; i++)
        {
            if (!(Math.Abs(given[i]) < FarthestByDoubles))
                (quarters[i], highs[i], lows[i]) = LargeAngle.Reduce(given[i], rest[i]);
        }
        return new(L.Load(ref quarters[0], 0), L.Load(ref highs[0], 0), L.Load(ref lows[0], 0));
    }
}
