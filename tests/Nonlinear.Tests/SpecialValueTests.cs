using Nonlinear.Lab;

namespace Nonlinear.Tests;

public class SpecialValueTests
{
    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void NaN_stays_NaN(string name) => Spans.ForEachType(new NaNStays(TestCatalog.Get(name)));

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Infinities_give_the_limits(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        Assert.Equal(activation.Info.AtMinusInfinity, activation.Forward(double.NegativeInfinity), 1e-15);
        Assert.Equal(activation.Info.AtPlusInfinity, activation.Forward(double.PositiveInfinity), 1e-15);
        Spans.ForEachType(new Limits(activation));
    }

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void At_a_kink_the_derivative_is_a_slope_between_those_on_the_sides_and_flat_at_a_bound(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        foreach (double kink in activation.Kinks)
        {
            double left = activation.Derivative(Math.BitDecrement(kink)), right = activation.Derivative(Math.BitIncrement(kink));
            double at = activation.Derivative(kink);
            Assert.InRange(at, Math.Min(left, right) - 1e-12, Math.Max(left, right) + 1e-12);
            // GELU itself reaches 10 a little further out.
            if (right == 0 && name != "gelu_10")
                Assert.Equal(0, at);
        }
        Assert.All(activation.Kinks, kink => Assert.Equal(activation.Derivative(-0.0), activation.Derivative(0.0)));
    }

    // Half the least double, and a little more or less than that.
    [Theory]
    [InlineData("quick_gelu", 5e-324, 5e-324)]
    [InlineData("gelu", 1.5e-323, 1e-323)]
    [InlineData("swish", 2.5e-323, 1.5e-323)]
    [InlineData("swish", -5e-324, -0.0)]
    [InlineData("swish", -2.5e-323, -1e-323)]
    public void A_tie_is_decided_by_digits_far_behind_it(string name, double x, double expected)
    {
        double y = TestCatalog.Get(name).Forward(x);
        Assert.Equal((expected, double.IsNegative(expected)), (y, double.IsNegative(y)));
    }

    [Fact]
    public void A_gate_of_nearly_the_least_double_meets_infinity()
    {
        double[] y = new double[1];
        Activation.GegluQuick(0.03125).Forward<double>([5e-324], [double.NegativeInfinity], y);
        Assert.Equal([double.NegativeInfinity], y);
    }

    // By mpmath with 3,000 bits: slopes below all doubles, e⁻⁸⁰⁰ and less.
    [Theory]
    [InlineData("geglu", -40, 1e200, 1e200, -5.849425109812297e+53)]
    [InlineData("geglu_tanh", -30, 1e300, 1e300, -1.867774455621285e-254)]
    [InlineData("geglu_tanh", -30.615001558612587, 1e308, 1e308, -2.2488071871053856e-291)]
    [InlineData("geglu_tanh", -30, 1e250, 1e300, -1.8677744556212847e-304)]
    public void A_slope_below_all_doubles_meets_large_numbers(string name, double gate, double value, double dy, double expected)
    {
        double[] dgate = new double[1], dvalue = new double[1];
        ((GatedActivation)Activation.Parse(name)).Backward<double>([gate], [value], [dy], dgate, dvalue);
        Assert.Equal(expected, dgate[0], Math.Abs(expected) * 2e-16);
    }

    [Theory]
    [InlineData(16, 20, -1e308)]
    [InlineData(-1, 0, -1e308)]
    [InlineData(2, 0, -1e-323)]
    public void A_slope_is_kept_where_the_product_leaves_the_doubles(double alpha, double beta, double x) =>
        Assert.Equal(alpha > 0 ? alpha : 0, Activation.ClampedRelu(alpha, beta).Derivative(x));

    // What other libraries get wrong; the expected numbers are MPFR's, rounded to float.
    [Theory]
    [InlineData("gelu", -5.5f, -1.0444259e-07f)] // 1 + erf gives -1.6e-7, and 0 below -5.543
    [InlineData("gelu", -5.6f, -6.0018536e-08f)]
    [InlineData("gelu", -13f, -7.952314e-38f)]
    [InlineData("sigmoid", -100f, 3.783506e-44f)] // 0 below -88.72 elsewhere
    [InlineData("sigmoid", -20f, 2.0611537e-09f)]
    [InlineData("silu", -100f, -3.720076e-42f)]
    [InlineData("tanh", 1e-20f, 1e-20f)]
    [InlineData("elu", -1e-10f, -1e-10f)] // exp(x) - 1 gives 0
    public void Tails_and_small_numbers_are_kept(string name, float x, float expected)
    {
        float[] y = new float[1];
        Activation.Parse(name).Forward([x], y);
        Assert.True(
            y[0] == expected || y[0] == MathF.BitIncrement(expected) || y[0] == MathF.BitDecrement(expected),
            $"{name}({x}) = {y[0]:R}, not {expected:R}");
    }

    [Theory]
    [InlineData("sigmoid", 20f, 2.0611537e-09f)] // 1 - σ is 0 from 16.64
    [InlineData("tanh", 10f, 8.2446145e-09f)] // 1 - tanh² is 0 from 9.011
    public void Derivatives_keep_their_tails(string name, float x, float expected)
    {
        float[] y = new float[1];
        ((ElementwiseActivation)Activation.Parse(name)).Derivative([x], y);
        Assert.Equal(expected, y[0], expected * 1e-6f);
    }

    [Fact]
    public void Zeros_keep_the_sign_that_the_mathematics_gives_them()
    {
        Assert.True(double.IsNegative(Activation.Swish().Forward(double.NegativeInfinity)));
        Assert.True(double.IsNegative(Activation.Gelu().Forward(double.NegativeInfinity)));
        Assert.True(double.IsNegative(Activation.Mish().Forward(double.NegativeInfinity)));
        Assert.True(double.IsNegative(Activation.Tanh().Forward(-0.0)));
        Assert.True(double.IsNegative(Activation.LeakyRelu().Forward(-0.0)));
        Assert.False(double.IsNegative(Activation.Relu().Forward(-0.0)));
        Assert.True(double.IsNegative(Activation.HardSwish().Forward(-4))); // -4 · 0
        Assert.True(double.IsNegative(Activation.HardTanh().Forward(-0.0)));
        Assert.False(double.IsNegative(Activation.Relu6().Forward(-0.0)));
        Assert.False(double.IsNegative(Activation.SoftShrink().Forward(-0.25)));
        Assert.False(double.IsNegative(Activation.HardShrink().Forward(-0.25)));
        Assert.False(double.IsNegative(Activation.Affine().Forward(-0.0)));
    }

    [Fact]
    public void A_wave_of_frequency_0_is_0_everywhere() => Spans.ForEachType(new Zeros(Activation.Sine(0)));

    private sealed class NaNStays(ElementwiseActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            foreach (SpanOperation operation in Enum.GetValues<SpanOperation>())
                Assert.True(
                    double.IsNaN(to(Spans.Compute<T>(activation, operation, [from(double.NaN)])[0])),
                    $"{activation} {operation} {typeof(T).Name}");
        }
    }

    private sealed class Zeros(ElementwiseActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            double[] inputs = [double.NegativeInfinity, -1, 0, 1, double.PositiveInfinity];
            foreach (SpanOperation operation in (SpanOperation[])[SpanOperation.Forward, SpanOperation.Derivative])
                Assert.All(Spans.Compute<T>(activation, operation, [.. inputs.Select(from)]), value => Assert.Equal(0, to(value), 0));
        }
    }

    private sealed class Limits(ElementwiseActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            foreach (double infinity in (double[])[double.NegativeInfinity, double.PositiveInfinity])
            {
                // As far out as the type goes: not every function settles as fast as an exponential.
                double far = Math.CopySign(double.IsFinite(to(from(1e30))) ? 1e30 : 60000, infinity);
                string name = activation.Info.Name;
                double tolerance = name is "squareplus" or "sqrtsoftplus" ? 1e-2 : 1e-12;
                foreach (SpanOperation operation in (SpanOperation[])[SpanOperation.Derivative, SpanOperation.Curvature])
                {
                    double[] results = [.. Spans.Compute<T>(activation, operation, [from(infinity), from(far)]).Select(to)];
                    string what = $"{activation} {operation} {typeof(T).Name} at {infinity}: {results[0]}";
                    if (double.IsNaN(results[0]))
                    {
                        Assert.True(name is "sine" or "snake" or "snake_beta" or "log1mexp", what); // waves, and beyond an end
                        continue;
                    }
                    // A slope that grows without end is infinite there, as the function is, and large far out.
                    if (double.IsInfinity(results[0]) && double.IsInfinity(activation.Forward(infinity)))
                        Assert.True(Math.Sign(results[0]) == Math.Sign(results[1]) && Math.Abs(results[1]) > 100, what);
                    else
                        Assert.Equal(results[1], results[0], tolerance);
                }
                double[] values = [.. Spans.Compute<T>(activation, SpanOperation.Forward, [from(infinity), from(far)]).Select(to)];
                if (double.IsNaN(activation.Forward(infinity)))
                    continue;
                Assert.True(
                    double.IsInfinity(values[0])
                        ? Math.Sign(values[0]) == Math.Sign(values[1]) && Math.Abs(values[1]) > 100
                        : Math.Abs(values[0] - values[1]) < tolerance);
            }
        }
    }
}
