using System.Runtime.InteropServices;
using CsCheck;

namespace Nonlinear.Tests;

public class GradientTests
{
    private static readonly Gen<double> Ordinary = Gen.Double[-12, 12];

    [Theory]
    [MemberData(nameof(TestCatalog.WholeLineNames), MemberType = typeof(TestCatalog))]
    public void Backward_is_the_upstream_gradient_times_the_derivative(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        Gen.Select(Ordinary.Array[1, 40], Gen.Int[0, 1000]).Sample((x, seed) =>
        {
            float[] singles = [.. x.Select(value => (float)value)], dy = [.. Spans.Ordinary(x.Length, seed).Select(value => (float)value)];
            float[] dx = new float[x.Length];
            activation.Backward(singles, dy, dx);
            for (int i = 0; i < x.Length; i++)
            {
                double expected = dy[i] * activation.Derivative(singles[i]);
                Assert.True(
                    expected.Equals(dx[i]) || Math.Abs(dx[i] - expected) <= Math.Max(Math.Abs(expected) * 6e-8, 1.5e-45),
                    $"{name} at {singles[i]:R} · {dy[i]:R}: {dx[i]:R}, not {expected:R}");
            }
        });
    }

    // There a float shows what alone would have vanished.
    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void A_huge_gradient_shows_the_far_tail(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        float[] x = [-5.25f, -13.5f, -15.5f, -16, -17.25f, -19, -50, -90, 12.5f, 19], dy = new float[x.Length], dx = new float[x.Length];
        dy.AsSpan().Fill(1e38f);
        activation.Backward(x, dy, dx);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = 1e38f * activation.Derivative(x[i]);
            if (Math.Abs(expected) > float.MaxValue)
                expected = double.CopySign(double.PositiveInfinity, expected);
            Assert.True(
                expected.Equals(dx[i]) || Math.Abs(dx[i] - expected) <= Math.Max(Math.Abs(expected) * 6e-8, 1.5e-45),
                $"{name} at {x[i]:R}: {dx[i]:R}, not {expected:R}");
        }
    }

    [Theory]
    [MemberData(nameof(TestCatalog.WholeLineNames), MemberType = typeof(TestCatalog))]
    public void The_derivative_is_the_limit_of_central_differences(string name)
    {
        // The differences are taken of double results for an argument that is a float, with the error that remains of order h².
        const double H = 1e-4;
        ElementwiseActivation activation = TestCatalog.Get(name);
        Ordinary.Sample(x =>
        {
            // Neither across a kink nor beyond the end of a function.
            if (activation.Kinks.Any(kink => Math.Abs(x - kink) <= 2 * H) || double.IsNaN(activation.Forward(x - (2 * H))))
                return;
            // The differences lose what the values round.
            double slope = activation.Derivative(x);
            double tolerance = 1e-10 * Math.Max(1, Math.Max(Math.Abs(activation.Forward(x)) / 10, Math.Abs(slope)));
            Assert.Equal(Difference(activation.Forward, x, H), slope, tolerance);
        });
    }

    [Theory]
    [MemberData(nameof(TestCatalog.WholeLineNames), MemberType = typeof(TestCatalog))]
    public void The_curvature_is_the_limit_of_differences_of_the_derivative(string name)
    {
        const double H = 1e-4;
        ElementwiseActivation activation = TestCatalog.Get(name);
        Ordinary.Sample(x =>
        {
            // Neither across a kink nor beyond the end of a function.
            if (activation.Kinks.Any(kink => Math.Abs(x - kink) <= 2 * H) || double.IsNaN(activation.Forward(x - (2 * H))))
                return;
            double curvature = activation.Curvature(x);
            Assert.Equal(Difference(activation.Derivative, x, H), curvature, 1e-9 * Math.Max(1, Math.Abs(curvature)));
        });
    }

    private static double Difference(Func<double, double> function, double x, double h) =>
        (function(x - (2 * h)) - (8 * function(x - h)) + (8 * function(x + h)) - function(x + (2 * h))) / (12 * h);

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Backward_from_the_output_is_backward_from_the_input_or_is_refused(string name)
    {
        Activation activation = TestCatalog.Parse(name);
        double[] x = Spans.Ordinary(64, 5), y = new double[activation.OutputsFor(64)], dy = Spans.Ordinary(y.Length, 6);
        double[] fromInput = new double[64], fromOutput = new double[64];
        activation.Forward(x, y);
        activation.Backward(x, dy, fromInput);
        if (activation is ElementwiseActivation { HasDerivativeFromOutput: false } refusing)
            Assert.Throws<NotSupportedException>(() => refusing.BackwardFromOutput(y, new double[y.Length], new double[y.Length]));
        if (!Spans.GoesBackFromOutput(activation))
            return;
        Spans.BackwardFromOutput<double>(activation, y, dy, fromOutput);
        Assert.All(fromInput.Zip(fromOutput), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void An_output_that_does_not_tell_its_input_gives_no_gradient() =>
        Assert.Throws<NotSupportedException>(
            () => Activation.LeakyRelu(-0.5).BackwardFromOutput(new double[3], new double[3], new double[3]));

    public static TheoryData<string> Learnable { get; } =
        [.. TestCatalog.Elementwise.Where(activation => activation.Info.Parameters.Count > 0).Select(activation => activation.Info.Name)];

    [Theory]
    [MemberData(nameof(Learnable))]
    public void Parameter_gradients_are_the_limit_of_central_differences(string name)
    {
        const double H = 1e-5;
        ElementwiseActivation activation = TestCatalog.Get(name);
        double[] x = Spans.Ordinary(200, 11), dy = Spans.Ordinary(200, 12), gradient = new double[activation.Info.Parameters.Count];
        activation.ParameterGradient(x, dy, gradient);
        for (int i = 0; i < gradient.Length; i++)
        {
            // xIELU's ε lies next to the end of its range.
            if (activation.Info.Parameters[i].Maximum < activation.ParameterValues[i] + H)
                continue;
            Assert.Equal((Loss(i, H) - Loss(i, -H)) / (2 * H), gradient[i], 1e-6);
        }

        double Loss(int parameter, double step)
        {
            string settings = string.Join(", ", activation.Info.Parameters.Select((p, i) =>
                FormattableString.Invariant($"{p.Name}={activation.ParameterValues[i] + (i == parameter ? step : 0):R}")));
            Activation moved = Activation.Parse($"{name}({settings})");
            double[] y = new double[x.Length];
            moved.Forward(x, y);
            return y.Zip(dy, (a, b) => a * b).Sum();
        }
    }

    [Theory]
    [MemberData(nameof(Learnable))]
    public void Parameter_gradients_have_the_same_bits_at_any_lane_width(string name)
    {
        byte[] expected = ParameterGradient(name);
        foreach (int width in LaneWidths.All)
            Assert.Equal(expected, LaneWidths.Compute(width, ParameterGradient, name));
    }

    private static byte[] ParameterGradient(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        float[] x = [.. Spans.Ordinary(10_001, 13).Select(v => (float)v)], dy = [.. Spans.Ordinary(10_001, 14).Select(v => (float)v)];
        double[] gradient = new double[activation.Info.Parameters.Count];
        activation.ParameterGradient(x, dy, gradient);
        return MemoryMarshal.AsBytes<double>(gradient).ToArray();
    }

    [Fact]
    public void Parameter_gradients_do_not_drown_in_rounding()
    {
        // A million terms of 0.1: added one by one in float they would be off by thousands.
        float[] x = [.. Enumerable.Repeat(-0.1f, 1_000_000)], dy = [.. Enumerable.Repeat(1f, 1_000_000)];
        double[] gradient = new double[1];
        Activation.Prelu().ParameterGradient(x, dy, gradient);
        Assert.Equal(-0.1f * 1e6, gradient[0], 1e-6);
    }
}
