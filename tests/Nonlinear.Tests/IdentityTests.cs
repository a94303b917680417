using CsCheck;

namespace Nonlinear.Tests;

public class IdentityTests
{
    private static readonly Gen<double> X = Gen.Double[-40, 40];

    [Fact]
    public void Tanh_is_a_stretched_sigmoid() =>
        X.Sample(x => Assert.Equal((2 * Activation.Sigmoid().Forward(2 * x)) - 1, Activation.Tanh().Forward(x), 1e-15));

    [Fact]
    public void The_sigmoid_and_its_mirror_image_sum_to_1() =>
        X.Sample(x => Assert.Equal(1, Activation.Sigmoid().Forward(x) + Activation.Sigmoid().Forward(-x), 1e-15));

    [Fact]
    public void Tanh_is_odd() => X.Sample(x => Assert.Equal(-Activation.Tanh().Forward(x), Activation.Tanh().Forward(-x)));

    [Fact]
    public void Silu_is_swish_at_1_and_x_times_the_sigmoid() => X.Sample(x =>
    {
        Assert.Equal(Activation.Swish().Forward(x), ((ElementwiseActivation)Activation.Parse("silu")).Forward(x));
        Assert.Equal(x * Activation.Sigmoid().Forward(x), Activation.Swish().Forward(x), 1e-14);
    });

    [Fact]
    public void Swish_becomes_ReLU_as_beta_grows_and_x_over_2_as_it_falls() => X.Sample(x =>
    {
        // The distance from ReLU is at most 0.2785 / β.
        Assert.Equal(Activation.Relu().Forward(x), Activation.Swish(1e6).Forward(x), 2.785e-7);
        Assert.Equal(x / 2, Activation.Swish(1e-9).Forward(x), 1e-6);
    });

    [Fact]
    public void Gelu_and_its_mirror_image_differ_by_x() =>
        X.Sample(x => Assert.Equal(x, Activation.Gelu().Forward(x) - Activation.Gelu().Forward(-x), 1e-14));

    [Fact]
    public void Gelu_by_tanh_is_within_its_known_distance() =>
        X.Sample(x => Assert.Equal(Activation.Gelu().Forward(x), Activation.GeluTanh().Forward(x), 4.74e-4));

    [Fact]
    public void Selu_is_a_scaled_elu() =>
        X.Sample(
            x => Assert.Equal(Selu.Lambda.High * Activation.Elu(Selu.Alpha.High).Forward(x), Activation.Selu().Forward(x), 1e-14));

    [Fact]
    public void Leaky_ReLU_at_0_is_ReLU_and_PReLU_is_leaky_ReLU() => X.Sample(x =>
    {
        Assert.Equal(Activation.Relu().Forward(x), Activation.LeakyRelu(0).Forward(x));
        Assert.Equal(Activation.LeakyRelu(0.25).Forward(x), Activation.Prelu(0.25).Forward(x));
    });

    [Fact]
    public void Mish_is_x_times_tanh_of_softplus() =>
        X.Sample(x => Assert.Equal(x * Math.Tanh(Math.Log(1 + Math.Exp(x))), Activation.Mish().Forward(x), 1e-13));
}
