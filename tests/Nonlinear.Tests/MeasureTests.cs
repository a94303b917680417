using Nonlinear.Lab;
using Nonlinear.Lab.Measure;

namespace Nonlinear.Tests;

public class MeasureTests
{
    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void What_is_declared_is_what_is_measured(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        FunctionProperties measured = FunctionProperties.Of(activation);
        Assert.Equal(activation.Info.Monotone, measured.IsMonotone);
        // The two kinks of xIELU are a millionth apart, and its slope is the same on both sides of them; log1mexp ends at 0.
        if (name is "xielu" or "log1mexp")
            return;
        Assert.Equal(activation.Info.Smoothness, measured.Smoothness);
        Assert.Equal(activation.Info.AtMinusInfinity, measured.AtMinusInfinity, 1e-12);
        Assert.Equal(activation.Info.AtPlusInfinity, measured.AtPlusInfinity, 1e-12);
        // A declared kink may be one of a higher derivative; a measured one is always declared.
        Assert.All(measured.Kinks, kink => Assert.Contains(activation.Kinks, declared => Math.Abs(declared - kink.X) < 1e-9));
        if (activation.Info.Smoothness >= 0)
            Assert.Equal(activation.Kinks.Count > 0 && activation.Info.Smoothness == 0, measured.Kinks.Count > 0);
        Assert.Equal(activation.Info.Smoothness < 0, measured.Discontinuities.Count > 0);
        Assert.All(measured.Discontinuities, jump => Assert.Contains(activation.Kinks, declared => Math.Abs(declared - jump.X) < 1e-9));
    }

    [Theory]
    [InlineData("swish", -1.278464542761074, -0.278464542761074)]
    [InlineData("mish", -1.192431, -0.308843)]
    [InlineData("gelu", -0.751792, -0.169971)]
    public void Minima_are_where_the_literature_has_them(string name, double x, double y)
    {
        FunctionProperties measured = FunctionProperties.Of(TestCatalog.Get(name));
        Extremum minimum = Assert.Single(measured.Extrema);
        Assert.True(minimum.IsMinimum);
        Assert.Equal(x, minimum.X, 1e-6);
        Assert.Equal(y, minimum.Y, 1e-6);
        Assert.Equal(y, measured.Range.Lower, 1e-6);
        Assert.True(measured.Range.LowerAttained);
        Assert.False(measured.IsMonotone);
    }

    [Fact]
    public void The_sigmoid_has_the_properties_that_textbooks_give_it()
    {
        FunctionProperties sigmoid = FunctionProperties.Of(Activation.Sigmoid());
        Assert.Equal(new ValueRange(0, 1, false, false), sigmoid.Range);
        Assert.Equal(0.25, sigmoid.Lipschitz, 1e-12);
        Assert.Equal(0.5, sigmoid.NormalInput.Mean, 1e-12);
        Assert.Equal(2, sigmoid.Saturation.Count);
        // σ′(x) = 0.0025 where e⁻ˣ = 199 - √(199² - 1), that is at x = arcosh(199).
        Assert.Equal(Math.Acosh(199), sigmoid.Saturation[1].From, 1e-6);
        Assert.Empty(sigmoid.Zeros);
    }

    [Fact]
    public void ReLU_has_the_properties_that_textbooks_give_it()
    {
        FunctionProperties relu = FunctionProperties.Of(Activation.Relu());
        Assert.Equal(0.5, relu.Sparsity, 1e-12);
        Assert.Equal(1 / Math.Sqrt(2 * Math.PI), relu.NormalInput.Mean, 1e-12);
        Assert.Equal(0.5 - (1 / (2 * Math.PI)), relu.NormalInput.Variance, 1e-12);
        Assert.Equal(new Kink(0, 0, 1), Assert.Single(relu.Kinks));
        Assert.Equal(new Stretch(double.NegativeInfinity, 0), Assert.Single(relu.Zeros));
    }

    [Fact]
    public void Parities_are_found()
    {
        Assert.Equal(Parity.Odd, FunctionProperties.Of(Activation.Tanh()).Parity);
        Assert.Equal(Parity.Neither, FunctionProperties.Of(Activation.Gelu()).Parity);
        Assert.Equal(Parity.Even, FunctionProperties.Of(Activation.Gaussian()).Parity);
        Assert.Equal(Parity.AboutPoint, FunctionProperties.Of(Activation.Sigmoid()).Parity);
        Assert.Equal(Parity.Neither, FunctionProperties.Of(Activation.Softplus()).Parity);
        Assert.Equal(Parity.Odd, FunctionProperties.Of(TestCatalog.Get("dyt")).Parity);
    }

    // The slope is exactly 0 at a point of the grid.
    [Theory]
    [InlineData("square", true, 0)]
    [InlineData("logcosh", true, 0)]
    [InlineData("lisht", true, 0)]
    [InlineData("gaussian", false, 1)]
    [InlineData("abs", true, 0)]
    public void Extrema_at_0_are_found(string name, bool isMinimum, double value)
    {
        FunctionProperties measured = FunctionProperties.Of(TestCatalog.Get(name));
        Assert.Equal(new Extremum(0, value, isMinimum), Assert.Single(measured.Extrema));
        Assert.Equal(value, isMinimum ? measured.Range.Lower : measured.Range.Upper);
        Assert.True(isMinimum ? measured.Range.LowerAttained : measured.Range.UpperAttained);
    }

    // Swish with β is that of 1, drawn together β times.
    [Theory]
    [InlineData(1e2)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public void What_a_parameter_draws_together_about_0_is_found(double beta)
    {
        FunctionProperties measured = FunctionProperties.Of(Activation.Swish(beta));
        Extremum minimum = Assert.Single(measured.Extrema);
        Assert.Equal(-1.278464542761074, minimum.X * beta, 1e-6);
        Assert.Equal(-0.278464542761074, minimum.Y * beta, 1e-6);
        Assert.Equal(1.0998393194, measured.Lipschitz, 1e-6);
        Assert.False(measured.IsMonotone);
        Assert.Empty(measured.Kinks);
    }

    [Theory]
    [InlineData("smelu(beta=0.1)", -0.1)]
    [InlineData("hard_sigmoid(alpha=0.7)", -5.0 / 7)]
    [InlineData("threshold(threshold=0.3)", 0.3)]
    public void Where_a_function_stops_being_0_is_told_exactly(string name, double end)
    {
        FunctionProperties measured = FunctionProperties.Of(TestCatalog.Get(name));
        Assert.Equal(end, Assert.Single(measured.Zeros).To, 1e-12);
    }

    [Fact]
    public void Kinks_and_jumps_of_a_function_that_is_steep_elsewhere_are_found()
    {
        FunctionProperties xielu = FunctionProperties.Of(TestCatalog.Get("xielu"));
        Assert.Equal([-1e-6, 0], xielu.Kinks.Select(kink => Math.Round(kink.X, 12)));
        // Of αₙ(exp(ε) - 1), which is what remains of the left side at 0.
        Discontinuity jump = Assert.Single(xielu.Discontinuities);
        Assert.Equal(0.8 * double.ExpM1(-1e-6), jump.LeftValue, 1e-12);
        Assert.Equal(0, jump.RightValue, 1e-12);
    }

    // |x| has the slope 0 at 0 and nowhere else.
    [Fact]
    public void A_kink_has_the_slopes_of_its_sides() =>
        Assert.Equal([new Kink(0, -1, 1)], FunctionProperties.Of(TestCatalog.Get("abs")).Kinks);

    [Theory]
    [InlineData("golu")]
    [InlineData("swish")]
    [InlineData("leaky_relu")]
    [InlineData("tanh_shrink")]
    public void What_is_too_small_for_a_double_is_no_zero(string name)
    {
        FunctionProperties measured = FunctionProperties.Of(TestCatalog.Get(name));
        Assert.Equal(new Stretch(0, 0), Assert.Single(measured.Zeros));
        Assert.Equal(0, measured.Sparsity);
    }

    [Fact]
    public void Flat_is_what_has_no_slope_and_not_what_has_one_too_small_for_a_double()
    {
        Assert.Empty(FunctionProperties.Of(TestCatalog.Get("exponential")).Saturation);
        Assert.Equal(
            new Stretch(double.NegativeInfinity, 0),
            Assert.Single(FunctionProperties.Of(TestCatalog.Get("relu_squared")).Saturation));
        Assert.Equal(
            new Stretch(double.NegativeInfinity, double.PositiveInfinity),
            Assert.Single(FunctionProperties.Of(TestCatalog.Get("step")).Saturation));
    }

    [Fact]
    public void What_neither_attracts_nor_repels_is_neutral()
    {
        MomentFixedPoint identity = FunctionProperties.Of(TestCatalog.Get("identity")).FixedPoint!.Value;
        Assert.False(identity.Attracts || identity.Repels);
        Assert.True(FunctionProperties.Of(Activation.Selu()).FixedPoint!.Value.Attracts);
    }

    [Fact]
    public void Of_endlessly_many_turns_and_zeros_a_few_are_named()
    {
        IReadOnlyList<PropertyRow> rows = PropertyTable.Rows(FunctionProperties.Of(TestCatalog.Get("sine")));
        Text monotone = rows.Single(row => row.Label.English == "Monotone").Value;
        Assert.EndsWith("and further out", monotone.English, StringComparison.Ordinal);
        Assert.Equal(4, monotone.English.Split(';').Length);
    }

    [Fact]
    public void SELUs_constants_follow_from_its_two_integrals()
    {
        SeluConstants solved = SeluConstants.Solve();
        Assert.Equal(Selu.Alpha.High, solved.Alpha, 2e-12);
        Assert.Equal(Selu.Lambda.High, solved.Lambda, 2e-12);
        MomentFixedPoint fixedPoint = FunctionProperties.Of(Activation.Selu()).FixedPoint!.Value;
        Assert.Equal(0, fixedPoint.Moments.Mean, 1e-12);
        Assert.Equal(1, fixedPoint.Moments.Variance, 1e-12);
        Assert.True(fixedPoint.Attracts);
    }

    [Fact]
    public void Softmax_and_maxout_are_measured_for_what_they_are()
    {
        AxisProperties softmax = AxisProperties.Of(Activation.Softmax());
        Assert.Equal(1, softmax.Sum.From, 1e-14);
        Assert.Equal(0, softmax.ShiftError);
        Assert.True(softmax.KeepsOrder);
        Assert.True(softmax.LargestCoupling > 0.1);
        PooledProperties maxout = PooledProperties.Of(Activation.Maxout());
        Assert.True(maxout.IsConvex);
        Assert.Equal(1, maxout.Lipschitz, 1e-12);
        // The mean of the larger of two normal numbers is 1/√π.
        Assert.Equal(1 / Math.Sqrt(Math.PI), maxout.NormalInput.Mean, 4 * maxout.StandardError.Mean);
    }

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Everything_measured_can_be_shown(string name)
    {
        MeasuredActivation measured = MeasuredActivation.Of(Activation.Parse(name), new Cost(1, 1));
        Assert.All(measured.Rows(), row => Assert.NotEmpty(row.Value.English));
        Assert.Equal(name, System.Text.Json.JsonDocument.Parse(measured.ToJson()).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public void A_sigmoid_costs_more_than_ReLU()
    {
        // Four times as much; a ratio of two only fails where nothing can be measured.
        Cost cost = Cost.Of(Activation.Mish());
        Assert.InRange(cost.RelativeToRelu, 1.1, 1000);
        Assert.True(cost.Nanoseconds > 0);
    }
}
