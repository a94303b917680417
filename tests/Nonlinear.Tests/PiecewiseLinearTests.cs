using Nonlinear.Kernels;

namespace Nonlinear.Tests;

/// <summary>
/// Leaky ReLU and its like round one product: with a constant of any kind, of numbers of any size, wherever they stand in the span.
/// </summary>
public class PiecewiseLinearTests
{
    public static TheoryData<double> Slopes => [0.01, 0.1, 0.3, 0.25, 0.7, -0.3, 3.7, 1 / 3.0, 1 + 1e-15, 2e-6, 1e-9, 0];

    [Theory]
    [MemberData(nameof(Slopes))]
    public void Forward_rounds_the_product_once(double alpha)
    {
        float[] x = Inputs();
        float[] y = new float[x.Length];
        Activation.Prelu(alpha).Forward(x, y);
        Assert.All(x.Zip(y), pair => Same(
            pair.First > 0 ? pair.First
            : alpha == 0 && float.IsInfinity(pair.First) ? -0f // the limit
            : Nearest(alpha, pair.First),
            pair.Second));
    }

    [Theory]
    [MemberData(nameof(Slopes))]
    public void Backward_rounds_the_product_once(double alpha)
    {
        float[] x = Inputs(), dy = [.. x.Reverse()], dx = new float[x.Length];
        Activation.Prelu(alpha).Backward(x, dy, dx);
        for (int i = 0; i < x.Length; i++)
            Same(float.IsNaN(x[i]) ? float.NaN : x[i] > 0 ? dy[i] : Nearest(alpha, dy[i]), dx[i]);
    }

    // Floats of the parameters would leave half of the digits of their mean.
    [Theory]
    [InlineData(1.7, -1.7731146001131808)]
    [InlineData(-0.1, 0.10000001)]
    public void A_slope_that_is_what_parameters_leave_keeps_the_promise_of_the_fast_tier(double lower, double upper)
    {
        ElementwiseActivation fast = Activation.Rrelu(lower, upper).In(Tier.Fast);
        float[] x = [-5.5f, -1, -0.3f], y = new float[3], slopes = new float[3];
        fast.Forward(x, y);
        fast.Derivative<float>(x, slopes);
        double slope = (lower + upper) / 2;
        Assert.All(x.Zip(y), pair => Assert.Equal(1, pair.Second / (slope * pair.First), 3e-7));
        Assert.All(slopes, actual => Assert.Equal(1, actual / slope, 3e-7));
    }

    // Among ordinary numbers, in every lane, and without an infinity or a NaN that would send its vector another way.
    [Theory]
    [MemberData(nameof(Slopes))]
    public void Zeros_keep_their_sign_among_ordinary_numbers(double alpha)
    {
        ElementwiseActivation activation = Activation.LeakyRelu(alpha);
        foreach (float zero in (float[])[0f, -0f])
        {
            for (int place = 0; place < 40; place++)
            {
                float[] x = [.. Enumerable.Range(0, 64).Select(i => (i % 7) - 2.5f)], dy = [.. x.Reverse()], y = new float[64];
                float[] dx = new float[64];
                (x[place], dy[63 - place]) = (zero, zero);
                activation.Forward(x, y);
                activation.Backward(x, dy, dx);
                Same(Nearest(alpha, zero), y[place]);
                Same(x[63 - place] > 0 ? zero : Nearest(alpha, zero), dx[63 - place]);
                float[] alone = [zero], result = new float[1];
                activation.Forward(alone, result);
                Same(Nearest(alpha, zero), result[0]);
                activation.Backward([-1f], alone, result);
                Same(Nearest(alpha, zero), result[0]);
                if (!activation.HasDerivativeFromOutput)
                    continue;
                activation.BackwardFromOutput(y, dy, dx);
                Same(y[63 - place] > 0 ? zero : Nearest(alpha, zero), dx[63 - place]);
            }
        }
    }

    // A product's rounding does not depend on the power of 2 of x, so one binade tells all that the loop takes.
    [Fact]
    public void Of_known_slopes_every_mantissa_is_rounded_once()
    {
        float[] x = new float[1 << 23], y = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
            x[i] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(-1f) + i);
        foreach (double alpha in PiecewiseLinearLoop.KnownSlopes.ToArray())
        {
            Activation.LeakyRelu(alpha).Forward(x, y);
            for (int i = 0; i < x.Length; i++)
            {
                if (y[i] != Nearest(alpha, x[i]))
                    Assert.Fail($"{alpha} times {x[i]:R} is not {y[i]:R}");
            }
        }
    }

    [Fact]
    public void A_part_of_a_span_has_the_bits_of_the_whole()
    {
        float[] x = Inputs(), whole = new float[x.Length];
        Activation.LeakyRelu(0.01).Forward(x, whole);
        for (int length = 0; length < 70; length++)
        {
            float[] part = x[..length];
            Activation.LeakyRelu(0.01).Forward(part, part);
            Assert.Equal(whole[..length], part);
        }
    }

    // Every magnitude that floats have, and what is out of the ordinary among it.
    private static float[] Inputs()
    {
        Random random = new(7);
        float[] x = [.. Enumerable.Range(0, 20_001).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)))];
        (x[5], x[100], x[1000], x[1001], x[7000]) = (float.NaN, 0, -0f, float.NegativeInfinity, float.PositiveInfinity);
        return x;
    }

    // The product in two doubles, rounded to odd and then to float.
    private static float Nearest(double alpha, float x)
    {
        double product = alpha * x, rest = Math.FusedMultiplyAdd(alpha, x, -product);
        long bits = BitConverter.DoubleToInt64Bits(product);
        bool isExact = rest == 0 || !double.IsFinite(product) || (bits & 1) != 0;
        double odd = BitConverter.Int64BitsToDouble(double.IsNegative(rest) == double.IsNegative(product) ? bits + 1 : bits - 1);
        return (float)(isExact ? product : odd);
    }

    private static void Same(float expected, float actual)
    {
        if (float.IsNaN(expected))
            Assert.True(float.IsNaN(actual));
        else
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(actual));
    }
}
