using Nonlinear.Oracle;

namespace Nonlinear.Tests;

/// <summary>A slope may be smaller than every double, and its product with a gradient not: it is the product that is rounded.</summary>
public class TinySlopeTests
{
    [Theory]
    [InlineData("sigmoid", -800, 1e300)]
    [InlineData("tanh", 400, 1e300)]
    [InlineData("swish", -760.5, 1e308)]
    [InlineData("gelu", -43.8, 1e300)]
    [InlineData("gelu", -38.5, 1e200)]
    [InlineData("gelu", -50, 1e308)]
    [InlineData("gelu_tanh", -15, 1e300)]
    [InlineData("mish", -740, 1e300)]
    [InlineData("elu", -745, 1e300)]
    [InlineData("softplus", -1200, 1e308)]
    public void The_product_of_a_tiny_slope_and_a_large_gradient_is_rounded_once(string name, double x, double upstream)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        ElementwiseActivation activation = TestCatalog.Get(name);
        double[] dx = new double[1], among = [1, x, -2];
        activation.Backward<double>([x], [upstream], dx);
        activation.Backward<double>(among, [1, upstream, 1], among);
        BigFloat exact = Oracle.Oracle.Evaluate(activation, x).Tangent * upstream;
        Assert.InRange(exact.ErrorInUlps(dx[0], NumberFormat.Named("double")), 0, 1);
        Assert.Equal(dx[0], among[1]);
    }

    [Fact]
    public void A_slope_beyond_every_double_is_a_number_and_its_product_with_0_is_0()
    {
        float[] dx = new float[1];
        Activation.Exponential().Backward<float>([800], [0], dx);
        Assert.Equal(0, dx[0]);
    }
}
