namespace Nonlinear.Oracle.Judging;

/// <summary>
/// Decides whether results of gated units are correctly rounded: an interval of doubles settles nearly all, MPFR the others. At ±∞ each
/// factor has its limit, and their product is that of two numbers.
/// </summary>
/// <remarks>
/// In the fast tier the gate's factor, or its product with the value, may have vanished or lost digits where it is subnormal, or may
/// overflow; what that leaves of the result is allowed: it is counted as misrounded, but not as the largest error.
/// </remarks>
public sealed class GatedJudge
{
    private const double LeastNormal = 1.2e-38;

    private readonly GatedSubject _subject;
    private readonly Guarantee _guarantee;
    private readonly NumberFormat _format;
    private readonly bool _passesValue;
    private readonly IReadOnlyList<double> _p, _gateKinks, _valueKinks;
    private readonly Func<Interval, IReadOnlyList<double>, Interval> _gate, _value;
    private readonly Func<Dual<Interval>, IReadOnlyList<double>, Dual<Interval>> _gateSlope, _valueSlope;

    /// <summary>A judge of a subject.</summary>
    public GatedJudge(GatedSubject subject)
    {
        (_subject, _format, _guarantee) = (subject, subject.Format, subject.Guarantee);
        _passesValue = !GatedOracle.HoldsValue(subject.Activation);
        _p = [.. subject.Activation.ParameterValues];
        (_gateKinks, _valueKinks) = (GatedOracle.KinksOfGate(subject.Activation), GatedOracle.KinksOfValue(subject.Activation));
        (_gate, _value) = (GatedOracle.Gate<Interval>(subject.Activation), GatedOracle.Value<Interval>(subject.Activation));
        (_gateSlope, _valueSlope) =
            (GatedOracle.Gate<Dual<Interval>>(subject.Activation), GatedOracle.Value<Dual<Interval>>(subject.Activation));
    }

    /// <summary>Judges one result, which is not counted.</summary>
    /// <param name="index">The pair's place in its set.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="value">The value.</param>
    /// <param name="upstream">The gradient by the output; 1 for outputs.</param>
    /// <param name="y">The result.</param>
    /// <param name="outcome">What is found is added to it.</param>
    public void LookAt(long index, double gate, double value, double upstream, double y, Outcome outcome)
    {
        // A slope by the value does not hang on a value that passes as it is.
        if (_subject.Direction == GatedDirection.ByValue && _passesValue)
            value = 1;
        if (double.IsNaN(gate) || double.IsNaN(value) || double.IsNaN(upstream))
        {
            if (!double.IsNaN(y))
                Add(double.NaN, double.PositiveInfinity);
            return;
        }
        if (_format.Precision <= 24 && double.IsFinite(gate) && double.IsFinite(value) && double.IsFinite(upstream)
            && IsBetween(gate, value, upstream, y))
            return;
        outcome.ByMpfr++;
        // A float plus 1 fits the usual numbers, a double the wide ones.
        BigFloat.Reset(wide: _format.Precision > 24 && (Math.Abs(gate) > 1e30 || Math.Abs(value) > 1e30));
        (BigFloat a, BigFloat b) = Factors(gate, value);
        if (_subject.Direction == GatedDirection.ByGate && _format.Precision <= 24 && a.ToDouble() == 1 && (b * upstream).IsTie(_format))
        {
            // What a slope has beyond 1 decides a tie, and far out lies more digits away than can be held; nearer it is on the same side.
            // A double may be off by more than that.
            BigFloat.Reset(wide: true);
            (a, b) = Factors(Math.Min(gate, GatedOracle.SettledSlope(_subject.Activation)), value);
        }
        bool isFast = _subject.Activation.Tier == Tier.Fast;
        double slack = isFast || IsComposedDouble
            ? Math.ScaleB((1 + Math.Abs(b.ToDouble())) * Math.Abs(upstream) * _guarantee.Ulps, _format.LeastExponent)
            : Math.Abs((b * upstream).ToDouble()) * GatedOracle.CancellationOf(_subject);
        if (!double.IsFinite(gate) || !double.IsFinite(value) || !double.IsFinite(upstream))
        {
            double limit = a.ToDouble() * b.ToDouble() * upstream;
            // A factor that vanishes is 0 before it meets ∞; where neither is ∞, the product of both is rounded.
            if (!double.IsFinite(a.ToDouble()) || !double.IsFinite(b.ToDouble()) || !double.IsFinite(upstream))
            {
                // Of factors that are no floats the fast tier has 0, or a few times the smallest float, before they meet ∞.
                bool vanishes = isFast && Math.Min(Math.Abs(a.ToDouble()), Math.Abs((a * b).ToDouble())) < LeastNormal;
                if (IsSame(y, limit))
                    return;
                if ((vanishes && !double.IsFinite(y)) || (limit == 0 && Math.Abs(y) <= slack))
                    outcome.Misrounded++;
                else
                    Add(limit, double.PositiveInfinity);
                return;
            }
        }
        BigFloat exact = a * b * upstream;
        if (exact.IsTie(_format))
        {
            // A gate that is all but open decides a tie by what it lacks.
            BigFloat.Reset(wide: true);
            (a, b) = Factors(gate, value);
            exact = a * b * upstream;
        }
        double expected = exact.Round(_format);
        if (IsSame(y, expected))
            return;
        double largest = Math.Max(Math.Abs((a * b).ToDouble()), Math.Max(Math.Abs(a.ToDouble()), Math.Abs(b.ToDouble())));
        bool overflows = isFast && largest >= float.MaxValue;
        if (overflows || Math.Abs((exact - y).ToDouble()) <= slack)
            outcome.Misrounded++;
        else
            Add(expected, exact.ErrorInUlps(y, _format));

        void Add(double nearest, double ulps) => outcome.Add(new Misrounding(index, gate, y, nearest, ulps), _guarantee);
    }

    // Composed of a function's results as doubles: their range is all that there is.
    private bool IsComposedDouble => _subject.Activation.Gate is not null && _format.Precision > 24;

    /// <summary>Whether intervals show that all exact values round to one number.</summary>
    internal bool IsBetween(Interval gate, Interval value, double upstream, double y)
    {
        try
        {
            Interval a = _subject.Direction == GatedDirection.ByGate
                ? _gateSlope(Dual<Interval>.Variable(gate), _p).Tangent
                : _gate(gate, _p);
            Interval b = _subject.Direction != GatedDirection.ByValue ? _value(value, _p)
                : _passesValue ? 1
                : _valueSlope(Dual<Interval>.Variable(value), _p).Tangent;
            Interval exact = upstream == 1 ? a * b : upstream * (a * b);
            return IsSame(_format.Nearest(exact.Low), y) && IsSame(_format.Nearest(exact.High), y);
        }
        catch (ArithmeticException)
        {
            return false; // a formula branches on what the interval does not decide
        }
    }

    private (BigFloat Gate, BigFloat Value) Factors(double gate, double value)
    {
        // A formula's constants are good until the next reset, and so is the formula.
        Dual<BigFloat> a = GatedOracle.Gate<Dual<BigFloat>>(_subject.Activation)(Dual<BigFloat>.Variable(Place(gate)), _p);
        Dual<BigFloat> b = GatedOracle.Value<Dual<BigFloat>>(_subject.Activation)(Dual<BigFloat>.Variable(Place(value)), _p);
        return (
            _subject.Direction == GatedDirection.ByGate ? a.Tangent : a.Value,
            _subject.Direction == GatedDirection.ByValue ? b.Tangent : b.Value);
    }

    // Beyond all formats stands for ∞.
    private static BigFloat Place(double x) => double.IsInfinity(x) ? BigFloat.Scale(Math.Sign(x), 5000) : x;

    /// <summary>Whether a gate, or a value, lies between two inputs where the unit has a kink.</summary>
    internal bool HasKink(double first, double last, bool ofGate)
    {
        (double low, double high) = (Math.Min(first, last), Math.Max(first, last));
        return (ofGate ? _gateKinks : _valueKinks).Any(kink => low <= kink && kink <= high);
    }

    private bool IsSame(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b)
        || (_subject.Direction != GatedDirection.Forward && a == 0 && b == 0)
        || (double.IsNaN(a) && double.IsNaN(b));
}
