using Nonlinear.Explorer;
using Nonlinear.Lab.Measure;

namespace Nonlinear.Tests;

/// <summary>What the explorer's page says about numbers, and the numbers that it says it about.</summary>
public class PageRuleTests
{
    [Theory]
    [InlineData(47.3, "grows")]
    [InlineData(90.4, "grows")]
    [InlineData(2, "balanced")]
    [InlineData(1, "balanced")]
    [InlineData(0.5, "balanced")]
    [InlineData(0.499, "shrinks")]
    [InlineData(1e-4, "shrinks")]
    [InlineData(0.9e-4, "vanishes")]
    [InlineData(1.1e4, "explodes")]
    public void The_word_for_a_gradient_follows_from_its_factor(double factor, string word)
    {
        (string said, double number) = StackVerdict.Of([.. Layer(0, 1, factor), .. Layer(0, 1, 1)]);
        Assert.Equal(word, said);
        Assert.Equal(factor, number);
    }

    [Fact]
    public void What_has_overflowed_is_not_called_dead_and_what_is_constant_not_alive()
    {
        double[] infinite = Layer(double.PositiveInfinity, double.NaN, 1), none = Layer(double.NaN, double.NaN, 1);
        Assert.Equal(("overflow", 2), StackVerdict.Of([.. Layer(0, 1, double.NaN), .. infinite, .. none]));
        Assert.Equal(("gradientOverflow", 1), StackVerdict.Of([.. Layer(0, 1, double.PositiveInfinity), .. Layer(0, 1, 1)]));
        Assert.Equal(("none", 2), StackVerdict.Of([.. Layer(0, 1, 0), .. Layer(0, 1, 0), .. Layer(0, 1, 1)]));
        Assert.Equal(("dead", 2), StackVerdict.Of([.. Layer(0, 1, 0), .. Layer(0, 0, 0), .. Layer(0, 0, 1)]));
        Assert.Equal(("constant", 20), StackVerdict.Of([.. Layer(20, 0, 0), .. Layer(20, 0, 1)]));
    }

    [Theory]
    [InlineData("relu", 50, 100, "overflow")]
    [InlineData("exponential", 12, 3, "overflow")]
    [InlineData("threshold(threshold=20)", 12, 1, "dead")]
    [InlineData("threshold(threshold=20, value=3)", 12, 0.01, "constant")]
    [InlineData("step", 12, 1, "none")]
    [InlineData("sigmoid", 12, 1, "vanishes")]
    public void Stacks_are_called_what_they_are(string name, int layers, double gain, string word) =>
        Assert.Equal(word, StackVerdict.Of(LayerStack.Of(64, layers, uniform: false, seed: 1).Run(TestCatalog.Get(name), gain)).Word);

    // A difference of squares would leave nothing but rounding.
    [Fact]
    public void Numbers_that_are_all_the_same_have_no_deviation()
    {
        ElementwiseActivation same = TestCatalog.Get("threshold(threshold=20, value=0.1)");
        double[] result = LayerStack.Of(64, 1, uniform: false, seed: 1).Run(same, 1);
        Assert.Equal(0.1f, result[0], 1e-12);
        Assert.Equal(0, result[1], 1e-12);
    }

    [Theory]
    [InlineData("square", 0)]
    [InlineData("exponential", 0)]
    [InlineData("relu_squared", 0.35)]
    [InlineData("step", 0.99)]
    public void Of_a_slope_without_bound_only_what_is_flat_is_saturated(string name, double least)
    {
        double saturated = LayerStack.Of(64, 1, uniform: false, seed: 1).Run(TestCatalog.Get(name), 1)[3];
        Assert.InRange(saturated, least, least == 0 ? 0.01 : 1);
    }

    // A formula is blamed for what it does, not for what another one would do: the tree that is printed, evaluated node by node.
    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void The_naive_side_computes_the_formula_that_is_printed(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        foreach (bool derivative in (bool[])[false, true])
        {
            Contest contest = new(activation, derivative ? ContestSide.Derivative : ContestSide.Function);
            PrintedFormula printed = PrintedFormula.Of(activation, derivative);
            for (float x = -125.3f; x < 126; x += 1.37f)
            {
                float naive = contest.At(x).Naive, expected = printed.At(x);
                double truth = contest.At(x).Truth;
                Assert.True(
                    naive.Equals(expected)
                        || Math.Abs((double)naive - expected) <= 1e-6 * printed.LargestTerm
                        || (Lost(naive, truth) && Lost(expected, truth)),
                    $"{contest.Formula} at {x:R}: {naive:R} on the page, {expected:R} by what is printed");
            }
        }

        static bool Lost(float value, double truth) => Contest.Ulps(value, truth) > Contest.Failed;
    }

    [Fact]
    public void The_slope_as_it_is_often_written_is_judged_under_its_own_name()
    {
        Contest printed = new(Activation.Sigmoid(), ContestSide.Derivative), habit = new(Activation.Sigmoid(), ContestSide.Habit);
        Assert.Equal("f′(x) = σ(x)·σ(-x)", printed.Formula);
        Assert.Equal("f′(x) = σ(x)·(1 - σ(x))", habit.Formula);
        Assert.Empty(printed.Failures(printed.Over(-10, 40, 801)));
        Assert.Equal(["digits", "flush"], habit.Failures(habit.Over(-10, 40, 801)).Select(failure => failure.Kind));
        Assert.Equal("", new Contest(Activation.Gelu(), ContestSide.Habit).Formula);
    }

    [Theory]
    [InlineData("hard_shrink(lambda=1.3)")]
    [InlineData("hard_shrink(lambda=0.1)")]
    [InlineData("threshold(threshold=2.7, value=-1)")]
    [InlineData("thresholded_relu(alpha=0.3)")]
    [InlineData("shrink(bias=0.2, lambda=1.7)")]
    [InlineData("step")]
    public void A_jump_is_drawn_where_the_parameters_put_it(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        // Among the kinks of others, one of them nearly at the same place.
        Grid grid = Grid.Over(-6, 6, 600, [.. activation.Kinks.Concat([0, 1, 2.7000001]).Distinct().Order()]);
        float[] values = Explorer.Curve.Values(activation, Explorer.Curve.Function, grid.Floats);
        double[] jumps = grid.Jumps(grid.WithGaps(values, activation.Kinks), activation.Forward);
        FunctionProperties measured = FunctionProperties.Of(activation);
        Assert.Equal(4 * measured.Discontinuities.Count, jumps.Length);
        for (int i = 0; i < measured.Discontinuities.Count; i++)
        {
            Discontinuity jump = measured.Discontinuities[i];
            Assert.Equal(jump.X, jumps[4 * i], 1e-6);
            Assert.Equal(jump.LeftValue, jumps[(4 * i) + 1], 1e-6);
            Assert.Equal(jump.RightValue, jumps[(4 * i) + 2], 1e-6);
            double at = activation.Forward(activation.Kinks.MinBy(kink => Math.Abs(kink - jump.X)));
            Assert.Equal(Math.Abs(at - jump.LeftValue) < Math.Abs(at - jump.RightValue) ? 1 : 0, jumps[(4 * i) + 3]);
        }
        Assert.True(grid.Points.Zip(grid.Points.Skip(1)).All(pair => pair.First < pair.Second));
    }

    [Fact]
    public void A_steep_curve_has_no_gap_at_the_kinks_of_others()
    {
        ElementwiseActivation steep = TestCatalog.Get("sine(omega=30)");
        Grid grid = Grid.Over(-6, 6, 600, [0, 1, 3]);
        Assert.DoesNotContain(double.NaN, grid.WithGaps(Explorer.Curve.Values(steep, Explorer.Curve.Function, grid.Floats), steep.Kinks));
    }

    [Fact]
    public void What_is_said_of_a_Jacobian_follows_from_its_numbers()
    {
        Assert.Equal(new(0, 0, 0), Facts("softmax"));
        JacobianFacts logarithm = Facts("log_softmax"), hard = Facts("hardmax"), sparse = Facts("sparsemax");
        Assert.Equal(0, logarithm.LargestRowSum);
        Assert.True(logarithm.LargestColumnSum > 0.1);
        Assert.Equal(16, hard.Zeros);
        Assert.Equal(12, sparse.Zeros);

        static JacobianFacts Facts(string name)
        {
            double[] jacobian = new double[16];
            ((AxisActivation)Activation.Parse(name)).Jacobian([0.5, 0.2, -3, -4], jacobian);
            return JacobianFacts.Of(jacobian, 4);
        }
    }

    [Fact]
    public void A_piece_s_share_is_exact()
    {
        Assert.Equal([0.5, 0.5], Pieces.Shares([0, 1], [0, 0], -4, 4));
        Assert.Equal([0.4, 0, 0.6], Pieces.Shares([-1, 0, 1], [-1.6, -1, 0], -4, 4).Select(share => Math.Round(share, 12)));
        Assert.Equal([1, 0], Pieces.Shares([1, 1], [2, 2], -4, 4));
    }

    private static double[] Layer(double mean, double deviation, double gradient)
    {
        double[] layer = new double[LayerStack.Figures + (2 * LayerStack.Bars)];
        (layer[0], layer[1], layer[4]) = (mean, deviation, gradient);
        return layer;
    }
}
