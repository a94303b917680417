using System.Runtime.InteropServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>
/// Decides whether results are correctly rounded, and how far off they are. An interval of doubles settles nearly all of them; MPFR settles
/// those where its ends round to different numbers. The limits at ±∞ and the signs of zeros are judged like any other result.
/// </summary>
/// <remarks>The zeros of a derivative have no sign that could be judged: its terms vanish one by one.</remarks>
public sealed class Judge
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

    /// <summary>A judge of a subject.</summary>
    public Judge(Subject subject)
    {
        _subject = subject;
        _format = subject.Format;
        _guarantee = subject.Guarantee;
        _byInterval = _format.Precision <= 24; // a double leaves nothing to round
        _parameters = [.. subject.Activation.ParameterValues];
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
        {
            double input = x[i], result = y[i];
            if (double.IsNaN(input))
            {
                if (!double.IsNaN(result))
                    outcome.Add(new Misrounding(start + i, input, result, double.NaN, double.PositiveInfinity), _guarantee);
                continue;
            }
            if (!_byInterval || double.IsInfinity(input))
            {
                AskMpfr(start + i, input, result, outcome);
                continue;
            }
            Interval exact;
            try
            {
                exact = Estimate(input);
            }
            catch (ArithmeticException)
            {
                exact = new(double.NaN, 0);
            }
            double low = _format.Nearest(exact.Low), high = _format.Nearest(exact.High);
            if (double.IsNaN(low) || !IsSame(low, high))
                AskMpfr(start + i, input, result, outcome);
            else if (!IsSame(low, result))
                Measure(start + i, input, result, low, exact, outcome);
        }
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
        Interval all = new(Math.Min(first, last), Math.Max(first, last));
        if (_subject.Activation.Kinks.Any(kink => all.Low <= kink && kink <= all.High))
            return false;
        Interval exact = Estimate(all);
        return IsSame(_format.Nearest(exact.Low), y[0]) && IsSame(_format.Nearest(exact.High), y[0]);
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
        Dual<BigFloat> exact = double.IsInfinity(x) ? Oracle.Limit(_subject.Activation, x > 0) : Oracle.Evaluate(_subject.Activation, x);
        return _subject.Derivative ? exact.Tangent : exact.Value;
    }

    private void AskMpfr(long index, double x, double y, Outcome outcome)
    {
        outcome.ByMpfr++;
        BigFloat exact = Exact(x);
        double expected = exact.Round(_format);
        if (!IsSame(y, expected))
            outcome.Add(
                new Misrounding(index, x, y, expected, IsOtherZero(y, expected) ? double.PositiveInfinity : exact.ErrorInUlps(y, _format)),
                _guarantee);
    }

    private void Measure(long index, double x, double y, double expected, Interval exact, Outcome outcome)
    {
        double ulp = Math.ScaleB(1, _format.UlpExponent(exact.High));
        if (!double.IsFinite(y) || !double.IsFinite(exact.High) || IsOtherZero(y, expected))
            outcome.Add(new Misrounding(index, x, y, expected, double.PositiveInfinity), _guarantee);
        else if (exact.High - exact.Low > ulp * NarrowEnough || _format.UlpExponent(exact.Low) != _format.UlpExponent(exact.High))
            AskMpfr(index, x, y, outcome);
        else
            outcome.Add(
                new Misrounding(index, x, y, expected, Math.Max(Math.Abs(exact.Low - y), Math.Abs(exact.High - y)) / ulp),
                _guarantee);
    }

    private bool IsSame(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (_subject.Derivative && a == 0 && b == 0)
        || (double.IsNaN(a) && double.IsNaN(b));

    private static bool IsOtherZero(double y, double expected) => y == 0 && expected == 0;
}
