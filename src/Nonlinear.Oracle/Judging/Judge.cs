using System.Runtime.InteropServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>
/// Decides whether results are correctly rounded, and how far off they are. An interval of doubles settles nearly all of them; MPFR settles
/// those where its ends round to different numbers. The limits at ±∞ and the signs of zeros are judged like any other result.
/// </summary>
/// <remarks>The zeros of a derivative have no sign that could be judged: its terms vanish one by one.</remarks>
public sealed class Judge : IFloatJudge
{
    // An interval this narrow, in ulps of the result, tells an error to four digits.
    private const double NarrowEnough = 1.0 / (1 << 14);

    private readonly Subject _subject;
    private readonly Guarantee _guarantee;
    private readonly NumberFormat _format;
    private readonly bool _byInterval;
    private readonly Func<Interval, IReadOnlyList<double>, Interval> _value;
    private readonly Func<Dual<Interval>, IReadOnlyList<double>, Dual<Interval>> _dual;
    private readonly double[] _parameters;
    private readonly bool _lenient;
    private readonly HashSet<double> _branches;

    /// <summary>A judge of a subject.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="lenient">Whether conventions other than the library's are right as well: the slope on the other side of a kink, and 0
    /// for the product of a slope of 0 and an infinite gradient.</param>
    public Judge(Subject subject, bool lenient = false)
    {
        _lenient = lenient;
        _subject = subject;
        _format = subject.Format;
        _guarantee = subject.Guarantee;
        _byInterval = _format.Precision <= 24; // a double leaves nothing to round
        _parameters = [.. subject.Activation.ParameterValues];
        // Where formulas change their piece depends on parameters.
        _branches = [0, .. subject.Activation.Kinks, .. _parameters, .. _parameters.Select(parameter => -parameter)];
        _value = Oracle.Formula<Interval>(subject.Activation.Info.Name);
        _dual = Oracle.Formula<Dual<Interval>>(subject.Activation.Info.Name);
    }

    /// <summary>Judges results.</summary>
    /// <param name="x">The inputs, numbers of the format.</param>
    /// <param name="y">The results.</param>
    /// <param name="start">The place of the first input in its set.</param>
    /// <param name="outcome">What is found is added to it.</param>
    public void Look(ReadOnlySpan<double> x, ReadOnlySpan<double> y, long start, Outcome outcome)
    {
        outcome.Judged += x.Length;
        if (AllAre(x, y))
            return;
        for (int i = 0; i < x.Length; i++)
            LookAt(start + i, x[i], y[i], outcome);
    }

    Guarantee IFloatJudge.Guarantee => _guarantee;

    void IFloatJudge.LookAt(long index, double x, double y, Outcome outcome) => LookAt(index, x, y, outcome);

    bool IFloatJudge.IsEverywhere(double first, double last, double y) => IsEverywhere(first, last, y);

    bool IFloatJudge.HasKink(double first, double last) => HasKink(first, last);

    /// <summary>Judges a result, which is not counted.</summary>
    internal void LookAt(long index, double x, double y, Outcome outcome)
    {
        Verdict verdict = Decide(x, y);
        if (verdict.ByMpfr)
            outcome.ByMpfr++;
        if (!verdict.IsRight)
            outcome.Add(new Misrounding(index, x, y, verdict.Expected, verdict.Ulps), _guarantee);
    }

    /// <summary>Judges one result.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The result, a number of the format.</param>
    /// <param name="upstream">A factor of the exact value, by which a gradient that is carried back is judged: dy · f′(x), rounded once.
    /// </param>
    public Verdict Decide(double x, double y, double upstream = 1)
    {
        if (double.IsNaN(x) || double.IsNaN(upstream))
            return double.IsNaN(y) ? Right(y) : new(double.NaN, double.PositiveInfinity, false, false);
        if (!_byInterval || !double.IsFinite(x) || !double.IsFinite(upstream) || TryEstimate(x) is not { } plain)
            return AskMpfr(x, y, upstream);
        if (plain.IsEmpty)
            return double.IsNaN(y) ? Right(y) : new(double.NaN, double.PositiveInfinity, false, false);
        Interval exact = upstream == 1 ? plain : upstream * plain;
        double low = _format.Nearest(exact.Low), high = _format.Nearest(exact.High);
        return double.IsNaN(low) || !IsSame(low, high) ? AskMpfr(x, y, upstream)
            : IsSame(low, y) ? Right(low)
            : Measure(x, y, upstream, low, exact);
    }

    /// <summary>The number of the format nearest to f(x), f′(x) or dy · f′(x), ties to even.</summary>
    /// <param name="x">The input.</param>
    /// <param name="upstream">A factor of the exact value.</param>
    public double Nearest(double x, double upstream = 1) => Decide(x, double.NaN, upstream).Expected;

    /// <summary>Whether all exact values between two inputs round to one number.</summary>
    internal bool IsEverywhere(double first, double last, double y) =>
        !HasKink(first, last)
        && TryEstimate(Between(first, last)) is { } exact
        && (exact.IsEmpty ? double.IsNaN(y) : IsSame(_format.Nearest(exact.Low), y) && IsSame(_format.Nearest(exact.High), y));

    /// <summary>Whether the function has a kink between two inputs.</summary>
    internal bool HasKink(double first, double last)
    {
        Interval all = Between(first, last);
        return _subject.Activation.Kinks.Any(kink => all.Low <= kink && kink <= all.High);
    }

    // Far out all inputs of a block often share one result: the interval that holds f over the whole block rounds to a single number.
    private bool AllAre(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!_byInterval || x.Length < 2)
            return false;
        (double first, double last) = (x[0], x[^1]);
        ReadOnlySpan<long> bits = MemoryMarshal.Cast<double, long>(y);
        if (!(first * last > 0) || bits.IndexOfAnyExcept(bits[0]) >= 0 || !IsMonotonous(x))
            return false;
        return IsEverywhere(first, last, y[0]);
    }

    private static Interval Between(double first, double last) => new(Math.Min(first, last), Math.Max(first, last));

    // Nothing where a formula branches on what the interval does not decide.
    private Interval? TryEstimate(Interval x)
    {
        try
        {
            return Estimate(x);
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    // All inputs lie between the first and the last, and so none is ±∞ or NaN.
    private static bool IsMonotonous(ReadOnlySpan<double> x)
    {
        bool rising = x[^1] > x[0];
        for (int i = 1; i < x.Length; i++)
        {
            if (x[i] > x[i - 1] != rising)
                return false;
        }
        return double.IsFinite(x[0]) && double.IsFinite(x[^1]);
    }

    /// <summary>An interval that holds f(x) or f′(x).</summary>
    public Interval Estimate(double x) => Estimate((Interval)x);

    /// <summary>An interval that holds f or f′ at every number of an interval, in which no kink may lie.</summary>
    public Interval Estimate(Interval x) =>
        _subject.Derivative ? _dual(Dual<Interval>.Variable(x), _parameters).Tangent : _value(x, _parameters);

    /// <summary>f(x) or f′(x) in many bits, at ±∞ the limit.</summary>
    public BigFloat Exact(double x)
    {
        if (!double.IsInfinity(x))
            return Oracle.Evaluate(_subject.Activation, x, _subject.Derivative, _format);
        Dual<BigFloat> limit = Oracle.Limit(_subject.Activation, x > 0);
        return _subject.Derivative ? limit.Tangent : limit.Value;
    }

    private Verdict AskMpfr(double x, double y, double upstream)
    {
        // In this order: an evaluation takes back the memory of all numbers before it.
        BigFloat exact = Exact(x);
        if (upstream != 1)
        {
            // A slope that is smaller than any double is 0 to the library, and 0 · ∞ is no number.
            if (double.IsInfinity(upstream) && double.IsNaN(y) && exact.ToDouble() == 0)
                return Right(y);
            // So is one that grows beyond all doubles, times 0.
            if (double.IsInfinity(x) && upstream == 0 && double.IsInfinity(exact.ToDouble()))
                exact = double.NaN;
            exact *= upstream;
            if (!double.IsInfinity(x) && exact.IsTie(_format))
                exact = Oracle.EvaluateWide(_subject.Activation, x, _subject.Derivative) * upstream;
        }
        double expected = exact.Round(_format);
        if (IsSame(y, expected))
            return new(expected, 0, true, true);
        double ulps = IsOtherZero(y, expected) ? double.PositiveInfinity : exact.ErrorInUlps(y, _format);
        // Masks give 0 where the product of 0 and ∞ is NaN.
        bool allowed = _lenient && ((y == 0 && double.IsInfinity(upstream) && double.IsNaN(expected)) || IsOtherSlope(x, y, upstream));
        return allowed ? new(y, 0, true, true) : new(expected, ulps, false, true);
    }

    private static Verdict Right(double y) => new(y, 0, true, false);

    private Verdict Measure(double x, double y, double upstream, double expected, Interval exact)
    {
        double ulp = Math.ScaleB(1, _format.UlpExponent(exact.High));
        if (_lenient && IsOtherSlope(x, y, upstream))
            return Right(y);
        if (!double.IsFinite(y) || !double.IsFinite(exact.High) || IsOtherZero(y, expected))
            return new(expected, double.PositiveInfinity, false, false);
        if (exact.High - exact.Low > ulp * NarrowEnough || _format.UlpExponent(exact.Low) != _format.UlpExponent(exact.High))
            return AskMpfr(x, y, upstream);
        return new(expected, Math.Max(Math.Abs(exact.Low - y), Math.Abs(exact.High - y)) / ulp, false, false);
    }

    // Which of the two slopes at a kink is given is a convention: the other one, on the right, is that just beside it.
    private bool IsOtherSlope(double x, double y, double upstream)
    {
        if (!_subject.Derivative || !_branches.Contains(x))
            return false;
        BigFloat.Reset(wide: true);
        BigFloat slope = Oracle.Evaluate(_subject.Activation, (BigFloat)x + BigFloat.Scale(1, -1000)).Tangent;
        return IsSame(y, (upstream * slope).Round(_format));
    }

    private bool IsSame(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (_subject.Derivative && a == 0 && b == 0)
        || (double.IsNaN(a) && double.IsNaN(b));

    private static bool IsOtherZero(double y, double expected) => y == 0 && expected == 0;
}
