namespace Nonlinear.Tests;

/// <summary>Numbers that stand in the texts about functions.</summary>
public class TextClaimTests
{
    // "1.702 brings the gate closest to that of GELU, 1.77 the function itself", which at 1.702 "stays within 0.0203".
    [Fact]
    public void Quick_GELU_s_factors_are_the_best()
    {
        Assert.Equal(1.702, Best(alpha => LargestGap(x => Gate(x) - Activation.Sigmoid().Forward(alpha * x))), 0.001);
        Assert.Equal(1.77, Best(alpha => LargestGap(x => x * (Gate(x) - Activation.Sigmoid().Forward(alpha * x)))), 0.005);
        Assert.InRange(Gap("quick_gelu", "gelu"), 0.02029, 0.0203 + 5e-5);

        static double Gate(double x) => x == 0 ? 0.5 : Activation.Gelu().Forward(x) / x;

        static double Best(Func<double, double> gap) => Enumerable.Range(1600, 200).Select(thousandths => thousandths / 1000.0).MinBy(gap);
    }

    [Theory]
    [InlineData("gelu_tanh", "gelu", 4.73e-4, 5e-6)]
    [InlineData("hard_mish", "mish", 0.253, 1e-3)]
    public void Gaps_are_as_large_as_they_are_said_to_be(string one, string other, double said, double within) =>
        Assert.InRange(Gap(one, other), said - within, said + within);

    [Theory]
    [InlineData("mish", 0, 0.6)]
    [InlineData("smish", 40, 0.6)]
    [InlineData("tanh", 0, 1)]
    [InlineData("sigmoid", 0, 0.25)]
    public void Slopes_are_as_they_are_said_to_be(string name, double x, double slope) =>
        Assert.Equal(slope, TestCatalog.Get(name).Derivative(x), 1e-9);

    // "A gate that opens later than that of GELU and is nearer to 0 on the left", and whose tail "vanishes in floats below -4.65".
    [Fact]
    public void GoLU_s_gate_is_as_it_is_said_to_be()
    {
        ElementwiseActivation golu = Activation.Golu(), gelu = Activation.Gelu();
        Assert.All(Enumerable.Range(1, 40), i => Assert.True(golu.Forward(-i / 10.0) > gelu.Forward(-i / 10.0)));
        float[] x = [-4.64f, -4.66f], y = new float[2];
        golu.Forward(x, y);
        Assert.True(y[0] < 0);
        Assert.Equal(0, y[1]);
    }

    private static double Gap(string one, string other) =>
        LargestGap(x => TestCatalog.Get(one).Forward(x) - TestCatalog.Get(other).Forward(x));

    private static double LargestGap(Func<double, double> gap) => Enumerable.Range(-160, 321).Max(i => Math.Abs(gap(i / 20.0)));
}
