using System.Numerics;
using System.Runtime.InteropServices;

namespace Nonlinear.Tests;

/// <summary>
/// Gradients from outputs round one product of exact numbers: of outputs of any size and gradients of any size, wherever they stand in the
/// span.
/// </summary>
public class OutputSlopesTests
{
    public static TheoryData<string> Functions => ["sigmoid", "tanh", "elu", "elu(alpha=2.5)", "elu(alpha=0.3)"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_gradient_is_rounded_once(string name)
    {
        ElementwiseActivation activation = Function(name);
        (float[] y, float[] dy) = Inputs(activation);
        float[] dx = new float[y.Length];
        activation.BackwardFromOutput(y, dy, dx);
        for (int i = 0; i < y.Length; i++)
        {
            if (float.IsFinite(y[i]) && float.IsFinite(dy[i]))
                Assert.True(
                    BitConverter.SingleToInt32Bits(Nearest(activation, y[i], dy[i])) == BitConverter.SingleToInt32Bits(dx[i]),
                    $"{name}: y = {y[i]:R}, dy = {dy[i]:R}, {dx[i]:R}");
            else
                Assert.True(float.IsNaN(dx[i]) || float.IsInfinity(dy[i]), $"{name}: y = {y[i]:R}, dy = {dy[i]:R}, {dx[i]:R}");
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_part_of_a_span_has_the_bits_of_the_whole(string name)
    {
        ElementwiseActivation activation = Function(name);
        (float[] y, float[] dy) = Inputs(activation);
        float[] whole = new float[y.Length];
        activation.BackwardFromOutput(y, dy, whole);
        for (int length = 0; length < 70; length++)
        {
            float[] part = y[..length];
            activation.BackwardFromOutput(part, dy.AsSpan(0, length), part);
            Assert.Equal(whole[..length], part);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_width_gives_the_same_bits(string name)
    {
        byte[] expected = Gradients(name);
        foreach (int width in LaneWidths.All)
            Assert.True(expected.AsSpan().SequenceEqual(LaneWidths.Compute(width, Gradients, name)), $"{name} at width {width}");
    }

    private static byte[] Gradients(string name)
    {
        ElementwiseActivation activation = Function(name);
        (float[] y, float[] dy) = Inputs(activation);
        activation.BackwardFromOutput(y, dy, y);
        return MemoryMarshal.AsBytes<float>(y).ToArray();
    }

    private static ElementwiseActivation Function(string name) => (ElementwiseActivation)Activation.Parse(name);

    // Outputs as the function gives them, next to its limits and to 0, and some that it never gives; gradients of every size, and powers
    // of 2, which make ties: all of them in turns, and stretches of one kind, which few vectors are in doubt of.
    private static (float[] Y, float[] Dy) Inputs(ElementwiseActivation activation)
    {
        const int count = 80_000, stretch = 1000;
        Random random = new(11);
        float[] x = new float[count], y = new float[count], dy = new float[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-4, 8)));
            int mixed = i % 4, kind = (i / stretch) % 8;
            dy[i] = (kind < 4 ? mixed : kind) switch
            {
                1 => MathF.ScaleB(1, random.Next(-20, 3)),
                2 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
                3 => random.Next(-1, 2),
                5 => (float)(Half)(random.NextDouble() - 0.5),
                6 => random.Next(2) * (float)(random.NextDouble() - 0.5),
                7 => (float)(1e-33 * (random.NextDouble() - 0.5)),
                _ => (float)(random.NextDouble() - 0.5),
            };
        }
        activation.Forward(x, y);
        for (int i = 3; i < 200 * 31; i += 31)
            y[i] = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        for (int i = 0; i < count; i++)
        {
            if ((i / stretch) % 8 == 5 && Math.Abs(y[i]) <= 2)
                y[i] = (float)(Half)y[i];
        }
        (y[5], y[77], y[800], y[801], y[802]) = (float.NaN, 0, -0f, 1, -1);
        (dy[900], dy[901], dy[1000]) = (float.NaN, float.PositiveInfinity, -0f);
        return (y, dy);
    }

    // In whole numbers of 2⁻⁴⁵⁰, exactly.
    private static float Nearest(ElementwiseActivation activation, float y, float dy)
    {
        BigInteger output = Whole(y), one = BigInteger.One << 150;
        BigInteger slope = activation.Info.Name switch
        {
            "sigmoid" => (output << 150) - (output * output),
            "tanh" => (one << 150) - (output * output),
            _ => (y > 0 ? one : output + Whole(activation.ParameterValues[0])) << 150,
        };
        BigInteger product = slope * Whole(dy), magnitude = BigInteger.Abs(product);
        // A slope that vanishes is +0, but for y - y² where y is -0.
        bool slopeIsNegative = slope.IsZero ? activation.Info.Name == "sigmoid" && y == 0 && float.IsNegative(y) : slope.Sign < 0;
        bool isNegative = slopeIsNegative != float.IsNegative(dy);
        int bits = (int)magnitude.GetBitLength(), drop = Math.Max(bits - 24, 450 - 149);
        BigInteger kept = magnitude >> drop, rest = magnitude - (kept << drop), half = BigInteger.One << (drop - 1);
        if (rest > half || (rest == half && !kept.IsEven))
            kept++;
        double value = Math.ScaleB((double)kept, drop - 450);
        return (float)(isNegative ? -value : value);
    }

    // A float, or a double of ordinary size, in whole numbers of 2⁻¹⁵⁰.
    private static BigInteger Whole(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int shift = (int)((bits >> 52) & 2047) - 1075 + 150;
        BigInteger mantissa = value == 0 ? 0 : (bits & ((1L << 52) - 1)) | (1L << 52);
        BigInteger magnitude = shift < 0 ? mantissa >> -shift : mantissa << shift;
        return bits < 0 ? -magnitude : magnitude;
    }
}
