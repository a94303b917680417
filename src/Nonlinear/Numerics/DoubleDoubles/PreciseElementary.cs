using System.Runtime.CompilerServices;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Numerics;

/// <summary>
/// The exponential and the logarithm of a pair of doubles to about 2⁻⁹⁵, for what cancels later: slow, and used where few are needed.
/// </summary>
/// <remarks>
/// <see cref="DoubleDoubleElementary"/> is right to 2⁻⁵⁸, which is enough for a result that is rounded next. Results below 2⁻⁹⁰⁰ keep the
/// digits of a double only.
/// </remarks>
internal static class PreciseElementary
{
    // e^r is the 256th power of what a short series gives.
    private const int Halvings = 8, Terms = 11;

    private const double LargestExponent = 709, SmallestExponent = -745;

    // Up to here a logarithm of 1 + x keeps more digits by its series.
    private const double SeriesRadius = 1.0 / 1024;
    private const int LogTerms = 11;

    private static readonly Pair[] InverseFactorials = MakeInverseFactorials();

    private static Pair Ln2 => Pair.Sum(DoubleConstants.Ln2High, DoubleConstants.Ln2Low);

    /// <summary>eˣ</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Pair Exp(Pair x)
    {
        if (double.IsNaN(x.High.Value))
            return double.NaN;
        if (x.High.Value > LargestExponent)
            return double.PositiveInfinity;
        if (x.High.Value < SmallestExponent)
            return 0;
        Pair e = Exp(x, out int power);
        return new(Math.ScaleB(e.High.Value, power), Math.ScaleB(e.Low.Value, power));
    }

    /// <summary>eˣ as a number about 1 times a power of two, which may be far beyond doubles.</summary>
    /// <param name="x">x, up to 10⁸ in size.</param>
    /// <param name="power">The exponent of the power.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Pair Exp(Pair x, out int power)
    {
        double k = Math.Round(x.High.Value * DoubleConstants.Log2E);
        power = (int)k;
        Pair whole = Pair.Product(-k, DoubleConstants.Ln2High);
        Pair r = Pair.Sum(x.High, whole.High) + x.Low + whole.Low - Pair.Product(k, DoubleConstants.Ln2Low);
        r -= k * DoubleConstants.Ln2Lowest;
        const double Scale = 1.0 / (1 << Halvings);
        r = new(r.High * Scale, r.Low * Scale);
        // e^r - 1, which squares as (1 + m)² - 1 = 2m + m².
        Pair m = InverseFactorials[Terms];
        for (int i = Terms - 1; i > 0; i--)
            m = (m * r) + InverseFactorials[i];
        m *= r;
        for (int i = 0; i < Halvings; i++)
            m = (2 * m) + (m * m);
        return 1 + m;
    }

    /// <summary>log x for x > 0; -∞ at 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Pair Log(Pair x)
    {
        double high = x.High.Value;
        if (high == 0)
            return double.NegativeInfinity;
        if (!(high > 0) || double.IsPositiveInfinity(high))
            return high > 0 ? high : double.NaN;
        Pair near = x - 1;
        if (Math.Abs(near.High.Value) < SeriesRadius)
            return LogSeries(near);
        int exponent = Math.ILogB(high);
        Pair mantissa = new(Math.ScaleB(high, -exponent), Math.ScaleB(x.Low.Value, -exponent));
        if (mantissa.High.Value > 1.5)
            (mantissa, exponent) = (new(mantissa.High * 0.5, mantissa.Low * 0.5), exponent + 1);
        Pair log = OfMantissa(mantissa);
        return log + (exponent * (Ln2 + DoubleConstants.Ln2Lowest));
    }

    /// <summary>log(1 + x) for x > -1, without cancellation near 0.</summary>
    public static Pair Log1p(Pair x) => Math.Abs(x.High.Value) < SeriesRadius ? LogSeries(x) : Log(1 + x);

    /// <summary>√x for x ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Pair Sqrt(Pair x)
    {
        if (!(x.High.Value > 0))
            return x.High.Value == 0 ? 0 : double.NaN;
        double root = Math.Sqrt(x.High.Value);
        Pair rest = x - Pair.Product(root, root);
        return Pair.QuickSum(root, rest.High.Value / (2 * root));
    }

    // A double's worth of logarithm, and one step of Halley's method on e^y = x.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Pair OfMantissa(Pair x)
    {
        double estimate = OfMantissa(x.High.Value);
        if (estimate == 0)
            return LogSeries(x - 1);
        Pair quotient = x * Exp(-estimate);
        return estimate + (2 * (quotient - 1) / (quotient + 1));
    }

    // log x = 2 artanh s with s = (x - 1) / (x + 1), for x from 0.75 to 1.5.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double OfMantissa(double x)
    {
        double s = (x - 1) / (x + 1), square = s * s, sum = 0;
        for (int odd = 23; odd > 1; odd -= 2)
            sum = (sum + (1.0 / odd)) * square;
        return (2 * s) + (2 * s * sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Pair LogSeries(Pair x)
    {
        Pair sum = 0;
        for (int i = LogTerms; i > 0; i--)
            sum = ((Pair)1 / i) - (x * sum);
        return x * sum;
    }

    private static Pair[] MakeInverseFactorials()
    {
        Pair[] inverse = new Pair[Terms + 1];
        inverse[0] = 1;
        for (int i = 1; i <= Terms; i++)
            inverse[i] = inverse[i - 1] / i;
        return inverse;
    }
}
