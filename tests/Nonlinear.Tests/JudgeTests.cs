using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Tests;

/// <summary>The judge is judged: its intervals hold what MPFR says, and it finds what is planted.</summary>
public class JudgeTests
{
    // With a large α the threshold lies 10⁻²⁵¹ below three of the inputs.
    [Theory]
    [InlineData("bfloat16")]
    [InlineData("double")]
    public void A_threshold_that_all_but_touches_an_input_is_found(string type)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        double[] x = [0, -20, 0, -1.0011717677116394E-07, 1.3189754335295317E-27, 0, -9.98402083170343E-31], y = new double[x.Length];
        VectorSubject subject = new(Activation.Entmax(224.04473966090134), Backward: false, NumberFormat.Named(type));
        subject.Format.Compute(subject.Activation, false, x, y);
        Assert.Equal(1, y.Sum(), 0.01);
        Assert.True(VectorSweep.Look(subject, x, y, y, 0).Keeps(subject.Guarantee));
    }

    [Fact]
    public void An_infinite_gradient_of_a_slope_below_all_doubles_may_be_no_number()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Judge judge = new(new(TestCatalog.Get("golu"), Derivative: true, NumberFormat.Named("half")));
        Assert.True(judge.Decide(-20, double.NaN, double.NegativeInfinity).IsRight);
        Assert.False(judge.Decide(-2, double.NaN, double.NegativeInfinity).IsRight);
    }

    // 2αx + β is ∞ at ∞, and ∞ times 0 is no number.
    [Theory]
    [InlineData("xielu")]
    [InlineData("star_relu")]
    public void No_gradient_of_a_slope_beyond_all_doubles_is_no_number(string name)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Judge judge = new(new(TestCatalog.Get(name), Derivative: true, NumberFormat.Named("half")));
        Assert.True(judge.Decide(double.PositiveInfinity, double.NaN, 0).IsRight);
        Assert.False(judge.Decide(double.PositiveInfinity, 0, 0).IsRight);
    }

    private static readonly NumberFormat Single = NumberFormat.Named("float");

    public static TheoryData<string, bool> Directions
    {
        get
        {
            TheoryData<string, bool> rows = [];
            // Below 0, where log1mexp is NaN, an interval tells nothing.
            foreach (ElementwiseActivation activation in TestCatalog.Elementwise.Where(function => function.Info.Name != "log1mexp"))
            {
                rows.Add(activation.Info.Name, false);
                rows.Add(activation.Info.Name, true);
                foreach (ParameterInfo parameter in activation.Info.Parameters.Where(parameter => parameter.Examples.Count > 0))
                    rows.Add(FormattableString.Invariant($"{activation.Info.Name}({parameter.Name}={parameter.Examples[0]})"), true);
            }
            return rows;
        }
    }

    // Beyond, the derivative of a quotient may cancel, as softsign's does, and is left to MPFR.
    private const double FarOut = 1 << 16;

    [Theory]
    [Trait("Speed", "slow")]
    [MemberData(nameof(Directions))]
    public void Intervals_hold_the_value_of_MPFR_and_are_narrow(string name, bool derivative)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        ElementwiseActivation activation = TestCatalog.Get(name);
        Judge judge = new(new(activation, derivative, Single));
        int undecided = 0;
        double[] points = Points(activation);
        foreach (double x in points)
        {
            Interval interval = judge.Estimate(x);
            BigFloat exact = judge.Exact(x);
            if (double.IsNaN(interval.Low) || double.IsNaN(interval.High))
            {
                // An exponential has overflowed, and MPFR is asked.
                Assert.True(Math.Abs(x) > 700, $"nothing is known at {x:R}");
                continue;
            }
            Assert.False(interval.Low > exact || interval.High < exact, $"at {x:R}: {exact.ToDouble():R} is not in {interval}");
            double low = Single.Nearest(interval.Low), high = Single.Nearest(interval.High);
            Assert.True(low <= exact.Round(Single) && exact.Round(Single) <= high);
            undecided += low == high || Math.Abs(x) > FarOut ? 0 : 1;
        }
        // Half of a subnormal number is half way between two, and takes many bits to be decided. So do products with the double next to
        // 11/48, RReLU's slope, where three times a float comes next to the middle between two.
        int share = name.StartsWith("rrelu", StringComparison.Ordinal) ? 20 : 40;
        Assert.True(undecided < points.Length / share, $"{undecided} of {points.Length} are undecided");
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void An_interval_of_inputs_gives_one_that_holds_the_value_at_each(string name, bool derivative)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Judge judge = new(new(TestCatalog.Get(name), derivative, Single));
        Random random = new(11);
        for (int i = 0; i < 500; i++)
        {
            double low = Math.ScaleB(1 + random.NextDouble(), random.Next(-30, 10));
            double width = low * Math.ScaleB(random.NextDouble(), -random.Next(40));
            Interval inputs = i % 2 == 0 ? new(low, low + width) : new(-low - width, -low), interval = judge.Estimate(inputs);
            foreach (double x in (double[])[inputs.Low, inputs.High, inputs.Low + (random.NextDouble() * (inputs.High - inputs.Low))])
            {
                BigFloat exact = judge.Exact(x);
                Assert.False(
                    interval.Low > exact || interval.High < exact, $"at {x:R} in {inputs}: {exact.ToDouble():R} is not in {interval}");
            }
        }
    }

    [Fact]
    public void A_settled_block_is_judged_as_one_and_what_is_planted_in_it_is_found()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Judge judge = new(new(Activation.Tanh(), false, Single));
        double[] x = new double[1000], y = new double[1000];
        Single.FromBits(Single.ToBits(30), x);
        Assert.Equal(0, Found(1, 1).Misrounded);
        Assert.Equal(1, Found(1, MathF.BitDecrement(1)).Misrounded);
        Assert.Equal(1000, Found(MathF.BitDecrement(1), MathF.BitDecrement(1)).Misrounded);
        Assert.Equal(1, Found(1, double.NaN).Misrounded);

        Outcome Found(double most, double one)
        {
            y.AsSpan().Fill(most);
            y[517] = one;
            Outcome outcome = new();
            judge.Look(x, y, 0, outcome);
            return outcome;
        }
    }

    [Fact]
    public void Sums_and_products_that_a_double_holds_stay_one_number()
    {
        Interval third = (Interval)1 / 3, zero = third - third;
        Assert.Equal(new Interval(3, 3), (Interval)1 + 2);
        Assert.Equal(new Interval(-0.375, -0.375), (Interval)1.5 * -0.25);
        Assert.True(third.Low < third.High && third.Low <= 1.0 / 3 && 1.0 / 3 <= third.High);
        Assert.True(zero.Low < 0 && zero.High > 0 && zero.High < 1e-15);
        Assert.True(double.IsNaN((1 / zero).Low));
        Assert.Throws<ArithmeticException>(() => zero > 0);
    }

    [Fact]
    public void A_sign_survives_underflow()
    {
        Interval tiny = Interval.Exp(-1e6), product = -1e30 * tiny;
        Assert.True(tiny.Low == 0 && !double.IsNegative(tiny.Low) && tiny.High > 0);
        Assert.True(product.High == 0 && double.IsNegative(product.High) && product.Low < 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_planted_is_found(bool derivative)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Subject subject = new(Activation.Tanh(), derivative, Single);
        Judge judge = new(subject);
        double[] x = [-3, -1e-3, -0.0, 0.5, 1, 2, double.PositiveInfinity, double.NaN, 1e-42, 100];
        double[] right = [.. x.Select(input => double.IsNaN(input) ? input : judge.Exact(input).Round(Single))];
        Assert.Equal(0, Look(right).Misrounded);

        Outcome ulp = Look([.. right.Select((y, i) => i == 4 ? (double)MathF.BitIncrement((float)y) : y)]);
        Assert.Equal((1, 1.0), (ulp.Misrounded, ulp.Worst!.Value.X));
        Assert.InRange(ulp.MaxUlps, 0.5, 1.5);
        Outcome far = Look([.. right.Select((y, i) => i == 5 ? y * 2 : y)]);
        Assert.Equal((1, 2.0), (far.Misrounded, far.Worst!.Value.X));
        Assert.True(far.MaxUlps > 1e6);
        foreach (int place in (int[])[0, 3, 6])
            Assert.Equal((1, double.PositiveInfinity), Found(Look([.. right.Select((y, i) => i == place ? double.NaN : y)])));
        Assert.Equal((1, double.PositiveInfinity), Found(Look([.. right.Select((y, i) => i == 7 ? 0 : y)])));
        Assert.Equal((1, double.PositiveInfinity), Found(Look([.. right.Select((y, i) => i == 9 ? double.PositiveInfinity : y)])));

        Outcome Look(double[] y)
        {
            Outcome outcome = new();
            judge.Look(x, y, 0, outcome);
            Assert.Equal(x.Length, outcome.Judged);
            return outcome;
        }

        static (long, double) Found(Outcome outcome) => (outcome.Misrounded, outcome.MaxUlps);
    }

    [Fact]
    public void The_other_zero_is_wrong_for_a_function_and_right_for_a_derivative()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        foreach (bool derivative in (bool[])[false, true])
        {
            // silu and its derivative are less than the smallest number there.
            double[] x = [-0.0, -200, double.NegativeInfinity];
            foreach (int place in (int[])[1, 2])
            {
                Outcome outcome = new();
                double[] y = derivative ? [0.5, -0.0, -0.0] : [-0.0, -0.0, -0.0];
                y[place] = 0.0;
                new Judge(new(Activation.Swish(), derivative, Single)).Look(x, y, 0, outcome);
                Assert.Equal(derivative ? (0, 0.5) : (1, double.PositiveInfinity), (outcome.Misrounded, outcome.MaxUlps));
            }
        }
    }

    [Fact]
    public void A_double_is_judged_to_a_fraction_of_an_ulp()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        NumberFormat wide = NumberFormat.Named("double");
        Judge judge = new(new(Activation.Gelu(), true, wide));
        double right = judge.Exact(1.25).Round(wide);
        Outcome outcome = new();
        judge.Look([1.25, 1.25], [right, Math.BitDecrement(right)], 0, outcome);
        Assert.Equal((2, 1), (outcome.Judged, outcome.Misrounded));
        Assert.InRange(outcome.MaxUlps, 0.5, 1.5);
    }

    [Fact]
    public void A_gradient_that_is_carried_back_is_judged_where_many_bits_are_needed()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Judge judge = new(new(Activation.HardTanh(), true, NumberFormat.Named("double")));
        foreach (double upstream in (double[])[2.25, -1e-30, 1e300])
        {
            Assert.Equal(upstream, judge.Nearest(0.5, upstream));
            Assert.True(judge.Decide(0.5, upstream, upstream).IsRight);
            Assert.False(judge.Decide(0.5, 2 * upstream, upstream).IsRight);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_result_that_depends_on_its_neighbours_is_found_wherever_it_is_hidden(bool alone)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        ElementwiseActivation function = Activation.LeakyRelu(0.1);
        Outcome sound = Look(Single, 0), planted = Look(new PlantedFormat(alone), 0);
        Assert.Empty(sound.Broken);
        Assert.NotEmpty(planted.Broken);
        Assert.All(
            planted.Broken,
            found => Assert.Equal((0L, double.PositiveInfinity), (BitConverter.DoubleToInt64Bits(found.Y), found.Ulps)));
        // It is looked for once, with the first part.
        Assert.Empty(Look(new PlantedFormat(alone), 1).Broken);

        Outcome Look(NumberFormat format, long start)
        {
            Subject subject = new(function, false, format);
            return Sweep.Run(subject, InputSet.Sample(function, Single, 100, 1), start);
        }
    }

    [Fact]
    public void Parts_of_a_sweep_in_any_order_are_the_whole()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Subject subject = new(Activation.Gelu().Fast, false, Single);
        InputSet all = InputSet.All(Single);
        long start = (long)Single.ToBits(-3.5), end = start + 200_000;
        Outcome whole = Judged(start, end), parts = new();
        long[] places = [start, start + 1, start + 77_777, start + 160_000, end];
        foreach (int part in (int[])[2, 0, 3, 1])
            parts.Add(Judged(places[part], places[part + 1]));
        Assert.Equal((200_000, whole.Misrounded, whole.Worst), (parts.Judged, parts.Misrounded, parts.Worst));
        Assert.True(whole.Misrounded > 1000);

        Outcome Judged(long from, long to) =>
            Sweep.Run(subject, all, from, to, cancellation: TestContext.Current.CancellationToken);
    }

    private static double[] Points(Activation activation) =>
    [
        .. Oracle.Points.Special(activation, Single),
        .. Oracle.Points.Random(Single, TestCatalog.IsThorough(activation) ? 2000 : 1000, 7),
    ];

    // Floats, but the zero of a negative zero loses its sign: alone, or in one lane among ordinary numbers. In a vector of many hard
    // points it keeps it.
    private sealed class PlantedFormat(bool alone) : NumberFormat("float", 24, -149, Math.ScaleB(1, 128), 32)
    {
        public override double FromBits(ulong bits) => Single.FromBits(bits);

        public override ulong ToBits(double x) => Single.ToBits(x);

        public override void FromBits(ulong first, Span<double> x) => Single.FromBits(first, x);

        public override void Compute(Activation activation, bool derivative, ReadOnlySpan<double> x, Span<double> y)
        {
            Single.Compute(activation, derivative, x, y);
            int lane = x.Length - 2;
            if (alone ? x.Length == 1 : lane > 0 && Math.Abs(x[lane - 1]) is > 0.001 and < 3)
                y[alone ? 0 : lane] += 0.0;
        }

        public override void Backward(Activation activation, ReadOnlySpan<double> x, ReadOnlySpan<double> dy, Span<double> dx) =>
            Single.Backward(activation, x, dy, dx);

        public override void ComputeGated(
            GatedActivation activation,
            GatedDirection direction,
            ReadOnlySpan<double> gate,
            ReadOnlySpan<double> value,
            ReadOnlySpan<double> dy,
            Span<double> results) => Single.ComputeGated(activation, direction, gate, value, dy, results);
    }

    // The gate of -4.9E-324 is half as large; ∞ is cut to the limit, and nothing is infinite when the two meet.
    [Fact]
    public void An_infinite_value_that_is_cut_off_brings_back_a_gate_below_all_doubles()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        GatedJudge judge = new(new(
            (GatedActivation)TestCatalog.Parse("swiglu_step(limit=2)"), GatedDirection.Forward, NumberFormat.Named("double")));
        Outcome right = new(), wrong = new();
        judge.LookAt(0, -double.Epsilon, double.NegativeInfinity, 1, double.Epsilon, right);
        judge.LookAt(0, -double.Epsilon, double.NegativeInfinity, 1, 0, wrong);
        Assert.Equal((0, 1), (right.Misrounded, wrong.Misrounded));
    }

    // Swish of 1000 lacks 2⁻¹⁴⁴³ of it: more than bits enough for all else can tell, and no less than half a place.
    [Fact]
    public void A_gate_that_is_all_but_open_decides_a_tie()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        GatedJudge judge = new(new(Activation.Swiglu(), GatedDirection.Forward, NumberFormat.Named("float")));
        const float Gate = 1000, Value = 1 + (32f / (1 << 23));
        double half = (double)Gate * Value;
        float even = (float)half, below = even < half ? even : MathF.BitDecrement(even), above = MathF.BitIncrement(below);
        Assert.Equal(half - below, above - half);
        Assert.Equal(0, Misrounded(below));
        Assert.Equal(1, Misrounded(above));

        long Misrounded(float result)
        {
            Outcome outcome = new();
            judge.LookAt(0, Gate, Value, 1, result, outcome);
            return outcome.Misrounded;
        }
    }
}
