using Nonlinear.Explorer;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>The network that the page trains.</summary>
public class LearningNetworkTests
{
    public static TheoryData<string> Sets { get; } = [.. PointCloud.Names];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_set_of_points_can_be_learned(string data)
    {
        LearningNetwork network = new(data, 2, 8, Activation.Tanh(), new AdamPlan(0.03), seed: 1);
        network.Learn(1000);
        Assert.Equal(1000, network.Steps);
        Assert.True(network.Right() > 0.93, $"{network.Right():P1}");
        Assert.Contains(1, network.Data.Targets);
        Assert.All(network.Data.Inputs, number => Assert.InRange(Math.Abs(number), 0, 1.8));
    }

    [Fact]
    public void A_picture_shows_what_the_weights_say_where()
    {
        const int Side = LearningNetwork.Side;
        LearningNetwork network = new("clouds", 1, 1, Activation.Identity(), new SgdPlan(0.1), seed: 3);
        network.Learn(30);
        float[] w = network.Weights;
        double[] surface = network.Surface(), responses = network.Responses();
        Assert.Equal((Side * Side, Side * Side), (surface.Length, responses.Length));
        foreach (int place in (int[])[0, Side - 1, Side * (Side - 1), 500])
        {
            double x = PointCloud.Reach * ((((place % Side * 2) + 1) / (double)Side) - 1);
            double y = PointCloud.Reach * (1 - (((place / Side * 2) + 1) / (double)Side));
            double unit = (w[0] * x) + (w[1] * y) + w[2];
            Assert.Equal(unit, responses[place], 1e-5);
            Assert.Equal(1 / (1 + Math.Exp(-((w[3] * unit) + w[4]))), surface[place], 1e-5);
        }
    }

    [Fact]
    public void Another_function_keeps_the_weights_and_one_without_slope_leaves_every_unit_dead()
    {
        LearningNetwork network = new("moons", 2, 5, Activation.Tanh(), new AdamPlan(0.03), seed: 1);
        network.Learn(20);
        network.Right();
        Assert.Equal(Enumerable.Repeat(0.0, 10), network.FlatShares());
        Assert.All(network.GradientSizes, size => Assert.InRange(size, 1e-6, 1));
        float[] before = network.Weights;
        network.Switch((ElementwiseActivation)Activation.Parse("step"));
        Assert.Equal(before, network.Weights);
        network.Right();
        Assert.Equal(Enumerable.Repeat(1.0, 10), network.FlatShares());
        network.Learn(1);
        Assert.Equal((21, 0.0, 0.0), (network.Steps, network.GradientSizes[0], network.GradientSizes[1]));
        Assert.True(network.GradientSizes[2] > 0);
    }

    // The README's tour ends with these two.
    [Fact]
    public void Five_layers_of_sigmoids_have_learned_nothing_where_five_of_tanh_are_nearly_done()
    {
        LearningNetwork sigmoids = new("circles", 5, 6, Activation.Sigmoid(), new SgdPlan(0.1), seed: 1);
        LearningNetwork tanhs = new("circles", 5, 6, Activation.Tanh(), new SgdPlan(0.1), seed: 1);
        sigmoids.Learn(200);
        tanhs.Learn(200);
        Assert.Equal((0.5, 0.97), (sigmoids.Right(), tanhs.Right()));
        Assert.InRange(sigmoids.GradientSizes[0] / sigmoids.GradientSizes[^1], 0.5e-4, 1.5e-4);
    }

    [Fact]
    public void Settings_repeat_a_run_and_one_that_diverges_stops()
    {
        float[] Run(int seed)
        {
            LearningNetwork network = new("spirals", 2, 6, Activation.Gelu(), new SgdPlan(0.1), seed);
            network.Learn(50);
            return network.Weights;
        }
        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
        LearningNetwork wild = new("spirals", 2, 6, Activation.Relu(), new SgdPlan(1e20), seed: 1);
        wild.Learn(50);
        Assert.InRange(wild.Steps, 1, 49);
        Assert.False(double.IsFinite(wild.Loss));
    }
}
