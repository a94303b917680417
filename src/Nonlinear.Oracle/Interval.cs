using System.Globalization;
using System.Runtime.CompilerServices;

namespace Nonlinear.Oracle;

/// <summary>
/// Two doubles between which the number is sure to lie. Where both round to the same float, that float is the number correctly rounded, at
/// a thousandth of the cost of many bits. NaN at an end means that nothing is known.
/// </summary>
/// <remarks>
/// The exact remainder of a sum or product tells whether it was rounded, and to which side; a result of libm is widened by its known error.
/// Signs survive: a number that is not negative never gets an end below 0, however small it is, so the sign of a zero is known too.
/// </remarks>
/// <param name="Low">The number is at least this.</param>
/// <param name="High">The number is at most this.</param>
public readonly record struct Interval(double Low, double High) : INumber<Interval>
{
    // Half an ulp and the error of the step itself; below Tiny, whatever happens to numbers that are no longer normal.
    private const double Ulp = 1.0 / (1L << 52), Step = 1.5 * Ulp, Tiny = 1e-289;

    // An interval wider than this, relative to its ends, has the function computed at both ends.
    private const double Narrow = 1.0 / 1024;

    /// <summary>Whether the system has the functions that this rests on.</summary>
    public static bool IsAvailable => Libm.IsAvailable;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Interval(double value) => new(value, value);

    /// <inheritdoc/>
    public static Interval Parse(string digits)
    {
        double nearest = double.Parse(digits, CultureInfo.InvariantCulture);
        return new(Math.BitDecrement(nearest), Math.BitIncrement(nearest));
    }

    /// <summary>The interval without a number: its ends are the wrong way round.</summary>
    public static Interval Nowhere { get; } = new(double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>Whether there is no number in it: the function has no value.</summary>
    public bool IsEmpty => Low > High;

    /// <inheritdoc/>
    public static Interval Pi { get; } = new(Math.PI, Math.BitIncrement(Math.PI));

    /// <inheritdoc/>
    public static Interval ErfSlope { get; } = 2 / Sqrt(Pi);

    /// <inheritdoc/>
    public static bool IsZero(Interval x) => x.Low == 0 && x.High == 0;

    private bool IsPoint => Low == High;

    private double Middle => IsPoint ? Low : (0.5 * Low) + (0.5 * High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval operator +(Interval a, Interval b)
    {
        double low = a.Low + b.Low, high = a.High + b.High;
        return new(Remainder(a.Low, b.Low, low) >= 0 ? low : Down(low), Remainder(a.High, b.High, high) <= 0 ? high : Up(high));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval operator -(Interval a, Interval b) => a + -b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval operator -(Interval a) => new(-a.High, -a.Low);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval operator *(Interval a, Interval b) =>
        a.IsPoint && b.IsPoint ? Product(a.Low, b.Low)
        : a.Low >= 0 && b.Low >= 0 ? new(Down(a.Low * b.Low), Up(a.High * b.High))
        : ProductOfAnySigns(a, b);

    /// <inheritdoc/>
    public static Interval operator /(Interval a, Interval b)
    {
        if (b.Low == 1 && b.High == 1)
            return a;
        if (b.High < 0)
            return -a / -b;
        return b.Low > 0
            ? new(Down(a.Low / (a.Low >= 0 ? b.High : b.Low)), Up(a.High / (a.High >= 0 ? b.Low : b.High)))
            : new(double.NaN, double.NaN);
    }

    /// <inheritdoc/>
    public static bool operator >(Interval a, Interval b) => a.Low > b.High || (!(a.High <= b.Low) && Doubt());

    /// <inheritdoc/>
    public static bool operator <(Interval a, Interval b) => b > a;

    /// <inheritdoc/>
    public static Interval Select(Interval a, Interval b, Interval whereGreater, Interval otherwise) =>
        a.Low > b.High ? whereGreater
        : a.High <= b.Low ? otherwise
        : new(Math.Min(whereGreater.Low, otherwise.Low), Math.Max(whereGreater.High, otherwise.High));

    /// <inheritdoc/>
    public static Interval Min(Interval a, Interval b) => IsZero(a) && IsZero(b)
        ? new(Math.Min(a.Low, b.Low), Math.Min(a.High, b.High))
        : Select(b, a, a, b);

    /// <inheritdoc/>
    public static Interval Sqrt(Interval x) => new(Down(Math.Sqrt(x.Low)), Up(Math.Sqrt(x.High)));

    /// <inheritdoc/>
    public static Interval Exp(Interval x)
    {
        double width = x.High - x.Low;
        return width <= Narrow
            ? Around(Libm.Exp(x.Middle), (width * (1 + width)) + (Libm.ExpUlps * Ulp))
            : Between(Libm.Exp(x.Low), Libm.Exp(x.High), Libm.ExpUlps);
    }

    // |x eˣ / (eˣ - 1)| is at most 1 + |x|.
    /// <inheritdoc/>
    public static Interval Expm1(Interval x)
    {
        if (x.IsPoint)
            return Around(Libm.Expm1(x.Low), Libm.Expm1Ulps * Ulp);
        double spread = Spread(x) * (1 + Math.Max(Math.Abs(x.Low), Math.Abs(x.High)));
        return spread <= Narrow
            ? Around(Libm.Expm1(x.Middle), (spread * (1 + spread)) + (Libm.Expm1Ulps * Ulp))
            : Between(Libm.Expm1(x.Low), Libm.Expm1(x.High), Libm.Expm1Ulps);
    }

    // Concave with f(0) = 0: from 0 on it grows at most in proportion.
    /// <inheritdoc/>
    public static Interval Log1p(Interval x)
    {
        if (x.IsPoint)
            return Around(Libm.Log1p(x.Low), Libm.Log1pUlps * Ulp);
        double spread = Spread(x);
        return x.Low >= 0 && spread <= Narrow
            ? Around(Libm.Log1p(x.Middle), (spread * (1 + spread)) + (Libm.Log1pUlps * Ulp))
            : Between(Libm.Log1p(x.Low), Libm.Log1p(x.High), Libm.Log1pUlps);
    }

    /// <inheritdoc/>
    public static Interval Log(Interval x) => Between(Libm.Log(x.Low), Libm.Log(x.High), Libm.LogUlps);

    // The slope is at most 1.
    /// <inheritdoc/>
    public static Interval Sin(Interval x) => x.IsPoint && QuarterTurns.Suit(x.Low)
        ? Turned(x.Low, quartersBefore: 0)
        : Around(Libm.Sin(x.Middle), Libm.SinUlps * Ulp).Wider(x.High - x.Low);

    /// <inheritdoc/>
    public static Interval Cos(Interval x) => x.IsPoint && QuarterTurns.Suit(x.Low)
        ? Turned(x.Low, quartersBefore: 1)
        : Around(Libm.Cos(x.Middle), Libm.SinUlps * Ulp).Wider(x.High - x.Low);

    // The sine of an angle and some quarters. Up to half a quarter sine and cosine change by no more than the angle does, in proportion.
    private static Interval Turned(double angle, int quartersBefore)
    {
        (int quarter, double rest) = QuarterTurns.Of(angle);
        int turned = (quarter + quartersBefore) & 3;
        double y = (turned & 1) == 0 ? Libm.Sin(rest) : Libm.Cos(rest);
        return Around(turned < 2 ? y : -y, (Libm.SinUlps + QuarterTurns.Ulps) * Ulp);
    }

    // As tanh.
    /// <inheritdoc/>
    public static Interval Erf(Interval x)
    {
        if (x.IsPoint)
            return Around(Libm.Erf(x.Low), Libm.ErfUlps * Ulp);
        double spread = Spread(x);
        return spread <= Narrow
            ? Around(Libm.Erf(x.Middle), (spread * (1 + spread)) + (Libm.ErfUlps * Ulp))
            : Between(Libm.Erf(x.Low), Libm.Erf(x.High), Libm.ErfUlps);
    }

    /// <inheritdoc/>
    public static Interval ExpTail(Interval x) =>
        x.IsPoint && Math.Abs(x.Low) <= 0.125 ? Around(TaylorSeries.ExpTail(x), Ulp) : Expm1(x) - x;

    /// <inheritdoc/>
    public static Interval TanhShrink(Interval x) =>
        x.IsPoint && Math.Abs(x.Low) <= 0.125 ? Around(TaylorSeries.TanhShrink(x), 2 * Ulp) : x - Tanh(x);

    private static Interval Around(Interval x, double spread) => new(Around(x.Low, spread).Low, Around(x.High, spread).High);

    private Interval Wider(double by) => by == 0 ? this : new(Down(Low - by), Up(High + by));

    // Concave on the right with f(0) = 0, and odd: it grows at most in proportion.
    /// <inheritdoc/>
    public static Interval Tanh(Interval x)
    {
        if (x.IsPoint)
            return Around(Libm.Tanh(x.Low), Libm.TanhUlps * Ulp);
        double spread = Spread(x);
        return spread <= Narrow
            ? Around(Libm.Tanh(x.Middle), (spread * (1 + spread)) + (Libm.TanhUlps * Ulp))
            : Between(Libm.Tanh(x.Low), Libm.Tanh(x.High), Libm.TanhUlps);
    }

    // On the right erfc(x) is at least 2/√π e^(-x²) / (x + √(x² + 2)), so that |(log erfc)′| is at most 2x + 2. On the left it is at least
    // 1, and its slope at most 2 e^(-x²), which is less than 2 / (1 + x²).
    /// <inheritdoc/>
    public static Interval Erfc(Interval x)
    {
        double spread = (x.High - x.Low) * (x.High < 0 ? 2 / (1 + (x.High * x.High)) : 2 + (2 * x.High));
        return spread <= Narrow
            ? Around(Libm.Erfc(x.Middle), (spread * (1 + spread)) + (Libm.ErfcUlps * Ulp))
            : -Between(-Libm.Erfc(x.Low), -Libm.Erfc(x.High), Libm.ErfcUlps);
    }

    // The exponential's error counts at most once; the sum and the quotient add half an ulp each. (log σ)′ = σ(-x) is at most 1, and less
    // than 1 / (1 + x) on the right.
    /// <inheritdoc/>
    public static Interval Sigmoid(Interval x)
    {
        double spread = (x.High - x.Low) / (1 + Math.Max(0, x.Low));
        return spread <= Narrow
            ? Around(Logistic(x.Middle), (spread * (1 + spread)) + ((Libm.ExpUlps + 1) * Ulp))
            : Between(Logistic(x.Low), Logistic(x.High), Libm.ExpUlps + 1);
    }

    // The exponential's error counts at most once; two sums, a product and the quotient add half an ulp each. |(log σ′)′| is at most 1.
    /// <inheritdoc/>
    public static Interval SigmoidSlope(Interval x)
    {
        double width = x.High - x.Low;
        if (!(width <= Narrow))
            return Sigmoid(x) * Sigmoid(-x);
        double e = Libm.Exp(-Math.Abs(x.Middle)), sum = 1 + e;
        return Around(e / (sum * sum), (width * (1 + width)) + ((Libm.ExpUlps + 2) * Ulp));
    }

    // The errors of exponential and logarithm count at most once, the sum adds half an ulp; |(log softplus)′| is at most 1.
    /// <inheritdoc/>
    public static Interval Softplus(Interval x)
    {
        double width = x.High - x.Low;
        return width <= Narrow
            ? Around(Softplus(x.Middle), (width * (1 + width)) + ((Libm.ExpUlps + Libm.Log1pUlps + 1) * Ulp))
            : Between(Softplus(x.Low), Softplus(x.High), Libm.ExpUlps + Libm.Log1pUlps + 1);
    }

    private static double Logistic(double x)
    {
        double e = Libm.Exp(-Math.Abs(x));
        return (x > 0 ? 1 : e) / (1 + e);
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Libm.Log1p(Libm.Exp(-Math.Abs(x)));

    // The width in proportion to the number; too much where 0 lies inside.
    private static double Spread(Interval x) =>
        (x.High - x.Low) / Math.Min(Math.Abs(x.Low), Math.Abs(x.High)) * (x.Low > 0 || x.High < 0 ? 1 : double.PositiveInfinity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Interval Around(double y, double spread)
    {
        // Too large for a double, and no smaller than the largest by more than the error.
        if (double.IsPositiveInfinity(y))
            return new(double.MaxValue * (1 - (2 * spread)), y);
        double width = Math.Abs(y) * spread;
        return new(DownFrom(y, y - width), UpFrom(y, y + width));
    }

    private static Interval Between(double low, double high, double ulps) =>
        new(Around(low, ulps * Ulp).Low, Around(high, ulps * Ulp).High);

    // Of floats, and of a float by a small number, the product is a double and stays one number: ties are decided.
    private static Interval Product(double a, double b)
    {
        double product = a * b;
        bool exact = Math.FusedMultiplyAdd(a, b, -product) == 0 && (Math.Abs(product) > Tiny || a == 0 || b == 0);
        return exact ? new Interval(product, product) : new(Down(product), Up(product));
    }

    private static Interval ProductOfAnySigns(Interval a, Interval b)
    {
        if (a.Low >= 0)
        {
            return b.High <= 0
                ? new(Down(a.High * b.Low), Up(a.Low * b.High))
                : new(Down(a.High * b.Low), Up(a.High * b.High));
        }
        if (a.High <= 0)
        {
            return b.Low >= 0 ? new(Down(a.Low * b.High), Up(a.High * b.Low))
                : b.High <= 0 ? new(Down(a.High * b.High), Up(a.Low * b.Low))
                : new(Down(a.Low * b.High), Up(a.Low * b.Low));
        }
        return b.Low >= 0 ? new(Down(a.Low * b.High), Up(a.High * b.High))
            : b.High <= 0 ? new(Down(a.High * b.Low), Up(a.Low * b.Low))
            : new(Down(Math.Min(a.Low * b.High, a.High * b.Low)), Up(Math.Max(a.Low * b.Low, a.High * b.High)));
    }

    // The exact remainder of a sum (D. Knuth).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Remainder(double a, double b, double sum)
    {
        double second = sum - a;
        return (a - (sum - second)) + (b - second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Down(double y) => DownFrom(y, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Up(double y) => UpFrom(y, y);

    // A little below an end. A number smaller than Tiny may be anything from 0 to Tiny, with its own sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double DownFrom(double y, double end) =>
        !(Math.Abs(y) <= Tiny) ? end - (Math.Abs(end) * Step) : double.IsNegative(y) ? -2 * Tiny : 0.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double UpFrom(double y, double end) =>
        !(Math.Abs(y) <= Tiny) ? end + (Math.Abs(end) * Step) : double.IsNegative(y) ? -0.0 : 2 * Tiny;

    private static bool Doubt() =>
        throw new ArithmeticException("A formula branched on a number that an interval does not decide; let it branch on x.");
}
