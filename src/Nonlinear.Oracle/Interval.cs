using System.Runtime.CompilerServices;

namespace Nonlinear.Oracle;

/// <summary>
/// Two doubles between which the number is sure to lie. Where both round to the same float, that float is the number correctly rounded, at a
/// thousandth of the cost of many bits. NaN at an end means that nothing is known.
/// </summary>
/// <remarks>
/// Sums and products know from their exact remainder whether they were rounded and to which side; what libm computes is widened by its known
/// error. Signs survive: what is not negative never gets an end below 0, however small it is, so that the sign of a zero is known too.
/// </remarks>
/// <param name="Low">The number is at least this.</param>
/// <param name="High">The number is at most this.</param>
public readonly record struct Interval(double Low, double High) : INumber<Interval>
{
    // Half an ulp and the error of the step itself; below Tiny, whatever happens to numbers that are no longer normal.
    private const double Ulp = 1.0 / (1L << 52), Step = 1.5 * Ulp;

    // Wider than this in proportion, and both ends are computed.
    private const double Narrow = 1.0 / 1024;

    private static readonly double Tiny = Math.ScaleB(1, -960);

    [ThreadStatic] private static (string Digits, Interval Value)[]? _parsed;

    /// <summary>Whether the system has the functions that this rests on.</summary>
    public static bool IsAvailable => Libm.IsAvailable;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Interval(double value) => new(value, value);

    // Formulas name their constants by literals, which are found again by reference: this is once per constant, not once per element.
    /// <inheritdoc/>
    public static Interval Parse(string digits)
    {
        (string Digits, Interval Value)[] parsed = _parsed ?? [];
        foreach ((string known, Interval value) in parsed)
        {
            if (ReferenceEquals(known, digits))
                return value;
        }
        double nearest = double.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        Interval result = new(Math.BitDecrement(nearest), Math.BitIncrement(nearest));
        _parsed = [.. parsed, (digits, result)];
        return result;
    }

    /// <inheritdoc/>
    public static Interval Pi { get; } = new(Math.PI, Math.BitIncrement(Math.PI));

    /// <inheritdoc/>
    public static Interval ErfSlope { get; } = 2 / Sqrt(Pi);

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
    public static Interval operator *(Interval a, Interval b)
    {
        if (a.Low >= 0)
        {
            return b.Low >= 0 ? Product(a.Low, b.Low, a.High, b.High)
                : b.High <= 0 ? Product(a.High, b.Low, a.Low, b.High)
                : Product(a.High, b.Low, a.High, b.High);
        }
        if (a.High <= 0)
        {
            return b.Low >= 0 ? Product(a.Low, b.High, a.High, b.Low)
                : b.High <= 0 ? Product(a.High, b.High, a.Low, b.Low)
                : Product(a.Low, b.High, a.Low, b.Low);
        }
        if (b.Low >= 0)
            return Product(a.Low, b.High, a.High, b.High);
        if (b.High <= 0)
            return Product(a.High, b.Low, a.Low, b.Low);
        Interval falling = Product(a.Low, b.High, a.Low, b.Low), rising = Product(a.High, b.Low, a.High, b.High);
        return new(Math.Min(falling.Low, rising.Low), Math.Max(falling.High, rising.High));
    }

    /// <inheritdoc/>
    public static Interval operator /(Interval a, Interval b)
    {
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

    // erfc(x) is at least 2/√π e^(-x²) / (x + √(x² + 2)) on the right, so its slope is at most 2|x| + 2 times as large; on the left both are plain.
    /// <inheritdoc/>
    public static Interval Erfc(Interval x)
    {
        if (x.IsPoint)
            return Around(Libm.Erfc(x.Low), Libm.ErfcUlps * Ulp);
        double spread = (x.High - x.Low) * (2 + (2 * Math.Max(0, x.High)));
        return spread <= Narrow
            ? Around(Libm.Erfc(x.Middle), (spread * (1 + spread)) + (Libm.ErfcUlps * Ulp))
            : -Between(-Libm.Erfc(x.Low), -Libm.Erfc(x.High), Libm.ErfcUlps);
    }

    /// <inheritdoc/>
    public static Interval Sigmoid(Interval x)
    {
        if (x.Low > 0)
            return 1 / (1 + Exp(-x));
        if (!(x.High <= 0))
            return new(Sigmoid(x.Low).Low, Sigmoid(x.High).High);
        Interval e = Exp(x);
        return e / (1 + e);
    }

    /// <inheritdoc/>
    public static Interval Softplus(Interval x) => x.Low > 0 ? x + Log1p(Exp(-x))
        : x.High <= 0 ? Log1p(Exp(x))
        : new(Softplus(x.Low).Low, Softplus(x.High).High);

    // The width in proportion to the number; too much where 0 lies inside.
    private static double Spread(Interval x) => (x.High - x.Low) / Math.Min(Math.Abs(x.Low), Math.Abs(x.High)) * (x.Low > 0 || x.High < 0 ? 1 : double.PositiveInfinity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Interval Around(double y, double spread)
    {
        double width = Math.Abs(y) * spread;
        return new(DownFrom(y, y - width), UpFrom(y, y + width));
    }

    private static Interval Between(double low, double high, double ulps) => new(Around(low, ulps * Ulp).Low, Around(high, ulps * Ulp).High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Interval Product(double a, double b, double c, double d)
    {
        double low = a * b, high = c * d;
        return new(
            Math.FusedMultiplyAdd(a, b, -low) >= 0 && Math.Abs(low) > Tiny ? low : Down(low, a == 0 || b == 0),
            Math.FusedMultiplyAdd(c, d, -high) <= 0 && Math.Abs(high) > Tiny ? high : Up(high, c == 0 || d == 0));
    }

    // The exact remainder of a sum (D. Knuth).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Remainder(double a, double b, double sum)
    {
        double second = sum - a;
        return (a - (sum - second)) + (b - second);
    }

    private static double Down(double y, bool exact) => exact ? y : Down(y);

    private static double Up(double y, bool exact) => exact ? y : Up(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Down(double y) => DownFrom(y, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Up(double y) => UpFrom(y, y);

    // A little below an end; what has sunk below Tiny is anywhere from 0 to there, on its side of 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double DownFrom(double y, double end) => !(Math.Abs(y) <= Tiny) ? end - (Math.Abs(end) * Step) : double.IsNegative(y) ? -2 * Tiny : 0.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double UpFrom(double y, double end) => !(Math.Abs(y) <= Tiny) ? end + (Math.Abs(end) * Step) : double.IsNegative(y) ? -0.0 : 2 * Tiny;

    private static bool Doubt() => throw new ArithmeticException("A formula branched on a number that an interval does not decide; let it branch on x.");
}
