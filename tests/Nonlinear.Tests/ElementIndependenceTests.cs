using System.Runtime.InteropServices;
using Nonlinear.Kernels;
using Nonlinear.Lab;

namespace Nonlinear.Tests;

/// <summary>
/// An element's result depends on nothing but the element: not on its position, its neighbours, or how many lanes the processor has.
/// </summary>
public class ElementIndependenceTests
{
    [Theory]
    [Trait("Speed", "slow")]
    [MemberData(nameof(TestCatalog.RouteNames), MemberType = typeof(TestCatalog))]
    public void Results_have_the_same_bits_at_any_length_offset_and_lane_width(string name) => AssertSameAtEveryWidth(Results, name);

    [Theory]
    [MemberData(nameof(TestCatalog.RouteNames), MemberType = typeof(TestCatalog))]
    public void Gradients_have_the_same_bits_at_any_length_offset_and_lane_width(string name) => AssertSameAtEveryWidth(Gradients, name);

    [Theory]
    [MemberData(nameof(TestCatalog.AxisNames), MemberType = typeof(TestCatalog))]
    public void Vectors_have_the_same_bits_at_any_lane_width(string name) => AssertSameAtEveryWidth(Vectors, name);

    [Fact]
    public void A_width_that_was_chosen_is_the_width_at_which_a_copy_of_the_library_computes_also_on_helping_threads()
    {
        byte[] usual = Width("");
        foreach (int width in LaneWidths.All)
        {
            byte[] here = LaneWidths.Compute(width, Width, "");
            Assert.Equal((byte)width, Assert.Single(here.Distinct()));
        }
        Assert.Equal(usual, Width(""));
    }

    [Fact]
    public void A_width_that_is_in_use_stays()
    {
        int usual = VectorWidth.Current;
        Assert.Throws<InvalidOperationException>(() => VectorWidth.Choose(usual == 1 ? 2 : 1));
        Assert.Equal(usual, VectorWidth.Current);
    }

    // Both tiers' results of each function are compared with those of one element at a time, and at each width with those at the
    // processor's.
    private static void AssertSameAtEveryWidth(Func<string, byte[]> compute, string name)
    {
        byte[] expected = compute(name);
        foreach (int width in LaneWidths.All)
            Assert.True(expected.AsSpan().SequenceEqual(LaneWidths.Compute(width, compute, name)), $"{name} at width {width}");
    }

    // The width as each thread sees it that helps with a long call.
    private static byte[] Width(string nothing)
    {
        Widths widths = new(new byte[64]);
        WorkDivision.Run<double, Widths>(widths.Seen.Length, 1 << 16, threads: 4, widths);
        return widths.Seen;
    }

    private static byte[] Results(string name)
    {
        using MemoryStream bits = new();
        foreach (ElementwiseActivation activation in Tiers(name))
        {
            foreach (SpanOperation operation in Enum.GetValues<SpanOperation>())
                Spans.ForEachType(new SameBits(activation, operation, bits));
        }
        return bits.ToArray();
    }

    private static byte[] Gradients(string name)
    {
        using MemoryStream bits = new();
        foreach (ElementwiseActivation activation in Tiers(name))
            Spans.ForEachType(new SameGradients(activation, bits));
        return bits.ToArray();
    }

    private static byte[] Vectors(string name)
    {
        using MemoryStream bits = new();
        foreach (Activation activation in Activation.Parse(name) is var exact ? (Activation[])[exact, exact.Fast] : [])
            Spans.ForEachType(new VectorBits(activation, bits));
        return bits.ToArray();
    }

    private static IEnumerable<ElementwiseActivation> Tiers(string name) => [TestCatalog.Get(name), TestCatalog.Get(name).Fast];

    private static bool SameBytes<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged => MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));

    private readonly record struct Widths(byte[] Seen) : IDivisible
    {
        public void Do(int start, int count) => Seen.AsSpan(start, count).Fill((byte)VectorWidth.Current);
    }

    private sealed class SameBits(ElementwiseActivation activation, SpanOperation operation, Stream bits) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            T[] x = [.. Spans.Mixed(700, seed: 3).Select(from)];
            T[] alone = [.. x.Select(element => Spans.Compute<T>(activation, operation, [element])[0])];
            bits.Write(MemoryMarshal.AsBytes<T>(alone));
            Random random = new(5);
            for (int trial = 0; trial < 40; trial++)
            {
                int start = random.Next(x.Length), length = random.Next(x.Length - start + 1);
                T[] result = Spans.Compute<T>(activation, operation, x.AsSpan(start, length));
                Assert.True(
                    SameBytes<T>(alone.AsSpan(start, length), result),
                    $"{activation} {operation} on {typeof(T).Name}: {length} elements from {start} at width {VectorWidth.Current}");
            }
        }
    }

    private sealed class SameGradients(ElementwiseActivation activation, Stream bits) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            T[] x = [.. Spans.Mixed(300, seed: 7).Select(from)], dy = [.. Spans.Ordinary(300, seed: 8).Select(from)];
            T[] alone = new T[x.Length];
            for (int i = 0; i < x.Length; i++)
                activation.Backward<T>(x.AsSpan(i, 1), dy.AsSpan(i, 1), alone.AsSpan(i, 1));
            bits.Write(MemoryMarshal.AsBytes<T>(alone));
            Random random = new(9);
            for (int trial = 0; trial < 20; trial++)
            {
                int start = random.Next(x.Length), length = random.Next(x.Length - start + 1);
                T[] dx = new T[length];
                activation.Backward<T>(x.AsSpan(start, length), dy.AsSpan(start, length), dx);
                Assert.True(
                    SameBytes<T>(alone.AsSpan(start, length), dx),
                    $"{activation} on {typeof(T).Name}: {length} gradients from {start} at width {VectorWidth.Current}");
            }
        }
    }

    private sealed class VectorBits(Activation activation, Stream bits) : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            foreach (int length in (int[])[1, 2, 7, 8, 9, 63, 64, 65, 1000])
            {
                T[] x = [.. Spans.Ordinary(length, seed: length, scale: 9).Select(from)];
                T[] dy = [.. Spans.Ordinary(length, seed: length + 1).Select(from)], y = new T[length], dx = new T[length];
                activation.Forward<T>(x, y);
                activation.Backward<T>(x, dy, dx);
                bits.Write(MemoryMarshal.AsBytes<T>(y));
                bits.Write(MemoryMarshal.AsBytes<T>(dx));
            }
        }
    }
}
