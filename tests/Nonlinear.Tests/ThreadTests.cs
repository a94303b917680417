using System.Runtime.InteropServices;
using Nonlinear.Kernels;

namespace Nonlinear.Tests;

/// <summary>Long calls on several threads: the same bits, the same promises.</summary>
public class ThreadTests
{
    private const int Threads = 3;

    // The one is long enough to be divided for 32 and 64 bits, the other also for 16.
    private static readonly int[] Lengths = [40_001, 70_007];

    public static TheoryData<string> OneParameter { get; } =
    [
        .. TestCatalog.Elementwise.Select(activation => activation.Info)
            .Where(info => info.Parameters.Count == 1 && TestCatalog.Routes.Contains(info.Name)).Select(info => info.Name),
    ];

    [Theory]
    [MemberData(nameof(TestCatalog.RouteAndVectorNames), MemberType = typeof(TestCatalog))]
    public void Several_threads_give_the_bits_of_one(string name)
    {
        Activation activation = TestCatalog.Parse(name);
        Spans.ForEachTypeOf(activation, new SameBits(activation));
    }

    [Theory]
    [MemberData(nameof(TestCatalog.RouteNames), MemberType = typeof(TestCatalog))]
    public void Several_threads_give_the_bits_of_one_in_the_fast_tier(string name)
    {
        ElementwiseActivation fast = TestCatalog.Get(name).Fast;
        new SameBits(fast).Run(x => (float)x, x => (double)x);
    }

    [Theory]
    [MemberData(nameof(OneParameter))]
    public void A_parameter_for_each_channel_too(string name) =>
        Spans.ForEachTypeOf(TestCatalog.Get(name), new SameChannels(TestCatalog.Get(name)));

    [Theory]
    [MemberData(nameof(TestCatalog.AxisNames), MemberType = typeof(TestCatalog))]
    public void Tensors_of_any_shape_too(string name)
    {
        AxisActivation function = (AxisActivation)TestCatalog.Parse(name);
        Spans.ForEachTypeOf(function, new SameTensors(function));
    }

    [Fact]
    public void Winners_and_the_affine_form_too() => Spans.ForEachType(new SameWinners());

    [Fact]
    public void Threads_and_tiers_are_chosen_in_any_order()
    {
        ElementwiseActivation gelu = Activation.Gelu();
        Assert.Equal(1, gelu.Threads);
        Assert.Same(gelu, gelu.OnThreads(1));
        Assert.Equal(Environment.ProcessorCount, gelu.Parallel.Threads);
        Assert.Same(gelu.Parallel, gelu.Parallel);
        Assert.Equal((5, Tier.Exact), (gelu.OnThreads(5).Threads, gelu.OnThreads(5).Tier));
        Assert.Equal((5, Tier.Fast), (gelu.OnThreads(5).Fast.Threads, gelu.OnThreads(5).Fast.Tier));
        Assert.Equal((5, Tier.Fast), (gelu.Fast.OnThreads(5).Threads, gelu.Fast.OnThreads(5).Tier));
        Assert.Equal((5, Tier.Exact), (gelu.Fast.OnThreads(5).Exact.Threads, gelu.Fast.OnThreads(5).Exact.Tier));
        Assert.Same(gelu, gelu.OnThreads(5).OnThreads(3).OnThreads(1));
        Assert.Same(gelu.Fast, gelu.OnThreads(5).Fast.OnThreads(1));
        Assert.Equal(3, Activation.Softmax().OnThreads(3).Fast.Threads);
        Assert.Equal(4, Activation.Maxout(4).OnThreads(2).Pieces);
    }

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Fewer_than_one_thread_are_refused(string name)
    {
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => TestCatalog.Parse(name).OnThreads(0)).ParamName);
        Assert.Equal(
            "count", Assert.Throws<ArgumentOutOfRangeException>(() => TestCatalog.Parse(name).OnThreads(2).OnThreads(-1)).ParamName);
    }

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void What_does_not_fit_is_refused_before_anything_is_written(string name)
    {
        const int Length = 100_000;
        Activation activation = TestCatalog.Parse(name).OnThreads(Threads);
        int outputs = activation.OutputsFor(Length);
        double[] memory = [.. Enumerable.Repeat(123.0, 3 * Length)];
        double[] expected = [.. memory], x = new double[Length], dy = new double[outputs];
        Assert.Equal(
            "y",
            Assert.Throws<ArgumentException>(
                () => activation.Forward(memory.AsSpan(0, Length), memory.AsSpan(Length / 2, outputs))).ParamName);
        Assert.Equal(
            "dx",
            Assert.Throws<ArgumentException>(
                () => activation.Backward(memory.AsSpan(0, Length), dy, memory.AsSpan(Length / 2, Length))).ParamName);
        Assert.Equal(
            "dx",
            Assert.Throws<ArgumentException>(
                () => activation.Backward(x, memory.AsSpan(Length - 1, outputs), memory.AsSpan(0, Length))).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => activation.Forward(x, memory.AsSpan(0, outputs - 1))).ParamName);
        if (activation is ElementwiseActivation { HasDerivativeFromOutput: false } refusing)
            Assert.Throws<NotSupportedException>(() => refusing.BackwardFromOutput(x, x, memory.AsSpan(0, Length)));
        Assert.Equal(expected, memory);
    }

    [Fact]
    public void A_long_call_allocates_one_small_object_and_a_short_one_nothing()
    {
        ElementwiseActivation relu = Activation.Relu().OnThreads(Threads);
        float[] x = new float[100_000];
        relu.Backward(x, x, x);
        long before = GC.GetAllocatedBytesForCurrentThread();
        relu.Backward(x.AsSpan(0, 30_000), x.AsSpan(0, 30_000), x.AsSpan(0, 30_000));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        const int Calls = 100;
        for (int i = 0; i < Calls; i++)
            relu.Backward(x, x, x);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Calls, 1, 256);
    }

    private static void AssertSame<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged => Assert.True(
            MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)),
            $"{what} on {typeof(T).Name}, {expected.Length} elements");

    private sealed class SameBits(Activation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            Activation one = activation, several = activation.OnThreads(Threads);
            int pieces = activation switch { PooledActivation pooled => pooled.Pieces, GatedActivation => 2, _ => 1 };
            // A vector with a NaN is NaN throughout, so each function sees ordinary numbers alone as well.
            IEnumerable<double[]> cases = Lengths.SelectMany(
                length => (double[][])[Spans.Mixed(length * pieces, seed: 1), Spans.Ordinary(length * pieces, seed: 3)]);
            foreach (double[] inputs in cases)
            {
                int outputs = activation.OutputsFor(inputs.Length);
                T[] x = [.. inputs.Select(from)], dy = [.. Spans.Ordinary(outputs, seed: 2).Select(from)];
                T[] expected = new T[outputs], actual = new T[outputs], dx = new T[x.Length], place = [.. x];
                one.Forward<T>(x, expected);
                several.Forward<T>(x, actual);
                Same(expected, actual, $"{activation} forward");
                if (outputs <= inputs.Length && activation is not GatedActivation)
                {
                    several.Forward<T>(place, place.AsSpan(0, outputs));
                    Same(expected, place.AsSpan(0, outputs), $"{activation} forward in place");
                }

                one.Backward<T>(x, dy, dx);
                place = [.. x];
                several.Backward<T>(place, dy, place);
                Same(dx, place, $"{activation} backward in the place of the inputs");
                if (outputs != inputs.Length)
                    continue;
                place = [.. dy];
                several.Backward<T>(x, place, place);
                Same(dx, place, $"{activation} backward in the place of the gradient");
                if (Spans.GoesBackFromOutput(activation))
                {
                    Spans.BackwardFromOutput<T>(one, expected, dy, dx);
                    Spans.BackwardFromOutput<T>(several, actual, dy, actual);
                    Same(dx, actual, $"{activation} backward from the outputs");
                }
                if ((one, several) is not (ElementwiseActivation oneElementwise, ElementwiseActivation severalElementwise))
                    continue;
                oneElementwise.Derivative<T>(x, expected);
                severalElementwise.Derivative<T>(x, actual);
                Same(expected, actual, $"{activation} derivative");
                oneElementwise.Curvature<T>(x, expected);
                severalElementwise.Curvature<T>(x, actual);
                Same(expected, actual, $"{activation} curvature");
            }

            void Same(ReadOnlySpan<T> wanted, Span<T> result, string what) => AssertSame<T>(wanted, result, what);
        }
    }

    private sealed class SameChannels(ElementwiseActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            ElementwiseKernel<T> one = (ElementwiseKernel<T>)activation.Kernels.Of<T>();
            ElementwiseKernel<T> several = (ElementwiseKernel<T>)one.OnThreads(Threads);
            ParameterInfo meaning = activation.Info.Parameters[0];
            (int[], int)[] shapes = [([7, 11, 1001], 11), ([7001, 11], 11), ([77_007], 1), ([1001, 7, 11], 1)];
            foreach ((int[] shape, int values) in shapes)
            {
                T[] parameter = [.. Enumerable.Range(1, values).Select(channel => from(0.1 * channel))];
                T[] x = [.. Spans.Mixed(77_077, seed: 3).Take(shape.Aggregate(1, (a, b) => a * b)).Select(from)];
                T[] dy = [.. Spans.Ordinary(x.Length, seed: 4).Select(from)];
                T[] expected = new T[x.Length], actual = [.. x];
                PerChannel.Forward(one, meaning, x, shape, parameter, expected);
                PerChannel.Forward(several, meaning, actual, shape, parameter, actual);
                AssertSame<T>(expected, actual, $"{activation} forward per channel");

                double[] expectedSums = new double[values], actualSums = new double[values];
                PerChannel.Backward(one, meaning, x, shape, parameter, dy, expected, expectedSums);
                PerChannel.Backward(several, meaning, x, shape, parameter, dy, actual, actualSums);
                AssertSame<T>(expected, actual, $"{activation} backward per channel");
                AssertSame<double>(expectedSums, actualSums, $"{activation} gradients per channel");
            }
        }
    }

    private sealed class SameTensors(AxisActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            AxisKernel<T> one = (AxisKernel<T>)activation.Kernels.Of<T>(), several = (AxisKernel<T>)one.OnThreads(Threads);
            (int[], int)[] shapes = [([7001, 11], 1), ([7001, 11], 0), ([7, 11, 1001], 1), ([3, 25_001], 1), ([80_000], 0), ([0, 5], 1)];
            foreach ((int[] shape, int axis) in shapes)
            {
                int length = shape.Aggregate(1, (a, b) => a * b);
                T[] x = [.. Spans.Ordinary(length, seed: 5, scale: 9).Select(from)], u = [.. Spans.Ordinary(length, seed: 6).Select(from)];
                T[] expected = new T[length], actual = [.. x];
                one.Forward(x, expected, shape, axis);
                several.Forward(actual, actual, shape, axis);
                AssertSame<T>(expected, actual, $"{activation} along axis {axis}");
                foreach (AxisProduct product in (AxisProduct[])[new(false, false), new(true, false), new(false, true)])
                {
                    one.Product(x, u, expected, shape, axis, product);
                    actual = [.. u];
                    several.Product(x, actual, actual, shape, axis, product);
                    AssertSame<T>(expected, actual, $"{activation} along axis {axis}, {product}");
                }
            }
            T[] vector = [.. Spans.Ordinary(301, seed: 7).Select(from)], jacobian = new T[301 * 301], rows = new T[301 * 301];
            one.Jacobian(vector, jacobian);
            several.Jacobian(vector, rows);
            AssertSame<T>(jacobian, rows, $"{activation} Jacobian");
        }
    }

    private sealed class SameWinners : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            const int Pieces = 3, Batch = 701, Inputs = 13, Outputs = 17;
            PooledKernel<T> one = (PooledKernel<T>)Activation.Maxout(Pieces).Kernels.Of<T>();
            PooledKernel<T> several = (PooledKernel<T>)one.OnThreads(Threads);
            (int[], int)[] shapes = [([7001, 12], 1), ([12, 7001], 0), ([7, 12, 1001], 1), ([84_000], 0), ([0, 3], 1)];
            foreach ((int[] shape, int axis) in shapes)
            {
                int length = shape.Aggregate(1, (a, b) => a * b);
                T[] input = [.. Spans.Mixed(length, seed: 8).Select(from)];
                T[] maxima = new T[length / Pieces], actualMaxima = new T[length / Pieces], gradient = new T[length];
                T[] actualGradient = new T[length];
                int[] places = new int[length / Pieces], actualPlaces = new int[length / Pieces];
                one.Forward(input, maxima, places, shape, axis);
                several.Forward(input, actualMaxima, actualPlaces, shape, axis);
                AssertSame<T>(maxima, actualMaxima, "maxima");
                Assert.Equal(places, actualPlaces);
                one.Backward(maxima, places, gradient, shape, axis);
                several.Backward(maxima, places, actualGradient, shape, axis);
                AssertSame<T>(gradient, actualGradient, "the maxima's gradient");
            }

            T[] x = [.. Spans.Ordinary(Batch * Inputs, seed: 9).Select(from)];
            T[] dy = [.. Spans.Ordinary(Batch * Outputs, seed: 10).Select(from)];
            T[] weights = [.. Spans.Ordinary(Pieces * Outputs * Inputs, seed: 11).Select(from)];
            T[] biases = [.. Spans.Ordinary(Pieces * Outputs, seed: 12).Select(from)];
            (T[][] expected, int[] winners) = Layer(one);
            (T[][] actual, int[] actualWinners) = Layer(several);
            Assert.Equal(winners, actualWinners);
            foreach ((T[] first, T[] second) in expected.Zip(actual))
                AssertSame<T>(first, second, "the affine form and its gradients");

            (T[][] Results, int[] Winners) Layer(PooledKernel<T> kernel)
            {
                T[] y = new T[dy.Length], dx = new T[x.Length], dweights = new T[weights.Length], dbiases = new T[biases.Length];
                int[] won = new int[dy.Length];
                kernel.ForwardAffine(x, weights, biases, y, won);
                kernel.BackwardAffine(x, weights, won, dy, dx, dweights, dbiases);
                return ([y, dx, dweights, dbiases], won);
            }
        }
    }
}
