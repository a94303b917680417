using System.Runtime.InteropServices;
using Nonlinear.Kernels;
using Nonlinear.Lab;

namespace Nonlinear.Tests;

/// <summary>An element's result depends on nothing but the element: not on its position, its neighbours, or how many lanes the processor has.</summary>
public class ElementIndependenceTests
{
    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Results_have_the_same_bits_at_any_length_offset_and_lane_width(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        foreach (SpanOperation operation in Enum.GetValues<SpanOperation>())
            Spans.ForEachType(new SameBits(activation, operation));
    }

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Gradients_have_the_same_bits_at_any_length_offset_and_lane_width(string name) =>
        Spans.ForEachType(new SameGradients(TestCatalog.Get(name)));

    [Theory]
    [MemberData(nameof(TestCatalog.AxisNames), MemberType = typeof(TestCatalog))]
    public void Vectors_have_the_same_bits_at_any_lane_width(string name) => Spans.ForEachType(new SameVectors(Activation.Parse(name)));

    private static void AtEveryWidth(Action test)
    {
        int usual = VectorWidth.Current;
        try
        {
            foreach (int width in (int[])[1, 2, 4, 8])
            {
                VectorWidth.Current = width;
                test();
            }
        }
        finally
        {
            VectorWidth.Current = usual;
        }
    }

    private static bool SameBytes<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged => MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));

    private sealed class SameBits(ElementwiseActivation activation, SpanOperation operation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            T[] x = [.. Spans.Mixed(700, seed: 3).Select(from)];
            T[] alone = [.. x.Select(element => Spans.Compute<T>(activation, operation, [element])[0])];
            Random random = new(5);
            AtEveryWidth(() =>
            {
                for (int trial = 0; trial < 40; trial++)
                {
                    int start = random.Next(x.Length), length = random.Next(x.Length - start + 1);
                    T[] result = Spans.Compute<T>(activation, operation, x.AsSpan(start, length));
                    Assert.True(SameBytes<T>(alone.AsSpan(start, length), result), $"{activation} {operation} on {typeof(T).Name}: {length} elements from {start} at width {VectorWidth.Current}");
                }
            });
        }
    }

    private sealed class SameGradients(ElementwiseActivation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            Kernel<T> kernel = activation.Kernels.Of<T>();
            T[] x = [.. Spans.Mixed(300, seed: 7).Select(from)], dy = [.. Spans.Ordinary(300, seed: 8).Select(from)];
            T[] alone = new T[x.Length];
            for (int i = 0; i < x.Length; i++)
                kernel.Backward(x.AsSpan(i, 1), dy.AsSpan(i, 1), alone.AsSpan(i, 1));
            Random random = new(9);
            AtEveryWidth(() =>
            {
                for (int trial = 0; trial < 20; trial++)
                {
                    int start = random.Next(x.Length), length = random.Next(x.Length - start + 1);
                    T[] dx = new T[length];
                    kernel.Backward(x.AsSpan(start, length), dy.AsSpan(start, length), dx);
                    Assert.True(SameBytes<T>(alone.AsSpan(start, length), dx), $"{activation} on {typeof(T).Name}: {length} gradients from {start} at width {VectorWidth.Current}");
                }
            });
        }
    }

    private sealed class SameVectors(Activation activation) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            Kernel<T> kernel = activation.Kernels.Of<T>();
            foreach (int length in (int[])[1, 2, 7, 8, 9, 63, 64, 65, 1000])
            {
                T[] x = [.. Spans.Ordinary(length, seed: length, scale: 9).Select(from)], dy = [.. Spans.Ordinary(length, seed: length + 1).Select(from)];
                T[]? first = null, firstGradient = null;
                AtEveryWidth(() =>
                {
                    T[] y = new T[length], dx = new T[length];
                    kernel.Forward(x, y);
                    kernel.Backward(x, dy, dx);
                    first ??= y;
                    firstGradient ??= dx;
                    Assert.True(SameBytes<T>(first, y) && SameBytes<T>(firstGradient, dx), $"{activation} on {typeof(T).Name}, {length} elements at width {VectorWidth.Current}");
                });
            }
        }
    }
}
