using Nonlinear.Kernels;
using Nonlinear.Lab;

namespace Nonlinear.Tests;

/// <summary>What calls on spans promise: in place, without allocation, and refused before anything is written.</summary>
public class SpanContractTests
{
    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Input_and_output_may_be_the_same_span(string name) => Spans.ForEachType(new InPlace(TestCatalog.Parse(name)));

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Elementwise_calls_allocate_nothing(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        float[] singles = [.. Spans.Ordinary(1000, 1).Select(x => (float)x)];
        double[] doubles = Spans.Ordinary(1000, 1), gradient = new double[activation.Info.Parameters.Count];
        Half[] halves = [.. singles.Select(x => (Half)x)];
        BFloat16[] brains = [.. singles.Select(x => (BFloat16)x)];
        long before = 0;
        // Once to compile and to fill tables.
        for (int round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            activation.Forward(singles, singles);
            activation.Derivative(doubles, doubles);
            activation.Curvature(singles, singles);
            activation.Backward(doubles, doubles, doubles);
            activation.Forward(halves, halves);
            activation.Backward(brains, brains, brains);
            if (gradient.Length > 0)
                activation.ParameterGradient(singles, singles, gradient);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Unequal_lengths_are_refused_by_name(string name)
    {
        Activation activation = TestCatalog.Parse(name);
        double[] x = new double[12], output = Sentinels(5);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => activation.Forward(x, output)).ParamName);
        Assert.Equal("dy", Assert.Throws<ArgumentException>(() => activation.Backward(x, new double[5], output)).ParamName);
        Assert.Equal(
            "dx", Assert.Throws<ArgumentException>(() => activation.Backward(x, new double[Outputs(activation, 12)], output)).ParamName);
        if (activation is ElementwiseActivation elementwise)
        {
            Assert.Equal("derivative", Assert.Throws<ArgumentException>(() => elementwise.Derivative(x, output)).ParamName);
            Assert.Equal("curvature", Assert.Throws<ArgumentException>(() => elementwise.Curvature(x, output)).ParamName);
        }
        Assert.Equal(Sentinels(5), output);
    }

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Spans_that_overlap_in_part_are_refused(string name)
    {
        Activation activation = TestCatalog.Parse(name);
        double[] memory = Sentinels(60);
        int outputs = Outputs(activation, 12);
        Assert.Equal(
            "y", Assert.Throws<ArgumentException>(() => activation.Forward(memory.AsSpan(0, 12), memory.AsSpan(3, outputs))).ParamName);
        Assert.Equal(
            "dx",
            Assert.Throws<ArgumentException>(
                () => activation.Backward(memory.AsSpan(0, 12), memory.AsSpan(20, outputs), memory.AsSpan(3, 12))).ParamName);
        Assert.Equal(
            "dx",
            Assert.Throws<ArgumentException>(
                () => activation.Backward(memory.AsSpan(0, 12), memory.AsSpan(20, outputs), memory.AsSpan(21, 12))).ParamName);
        Assert.Equal(Sentinels(60), memory);
    }

    [Theory]
    [InlineData("swish", "beta")]
    [InlineData("leaky_relu", "alpha")]
    [InlineData("prelu", "alpha")]
    [InlineData("elu", "alpha")]
    public void A_parameter_that_is_no_finite_number_is_refused_by_name(string name, string parameter)
    {
        foreach (string value in (string[])["NaN", "Infinity", "-Infinity"])
        {
            ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
                () => Activation.Parse($"{name}({parameter}={value})"));
            Assert.Contains(parameter, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Shapes_and_axes_that_do_not_fit_are_refused_by_name()
    {
        double[] x = new double[12], y = Sentinels(12);
        Assert.Equal("axis", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Softmax().Forward(x, y, [3, 4], 2)).ParamName);
        Assert.Equal("axis", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Softmax().Forward(x, y, [3, 4], -3)).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentException>(() => Activation.Softmax().Forward(x, y, [3, 5], 1)).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentException>(() => Activation.Softmax().Forward(x, y, [-3, -4], 1)).ParamName);
        Assert.Equal(
            "parameter",
            Assert.Throws<ArgumentException>(() => Activation.Prelu().ForwardPerChannel(x, [2, 3, 2], new double[2], y)).ParamName);
        Assert.ThrowsAny<ArgumentException>(() => Activation.Prelu().ForwardPerChannel(x, [2, 3, 2], [0.1, double.NaN, 0.3], y));
        Assert.Throws<NotSupportedException>(() => Activation.Relu().ForwardPerChannel(x, [2, 3, 2], [0.1], y));
        Assert.ThrowsAny<ArgumentException>(() => Activation.Maxout(5).Forward(x, y.AsSpan(0, 2)));
        Assert.Equal(Sentinels(12), y);
    }

    // x at 0, dy at 12 and what is learned at 24; what is written at 30 and 45, unless a case says otherwise.
    [Theory]
    [InlineData("dy", 11, 12, 3)]
    [InlineData("dx", 12, 11, 3)]
    [InlineData("dparameter", 12, 12, 2)]
    [InlineData("dx", 12, 12, 3, 3, 45)]
    [InlineData("dx", 12, 12, 3, 15, 45)]
    [InlineData("dx", 12, 12, 3, 26, 45)]
    [InlineData("dparameter", 12, 12, 3, 30, 2)]
    [InlineData("dparameter", 12, 12, 3, 30, 13)]
    [InlineData("dparameter", 12, 12, 3, 30, 24)]
    [InlineData("dparameter", 12, 12, 3, 30, 31)]
    public void A_gradient_by_channels_is_refused_by_name(
        string refused, int upstream, int inputs, int parameters, int dx = 30, int dparameter = 45)
    {
        double[] memory = Sentinels(60);
        Assert.Equal(refused, Assert.Throws<ArgumentException>(() => Activation.Prelu().BackwardPerChannel(
            memory.AsSpan(0, 12),
            [4, 3],
            memory.AsSpan(24, 3),
            memory.AsSpan(12, upstream),
            memory.AsSpan(dx, inputs),
            memory.AsSpan(dparameter, parameters))).ParamName);
        Assert.Equal(Sentinels(60), memory);
    }

    [Theory]
    [InlineData(30, 11)]
    [InlineData(3, 12)]
    [InlineData(23, 12)]
    public void Outputs_by_channels_are_refused(int y, int outputs)
    {
        double[] memory = Sentinels(60);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => Activation.Prelu().ForwardPerChannel(
            memory.AsSpan(0, 12), [4, 3], memory.AsSpan(24, 3), memory.AsSpan(y, outputs))).ParamName);
        Assert.Equal(Sentinels(60), memory);
    }

    private static int Outputs(Activation activation, int inputs) =>
        activation.OutputsFor(inputs);

    private static double[] Sentinels(int count) => [.. Enumerable.Repeat(123.0, count)];

    private sealed class InPlace(Activation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            // With fewer or more outputs than inputs there is no span for both; a gradient may still take the inputs' place.
            T[] x = [.. Spans.Ordinary(500, 1).Select(from)], dy = [.. Spans.Ordinary(Outputs(activation, 500), 2).Select(from)];
            T[] y = new T[dy.Length], dx = new T[x.Length], place = [.. x];
            activation.Forward<T>(x, y);
            activation.Backward<T>(x, dy, dx);
            activation.Backward<T>(place, dy, place);
            Assert.Equal(dx, place);
            if (y.Length != x.Length)
                return;

            T[] forward = [.. x], upstream = [.. dy];
            activation.Forward<T>(forward, forward);
            activation.Backward<T>(x, upstream, upstream);
            Assert.Equal(y, forward);
            Assert.Equal(dx, upstream);
            if (activation is ElementwiseActivation elementwise)
            {
                T[] derivative = [.. x];
                elementwise.Derivative<T>(derivative, derivative);
                Assert.Equal(Spans.Compute<T>(activation, SpanOperation.Derivative, x), derivative);
            }
        }
    }
}
