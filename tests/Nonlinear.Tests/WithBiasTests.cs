using System.Runtime.InteropServices;
using Nonlinear.Kernels;

namespace Nonlinear.Tests;

/// <summary>
/// Functions of x + bias: the bits of adding first, gradients of the bias in the order of the rows, and the same promises.
/// </summary>
public class WithBiasTests
{
    // Channels that fill no vector, several rows to a stretch, a row of several stretches; the longest are divided among threads.
    private static readonly (int Rows, int Channels)[] Shapes =
        [(0, 0), (0, 3), (1, 1), (5000, 1), (701, 3), (333, 16), (61, 100), (9, 1021), (3, 5000), (7001, 11), (1, 9001)];

    [Theory]
    [MemberData(nameof(TestCatalog.RouteNames), MemberType = typeof(TestCatalog))]
    public void The_bits_are_those_of_adding_first(string name) =>
        Spans.ForEachForm(TestCatalog.Get(name), activation => new SameBits(activation));

    [Fact]
    public void The_sum_is_rounded_once_to_the_type()
    {
        float[] x = [1, 16_777_216, 3e38f, -3e38f, 1e-45f], bias = [5.9604645e-8f, 1, 3e38f, 3e38f, -2e-45f], y = new float[5];
        Activation.LeakyRelu(1).ForwardWithBias(x, bias, y);
        Assert.Equal(x.Zip(bias, (a, b) => a + b), y);

        Half[] halves = [(Half)2048, (Half)60_000, (Half)6e-8, (Half)0.1], halfBias = [(Half)1, (Half)60_000, (Half)6e-8, (Half)0.2];
        Half[] halfY = new Half[4];
        Activation.LeakyRelu(1).ForwardWithBias(halves, halfBias, halfY);
        Assert.Equal(halves.Zip(halfBias, (a, b) => a + b), halfY);

        // A tie goes to even, a little more does not.
        BFloat16[] brains = [(BFloat16)1, (BFloat16)1], brainBias = [(BFloat16)(1 / 256.0), (BFloat16)(1.01 / 256)];
        BFloat16[] brainY = new BFloat16[2];
        Activation.LeakyRelu(1).ForwardWithBias(brains, brainBias, brainY);
        Assert.Equal([(BFloat16)1, (BFloat16)(129 / 128.0)], brainY);
    }

    [Fact]
    public void Gradients_of_the_bias_are_added_row_after_row()
    {
        double[] gradient = [1e16, 0];
        Activation.Relu().BackwardWithBias([1.0, 1, 1, 1, 1, 1], [0, 0], [1, 1e16, 1, 1, -1e16, -1e16], new double[6], gradient);
        // 1e16 + 1 is 1e16 in doubles, and again: in any other order the sum would be 2. In the second channel (1e16 + 1) - 1e16.
        Assert.Equal([0, 0], gradient);
    }

    [Fact]
    public void A_batch_may_be_cut_between_rows()
    {
        const int Rows = 999, Channels = 37, Cut = 400 * Channels;
        float[] x = [.. Spans.Ordinary(Rows * Channels, 1).Select(value => (float)value)];
        float[] dy = [.. Spans.Ordinary(Rows * Channels, 2).Select(value => (float)value)];
        float[] bias = [.. Spans.Ordinary(Channels, 3).Select(value => (float)value)], dx = new float[x.Length];
        float[] parts = new float[x.Length];
        double[] whole = new double[Channels], sum = new double[Channels];
        Activation.Gelu().BackwardWithBias(x, bias, dy, dx, whole);
        Activation.Gelu().BackwardWithBias(x.AsSpan(0, Cut), bias, dy.AsSpan(0, Cut), parts.AsSpan(0, Cut), sum);
        Activation.Gelu().BackwardWithBias(x.AsSpan(Cut), bias, dy.AsSpan(Cut), parts.AsSpan(Cut), sum);
        Assert.Equal(whole, sum);
        Assert.Equal(dx, parts);
    }

    [Fact]
    public void The_gradient_of_the_bias_is_the_limit_of_central_differences()
    {
        const double H = 1e-5;
        double[] x = Spans.Ordinary(50 * 4, 1), dy = Spans.Ordinary(50 * 4, 2), bias = [0.1, -0.2, 0.3, -0.4], gradient = new double[4];
        Activation.Mish().BackwardWithBias(x, bias, dy, new double[x.Length], gradient);
        for (int channel = 0; channel < bias.Length; channel++)
            Assert.Equal((Loss(channel, H) - Loss(channel, -H)) / (2 * H), gradient[channel], 1e-7);

        double Loss(int channel, double step)
        {
            double[] moved = [.. bias], y = new double[x.Length];
            moved[channel] += step;
            Activation.Mish().ForwardWithBias(x, moved, y);
            return y.Zip(dy, (a, b) => a * b).Sum();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_does_not_fit_is_refused_before_anything_is_written(int threads)
    {
        const int Length = 40_000, Channels = 8;
        ElementwiseActivation tanh = Activation.Tanh().OnThreads(threads);
        double[] x = new double[Length], bias = new double[Channels], memory = [.. Enumerable.Repeat(123.0, 2 * Length)];
        double[] expected = [.. memory], sums = new double[Channels];
        Refused("y", () => tanh.ForwardWithBias(x, bias, memory.AsSpan(0, Length - 1)));
        Refused("bias", () => tanh.ForwardWithBias(x, new double[7], memory.AsSpan(0, Length)));
        Refused("bias", () => tanh.ForwardWithBias(x, [], memory.AsSpan(0, Length)));
        Refused("y", () => tanh.ForwardWithBias(memory.AsSpan(0, Length), bias, memory.AsSpan(1, Length)));
        Refused("y", () => tanh.ForwardWithBias(x, memory.AsSpan(5, Channels), memory.AsSpan(0, Length)));

        Refused("dy", () => tanh.BackwardWithBias(x, bias, x.AsSpan(1), memory.AsSpan(0, Length), sums));
        Refused("dx", () => tanh.BackwardWithBias(x, bias, x, memory.AsSpan(0, Length - 1), sums));
        Refused("bias", () => tanh.BackwardWithBias(x, new double[7], x, memory.AsSpan(0, Length), sums));
        Refused("biasGradient", () => tanh.BackwardWithBias(x, bias, x, memory.AsSpan(0, Length), sums.AsSpan(1)));
        Refused("dx", () => tanh.BackwardWithBias(memory.AsSpan(1, Length), bias, x, memory.AsSpan(0, Length), sums));
        Refused("dx", () => tanh.BackwardWithBias(x, bias, memory.AsSpan(1, Length), memory.AsSpan(0, Length), sums));
        Refused("dx", () => tanh.BackwardWithBias(x, memory.AsSpan(5, Channels), x, memory.AsSpan(0, Length), sums));
        Refused("biasGradient", () => tanh.BackwardWithBias(x, bias, x, memory.AsSpan(0, Length), memory.AsSpan(5, Channels)));
        Refused("biasGradient", () => tanh.BackwardWithBias(memory.AsSpan(0, Length), bias, x, x, memory.AsSpan(5, Channels)));
        Refused("biasGradient", () => tanh.BackwardWithBias(x, bias, memory.AsSpan(0, Length), x, memory.AsSpan(5, Channels)));
        Refused("biasGradient", () => tanh.BackwardWithBias(x, memory.AsSpan(0, Channels), x, x, memory.AsSpan(5, Channels)));
        Assert.Equal(expected, memory);
        Assert.Equal(new double[Channels], sums);
    }

    [Fact]
    public void It_allocates_nothing()
    {
        ElementwiseActivation gelu = Activation.Gelu();
        float[] x = new float[3000], bias = new float[10];
        double[] gradient = new double[10];
        long before = 0;
        for (int round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            gelu.ForwardWithBias(x, bias, x);
            gelu.BackwardWithBias(x, bias, x, x, gradient);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Refused(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentException>(call).ParamName);

    private sealed class SameBits(ElementwiseActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            ElementwiseKernel<T> kernel = (ElementwiseKernel<T>)activation.Kernels.Of<T>();
            foreach ((int rows, int channels) in Shapes)
            {
                int length = rows * channels;
                T[] x = [.. Spans.Mixed(length, seed: 1).Select(from)], bias = [.. Spans.Ordinary(channels, seed: 2).Select(from)];
                T[] dy = [.. Spans.Ordinary(length, seed: 3).Select(from)];
                // Each sum is exact in a double, or as good as exact, and then rounded.
                T[] sums = [.. x.Select((value, i) => from(to(value) + to(bias[i % channels])))];
                T[] expected = new T[length], slopes = new T[length], y = new T[length], dx = new T[length], place = [.. x];
                kernel.Forward(sums, expected);
                WithBias.Forward<T>(kernel, x, bias, y);
                AssertSame<T>(expected, y, $"forward of {rows} × {channels}");
                WithBias.Forward<T>(kernel, place, bias, place);
                AssertSame<T>(expected, place, $"forward in place of {rows} × {channels}");

                kernel.Backward(sums, dy, slopes);
                double[] gradient = new double[channels], again = new double[channels], sum = new double[channels];
                for (int i = 0; i < length; i++)
                    sum[i % channels] += to(slopes[i]);
                WithBias.Backward<T>(kernel, x, bias, dy, dx, gradient);
                AssertSame<T>(slopes, dx, $"backward of {rows} × {channels}");
                Assert.Equal(sum, gradient);
                place = [.. dy];
                WithBias.Backward<T>(kernel, x, bias, place, place, again);
                AssertSame<T>(slopes, place, $"backward in place of {rows} × {channels}");
                Assert.Equal(sum, again);
            }
        }

        private void AssertSame<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
            where T : unmanaged => Assert.True(
                MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)), $"{activation} on {typeof(T).Name}: {what}");
    }
}
