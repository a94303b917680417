using System.Runtime.InteropServices;

namespace Nonlinear.Tests;

/// <summary>A row's gradient from its saved outputs depends on nothing but the row: not on others, where results go, or lanes.</summary>
public sealed class RowGradientTests
{
    // Some fill their lanes, some are next to the length beyond which products are not kept.
    private static readonly int[] Lengths = [1, 2, 7, 8, 9, 16, 31, 64, 100, 128, 333, 1000, 1017, 1023, 1024, 1025, 1500];

    [Theory]
    [InlineData("softmax")]
    [InlineData("softmin")]
    [InlineData("log_softmax")]
    [InlineData("sparsemax")]
    public void Rows_have_the_same_gradient_alone_among_others_in_place_and_at_any_lane_width(string name)
    {
        byte[] expected = Gradients(name);
        foreach (int width in LaneWidths.All)
            Assert.True(expected.AsSpan().SequenceEqual(LaneWidths.Compute(width, Gradients, name)), $"{name} at width {width}");
    }

    private static byte[] Gradients(string name)
    {
        AxisActivation activation = (AxisActivation)Activation.Parse(name);
        using MemoryStream bits = new();
        foreach (int length in Lengths)
        {
            int rows = Math.Max(3, 3000 / length);
            float[] y = new float[rows * length], dx = new float[y.Length], alone = new float[y.Length];
            float[] x = [.. Spans.Ordinary(y.Length, seed: length, scale: 6).Select(number => (float)number)];
            float[] dy = [.. Spans.Ordinary(y.Length, seed: length + 1).Select(number => (float)number)];
            (dy[0], dy[^1]) = (float.PositiveInfinity, float.NaN);
            activation.Forward(x, y, [rows, length], 1);
            for (int start = 0; start < y.Length; start += length)
                activation.BackwardFromOutput(y.AsSpan(start, length), dy.AsSpan(start, length), alone.AsSpan(start, length));
            activation.BackwardFromOutput(y, dy, dx, [rows, length], 1);
            AssertSame(alone, dx, $"{name}, rows of {length}");
            float[] inPlace = [.. y];
            activation.BackwardFromOutput(inPlace, dy, inPlace, [rows, length], 1);
            AssertSame(alone, inPlace, $"{name}, rows of {length}, in the place of outputs");
            inPlace = [.. dy];
            activation.BackwardFromOutput(y, inPlace, inPlace, [rows, length], 1);
            AssertSame(alone, inPlace, $"{name}, rows of {length}, in the place of gradients");
            bits.Write(MemoryMarshal.AsBytes<float>(alone));
        }
        return bits.ToArray();
    }

    private static void AssertSame(float[] expected, float[] actual, string what) =>
        Assert.True(MemoryMarshal.AsBytes<float>(expected).SequenceEqual(MemoryMarshal.AsBytes<float>(actual)), what);
}
