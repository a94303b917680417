using System.Runtime.InteropServices;
using Nonlinear.Kernels;
using Nonlinear.Lab;

namespace Nonlinear.Tests;

/// <summary>The function and its derivative in one pass: the bits of two calls, and the same promises.</summary>
public class ForwardWithDerivativeTests
{
    // One stretch is 1024 to 4096 elements; the longest is divided among threads, for 16 bits too.
    private static readonly int[] Lengths = [0, 1, 15, 1000, 2049, 4097, 70_007];

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Both_have_the_bits_of_two_calls(string name) =>
        Spans.ForEachForm(TestCatalog.Get(name), activation => new SameBits(activation));

    [Fact]
    public void Every_type_has_its_kernel()
    {
        Assert.Equal(Activation.Tanh().Forward(0.5), Value<double>(0.5, Activation.Tanh().ForwardWithDerivative).Y);
        Assert.Equal((float)Activation.Tanh().Derivative(0.5), Value<float>(0.5f, Activation.Tanh().ForwardWithDerivative).Derivative);
        Assert.Equal((Half)Activation.Tanh().Derivative(0.5), Value<Half>((Half)0.5, Activation.Tanh().ForwardWithDerivative).Derivative);
        Assert.Equal((BFloat16)Activation.Tanh().Forward(0.5), Value<BFloat16>((BFloat16)0.5, Activation.Tanh().ForwardWithDerivative).Y);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_does_not_fit_is_refused_before_anything_is_written(int threads)
    {
        const int Length = 40_000;
        ElementwiseActivation gelu = Activation.Gelu().OnThreads(threads);
        float[] x = new float[Length], memory = [.. Enumerable.Repeat(123f, 3 * Length)], expected = [.. memory];
        Refused("y", () => gelu.ForwardWithDerivative(x, memory.AsSpan(0, Length - 1), memory.AsSpan(Length, Length)));
        Refused("derivative", () => gelu.ForwardWithDerivative(x, memory.AsSpan(0, Length), memory.AsSpan(Length, Length + 1)));
        Refused(
            "y", () => gelu.ForwardWithDerivative(memory.AsSpan(0, Length), memory.AsSpan(1, Length), memory.AsSpan(2 * Length, Length)));
        Refused(
            "derivative",
            () => gelu.ForwardWithDerivative(memory.AsSpan(0, Length), memory.AsSpan(2 * Length, Length), memory.AsSpan(1, Length)));
        Refused("derivative", () => gelu.ForwardWithDerivative(x, memory.AsSpan(0, Length), memory.AsSpan(0, Length)));
        Refused("derivative", () => gelu.ForwardWithDerivative(x, memory.AsSpan(0, Length), memory.AsSpan(Length - 1, Length)));
        Refused(
            "derivative", () => gelu.ForwardWithDerivative(memory.AsSpan(0, Length), memory.AsSpan(0, Length), memory.AsSpan(0, Length)));
        Assert.Equal(expected, memory);
    }

    [Fact]
    public void It_allocates_nothing()
    {
        ElementwiseActivation gelu = Activation.Gelu();
        float[] x = new float[3000], derivative = new float[3000];
        gelu.ForwardWithDerivative(x, x, derivative);
        long before = GC.GetAllocatedBytesForCurrentThread();
        gelu.ForwardWithDerivative(x, x, derivative);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private delegate void Both<T>(ReadOnlySpan<T> x, Span<T> y, Span<T> derivative);

    private static (T Y, T Derivative) Value<T>(T x, Both<T> both)
    {
        T[] y = new T[1], derivative = new T[1];
        both([x], y, derivative);
        return (y[0], derivative[0]);
    }

    private static void Refused(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentException>(call).ParamName);

    private sealed class SameBits(ElementwiseActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            ElementwiseKernel<T> kernel = (ElementwiseKernel<T>)activation.Kernels.Of<T>();
            foreach (int length in Lengths)
            {
                T[] x = [.. Spans.Mixed(length, seed: length).Select(from)], y = new T[length], derivative = new T[length], place = [.. x];
                T[] expected = Spans.Compute<T>(activation, SpanOperation.Forward, x);
                T[] slopes = Spans.Compute<T>(activation, SpanOperation.Derivative, x);
                ForwardAndDerivative.Run<T>(kernel, x, y, derivative);
                AssertSame(expected, slopes, y, derivative, "apart");

                ForwardAndDerivative.Run<T>(kernel, place, place, derivative);
                AssertSame(expected, slopes, place, derivative, "the outputs in the place of the inputs");

                place = [.. x];
                ForwardAndDerivative.Run<T>(kernel, place, y, place);
                AssertSame(expected, slopes, y, place, "the derivatives in the place of the inputs");
            }
        }

        private void AssertSame<T>(
            ReadOnlySpan<T> expected, ReadOnlySpan<T> slopes, ReadOnlySpan<T> y, ReadOnlySpan<T> derivative, string what)
            where T : unmanaged
        {
            Assert.True(
                MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(y)),
                $"{activation} on {typeof(T).Name}, {y.Length}: {what}");
            Assert.True(
                MemoryMarshal.AsBytes(slopes).SequenceEqual(MemoryMarshal.AsBytes(derivative)),
                $"{activation}' on {typeof(T).Name}, {y.Length}: {what}");
        }
    }
}
