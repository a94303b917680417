namespace Nonlinear.Tests;

public class PreluTests
{
    [Fact]
    public void One_slope_for_all_channels_has_the_gradient_of_all()
    {
        double[] x = Spans.Ordinary(1200, 1), dy = Spans.Ordinary(1200, 2), dx = new double[1200], expectedDx = new double[1200];
        double[] gradient = new double[1], expected = new double[1];
        Activation.Prelu().BackwardPerChannel<double>(x, [4, 3, 100], [0.3], dy, dx, gradient);
        Activation.Prelu(0.3).Backward<double>(x, dy, expectedDx);
        Activation.Prelu(0.3).ParameterGradient<double>(x, dy, expected);
        Assert.Equal(expectedDx, dx);
        Assert.Equal(expected[0], gradient[0]);
    }

    [Fact]
    public void The_tutorials_sample_comes_out_as_printed()
    {
        float[] x = [0.2399f, -0.3208f, -0.7234f, 1.6305f, 0.5196f, -0.7686f, 0.1195f, -0.2320f, 1.2424f, -0.7216f];
        float[] expected = [0.2399f, -0.0802f, -0.1809f, 1.6305f, 0.5196f, -0.1922f, 0.1195f, -0.0580f, 1.2424f, -0.1804f];
        float[] y = new float[x.Length];
        Activation.Prelu().Forward(x, y);
        // The tutorial prints four digits; -0.18085 lies half way.
        Assert.All(expected.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 0.000051f));
    }

    [Fact]
    public void The_channel_is_dimension_1()
    {
        // 2 × 3 × 2, filled with -1: each output is minus the slope of its channel.
        double[] x = [.. Enumerable.Repeat(-1.0, 12)], y = new double[12], dx = new double[12], dslopes = new double[3];
        double[] slopes = [0.1, 0.2, 0.3], dy = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        Activation.Prelu().ForwardPerChannel(x, [2, 3, 2], slopes, y);
        Assert.Equal([-0.1, -0.1, -0.2, -0.2, -0.3, -0.3, -0.1, -0.1, -0.2, -0.2, -0.3, -0.3], y);
        Activation.Prelu().BackwardPerChannel(x, [2, 3, 2], slopes, dy, dx, dslopes);
        Assert.Equal([-(1 + 2 + 7 + 8.0), -(3 + 4 + 9 + 10.0), -(5 + 6 + 11 + 12.0)], dslopes);
        Assert.Equal(dy.Select((value, i) => value * slopes[i / 2 % 3]), dx);
    }

    // 0 times -∞ is no number, but the function is 0 all the way there.
    [Fact]
    public void A_slope_of_0_at_minus_infinity_gives_what_the_function_gives()
    {
        float[] x = [float.NegativeInfinity, -1], y = new float[2], expected = new float[2];
        Activation.Prelu().ForwardPerChannel(x, [1, 1, 2], [0f], y);
        Activation.Prelu(0).Forward(x, expected);
        Assert.Equal(expected, y);
    }

    [Fact]
    public void With_fewer_than_two_dimensions_there_is_one_channel()
    {
        double[] y = new double[3];
        Activation.Prelu().ForwardPerChannel([-1, -2, 3], [3], [0.5], y);
        Assert.Equal([-0.5, -1, 3], y);
        Assert.ThrowsAny<ArgumentException>(() => Activation.Prelu().ForwardPerChannel([-1, -2, 3], [3], [0.5, 0.6, 0.7], new double[3]));
    }

    [Theory]
    [InlineData("swish")]
    [InlineData("elu")]
    [InlineData("leaky_relu")]
    public void Any_function_of_one_parameter_can_have_one_for_each_channel(string name)
    {
        double[] x = Spans.Ordinary(2 * 3 * 700, 21), y = new double[x.Length], values = [0.25, 1, 2], dy = Spans.Ordinary(x.Length, 22);
        double[] dx = new double[x.Length], sums = new double[3];
        ElementwiseActivation activation = TestCatalog.Get(name);
        activation.ForwardPerChannel(x, [2, 3, 700], values, y);
        activation.BackwardPerChannel(x, [2, 3, 700], values, dy, dx, sums);
        for (int channel = 0; channel < 3; channel++)
        {
            ElementwiseActivation alone = (ElementwiseActivation)Activation.Parse(
                FormattableString.Invariant($"{name}({activation.Info.Parameters[0].Name}={values[channel]})"));
            double sum = 0;
            for (int sample = 0; sample < 2; sample++)
            {
                Range place = (((sample * 3) + channel) * 700)..(((sample * 3) + channel + 1) * 700);
                double[] expected = new double[700], gradient = new double[700], part = new double[1];
                alone.Forward(x[place], expected);
                alone.Backward(x[place], dy[place], gradient);
                alone.ParameterGradient(x[place], dy[place], part);
                sum += part[0];
                Assert.Equal(expected, y[place]);
                Assert.Equal(gradient, dx[place]);
            }
            Assert.Equal(sum, sums[channel], 1e-9);
        }
    }
}
