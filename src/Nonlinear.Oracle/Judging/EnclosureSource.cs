using Jet2 = Nonlinear.Oracle.Dual<Nonlinear.Oracle.Dual<Nonlinear.Oracle.Interval>>;
using Jet3 = Nonlinear.Oracle.Dual<Nonlinear.Oracle.Dual<Nonlinear.Oracle.Dual<Nonlinear.Oracle.Interval>>>;
using WideJet = Nonlinear.Oracle.Dual<Nonlinear.Oracle.Dual<Nonlinear.Oracle.BigFloat>>;

namespace Nonlinear.Oracle.Judging;

/// <summary>Finds polynomials that are sure to be near a function, or its derivative, over a stretch of floats.</summary>
/// <remarks>
/// By Taylor's theorem f(x) = f(m) + f′(m) t + ½ f″(m) t² + ⅙ f‴(ξ) t³ with t = x - m and ξ between the two. The terms at m are intervals,
/// and f‴ is an interval that holds it over the whole stretch; dual numbers within dual numbers give them from the formula. A formula that
/// branches within the stretch gives none.
/// </remarks>
internal sealed class EnclosureSource
{
    // Of the polynomial's rounding: three fused steps, half a unit in the last place each, and room to spare.
    private const double Rounding = 8.0 / (1L << 53);

    // So far from a float's end of a tie, in units of its last place, is nearly everything decided.
    private const double NarrowEnough = 1.0 / (1 << 12);

    // Results below vanish in every float and are judged another way.
    private const double Tiny = 1e-280;

    // Below this float's next-to-nothing, f is a straight line to more bits than a double has.
    private const int StraightExponent = -100;

    private const double Flattest = 1.0 / (1 << 20);

    private readonly bool _derivative;
    private readonly Func<Jet2, Jet2> _atPoint;
    private readonly Func<Jet3, Jet3> _overStretch;
    private readonly Enclosure? _aboveZero, _belowZero;

    public EnclosureSource(ICurve curve)
    {
        _derivative = curve.Derivative;
        _atPoint = curve.Formula<Jet2>();
        _overStretch = curve.Formula<Jet3>();
        _aboveZero = AtZero(curve, 1);
        _belowZero = AtZero(curve, -1);
    }

    /// <summary>
    /// A polynomial near the function from one float to another of the same sign, fewer than 2²³ floats apart, both finite and not 0; null
    /// if none is near enough.
    /// </summary>
    public Enclosure? Over(float from, float to)
    {
        float low = Math.Min(from, to), high = Math.Max(from, to);
        if (Math.Max(-low, high) < Math.ScaleB(1, StraightExponent) && (low > 0 ? _aboveZero : _belowZero) is { } straight)
            return straight;
        // The middle is a float, so that x - m is exact.
        double middle = (float)((0.5 * low) + (0.5 * high)), reach = Math.Max(high - middle, middle - low);
        try
        {
            return Taylor(middle, reach, new(low, high));
        }
        catch (ArithmeticException)
        {
            return null; // the formula branches within the stretch
        }
    }

    private Enclosure? Taylor(double middle, double reach, Interval stretch)
    {
        Jet2 point = _atPoint(Variable((Interval)middle));
        Interval third = _overStretch(new(Variable(stretch), 1)).Tangent.Tangent.Tangent;
        return _derivative
            ? Near(middle, reach, point.Value.Tangent, point.Tangent.Tangent, 0.5 * third, 0)
            : Near(middle, reach, point.Value.Value, point.Value.Tangent, 0.5 * point.Tangent.Tangent, third / 6);
    }

    private static Enclosure? Near(double middle, double reach, Interval c0, Interval c1, Interval c2, Interval c3)
    {
        double a = Centre(c0), b = Centre(c1), c = Centre(c2), d = Centre(c3), square = reach * reach, cube = square * reach;
        double size = (Math.Abs(b) * reach) + (Math.Abs(c) * square) + (Math.Abs(d) * cube);
        double radius = 1.001 * (Width(c0, a) + (Width(c1, b) * reach) + (Width(c2, c) * square) + (Width(c3, d) * cube)
            + (Rounding * (Math.Abs(a) + size)));
        double least = Math.Abs(a) - size - radius;
        return least > Tiny && radius <= NarrowEnough * UlpOfFloat(least) ? new(middle, a, b, c, d, radius) : null;
    }

    // x, whose derivative is 1 and whose second derivative is 0.
    private static Dual<Dual<N>> Variable<N>(N x)
        where N : struct, INumber<N> => new(new(x, 1), new(1, 0));

    private static double Centre(Interval x) => (0.5 * x.Low) + (0.5 * x.High);

    // NaN where nothing is known, which no comparison takes for narrow.
    private static double Width(Interval x, double centre) => Math.Max(x.High - centre, centre - x.Low);

    private static double UlpOfFloat(double x) => Math.ScaleB(1, Math.Max(Math.ILogB(x) - 23, -149));

    /// <summary>
    /// Next to 0 a function with f(0) = 0 is a straight line but for what no double shows, and where the slope is ½, half of the subnormal
    /// floats give a tie but for that. Its sign is that of the first of f″ and f‴ that is not 0, and it decides.
    /// </summary>
    private Enclosure? AtZero(ICurve curve, int side)
    {
        const int Start = -1000, Negligible = -900;
        try
        {
            BigFloat.Reset(wide: true);
            WideJet jet = curve.Formula<WideJet>()(Variable(BigFloat.Scale(side, Start)));
            Jet3 all = _overStretch(new(Variable(Ordered(Math.ScaleB(side, Start), Math.ScaleB(side, StraightExponent))), 1));
            BigFloat value = _derivative ? jet.Value.Tangent : jet.Value.Value;
            BigFloat slope = _derivative ? jet.Tangent.Tangent : jet.Value.Tangent;
            double line = slope.ToDouble();
            // The line's product with a float is exact in a double only if it is a float as well.
            if (value.Exponent > Negligible || (float)line != line || !(Math.Abs(line) > Flattest)
                || (slope - line).Exponent > Negligible)
                return null;
            Interval second = _derivative ? all.Tangent.Tangent.Tangent : all.Value.Tangent.Tangent;
            int bend = Sign(second);
            if (bend == 0 && !_derivative && jet.Tangent.Tangent.Exponent < Negligible)
                bend = side * Sign(all.Tangent.Tangent.Tangent);
            // What the true value is beyond the line is less than a unit in the last place of a double, and that is nearer than any tie.
            double tilt = 1 + (bend * side * Math.Sign(line) * Math.ScaleB(1, -51));
            return bend == 0 ? null : new(0, 0, line * tilt, 0, 0, 0);
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private static Interval Ordered(double a, double b) => new(Math.Min(a, b), Math.Max(a, b));

    // 0 where it is not sure, or where it could be that small or large that other terms count.
    private static int Sign(Interval x) =>
        x.Low > Flattest && x.High < 1 / Flattest ? 1 : x.High < -Flattest && x.Low > -1 / Flattest ? -1 : 0;
}
