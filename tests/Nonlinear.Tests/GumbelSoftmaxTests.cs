using Nonlinear.Numerics;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class GumbelSoftmaxTests
{
    // The known answers of the generator's authors (Random123, kat_vectors).
    [Fact]
    public void The_random_words_are_those_of_Philox()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Words((0, 0, 0, 0), (0, 0)));
        Assert.Equal(
            (0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu),
            Philox.Words((~0u, ~0u, ~0u, ~0u), (~0u, ~0u)));
        Assert.Equal(
            (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            Philox.Words((0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344), (0xa4093822, 0x299f31d0)));
    }

    [Fact]
    public void A_number_between_0_and_1_is_the_odd_multiple_that_52_of_the_bits_tell()
    {
        foreach (ulong seed in (ulong[])[0, 1, 0xa4093822_299f31d0])
        {
            for (ulong place = 0; place < 50; place++)
            {
                (uint first, uint second, _, _) = Philox.Words(((uint)place, 0, 0, 0), ((uint)seed, (uint)(seed >> 32)));
                double bits = (first * Math.ScaleB(1, 20)) + (second >> 12);
                Assert.Equal(Math.ScaleB((2 * bits) + 1, -53), Philox.Uniform(seed, place));
            }
        }
    }

    [Fact]
    public void Places_and_seeds_beyond_32_bits_have_numbers_of_their_own()
    {
        HashSet<double> seen = [];
        foreach (ulong high in (ulong[])[0, 1, 2, 1UL << 31])
        {
            for (ulong low = 0; low < 100; low++)
            {
                Assert.True(seen.Add(Philox.Uniform(7, (high << 32) | low)));
                Assert.True(seen.Add(Philox.Uniform((high << 32) | (low + 8), 1000)));
            }
        }
    }

    [Fact]
    public void Noise_is_the_nearest_double_to_its_formula()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        const int Count = 3000;
        double[] noise = new double[Count];
        GumbelSoftmax.Noise(5, 1_000_000, noise);
        for (int i = 0; i < Count; i++)
        {
            BigFloat.Reset();
            BigFloat u = Philox.Uniform(5, 1_000_000 + (ulong)i);
            BigFloat exact = -BigFloat.Log1p(-BigFloat.Log1p(u - 1) - 1);
            Assert.Equal(exact.Round(NumberFormat.Named("double")), noise[i]);
        }
    }

    // At both ends of what u can be: 2⁻⁵³ and 1 - 2⁻⁵³.
    [Fact]
    public void Logarithms_are_right_at_the_ends_too()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        foreach (double u in (double[])[Math.ScaleB(1, -53), 1 - Math.ScaleB(1, -53), 0.5, Math.ScaleB(1023, -10), 0.36787944117144233])
        {
            BigFloat.Reset();
            double first = PreciseElementary.Log1p(DoubleDouble<DoubleLanes1<Unchecked>>.Sum(u, -1)).High.Value;
            Assert.Equal(BigFloat.Log1p((BigFloat)u - 1).Round(NumberFormat.Named("double")), first);
        }
    }

    [Fact]
    public void Noise_has_the_mean_the_variance_and_the_distribution_of_Gumbels_law()
    {
        const int Count = 1_000_000;
        const double Euler = 0.5772156649015329, Variance = Math.PI * Math.PI / 6;
        double[] noise = new double[Count];
        GumbelSoftmax.Noise(1, 0, noise);
        double mean = noise.Average(), variance = noise.Average(g => (g - mean) * (g - mean));
        Assert.Equal(Euler, mean, 5 * Math.Sqrt(Variance / Count));
        // The fourth central moment is 27/5 of the squared variance.
        Assert.Equal(Variance, variance, 5 * Variance * Math.Sqrt((27.0 / 5 - 1) / Count));
        // Kolmogorov and Smirnov: above 1.95 / √n in one of a thousand samples.
        double[] sorted = [.. noise.Order()];
        double distance = sorted.Select((g, i) => Math.Abs(Math.Exp(-Math.Exp(-g)) - ((i + 0.5) / Count))).Max();
        Assert.True(distance < 1.95 / Math.Sqrt(Count), $"{distance}");
        // Neighbours know nothing of each other.
        double correlation = noise.Zip(noise.Skip(1), (a, b) => (a - mean) * (b - mean)).Average() / variance;
        Assert.InRange(correlation, -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
    }

    [Fact]
    public void Noise_depends_on_the_seed_and_the_number_alone()
    {
        double[] all = new double[100], part = new double[10], other = new double[100];
        GumbelSoftmax.Noise(3, 40, all);
        GumbelSoftmax.Noise(3, 77, part);
        GumbelSoftmax.Noise(4, 40, other);
        Assert.Equal(all[37..47], part);
        Assert.DoesNotContain(other, all.Contains);
        Assert.Throws<ArgumentOutOfRangeException>(() => GumbelSoftmax.Noise(-1, 0, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GumbelSoftmax.Noise(0, -1, new double[1]));
    }

    [Fact]
    public void Outputs_are_the_softmax_of_the_inputs_with_noise_over_tau()
    {
        const double Tau = 0.7;
        double[] x = Spans.Ordinary(12, 1), noise = new double[12], y = new double[12], expected = new double[12];
        Activation.GumbelSoftmax(Tau, seed: 9).Forward(x, y, [3, 4], 1);
        GumbelSoftmax.Noise(9, 0, noise);
        Activation.Softmax().Forward(x.Zip(noise, (a, g) => (a + g) / Tau).ToArray(), expected, [3, 4], 1);
        Assert.All(expected.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void Hard_outputs_are_drawn_with_the_probabilities_of_softmax()
    {
        const int Rows = 20_000;
        double[] logits = [1, 0, -1, 0.5], shares = new double[4];
        Activation.Softmax().Forward(logits, shares);
        float[] x = [.. Enumerable.Range(0, Rows * 4).Select(i => (float)logits[i % 4])], y = new float[x.Length];
        Activation.GumbelSoftmax(hard: true, seed: 12).Forward(x, y, [Rows, 4], 1);
        Assert.All(y, value => Assert.True(value is 0 or 1));
        for (int k = 0; k < 4; k++)
        {
            double share = Enumerable.Range(0, Rows).Average(row => (double)y[(row * 4) + k]);
            Assert.Equal(shares[k], share, 5 * Math.Sqrt(shares[k] * (1 - shares[k]) / Rows));
        }
    }

    [Fact]
    public void The_gradient_of_hard_outputs_is_that_of_the_soft_ones()
    {
        AxisActivation soft = Activation.GumbelSoftmax(0.5, seed: 2), hard = Activation.GumbelSoftmax(0.5, hard: true, seed: 2);
        double[] x = Spans.Ordinary(20, 3), dy = Spans.Ordinary(20, 4), expected = new double[20], dx = new double[20], y = new double[20];
        soft.Backward(x, dy, expected, [4, 5], 1);
        hard.Backward(x, dy, dx, [4, 5], 1);
        Assert.Equal(expected, dx);
        soft.Forward(x, y, [4, 5], 1);
        soft.BackwardFromOutput(y, dy, dx, [4, 5], 1);
        Assert.All(expected.Zip(dx), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        Assert.False(hard.HasDerivativeFromOutput);
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => hard.BackwardFromOutput(y, dy, dx, [4, 5], 1));
        Assert.Contains("Backward", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Jacobian_has_the_gradient_of_each_output_for_a_row()
    {
        const int Length = 9;
        double[] x = Spans.Ordinary(Length, 3), jacobian = new double[Length * Length];
        double[] row = new double[Length], upstream = new double[Length];
        AxisActivation function = Activation.GumbelSoftmax(0.5, seed: 2);
        function.Jacobian(x, jacobian);
        for (int i = 0; i < Length; i++)
        {
            upstream.AsSpan().Clear();
            upstream[i] = 1;
            function.Backward(x, upstream, row);
            Assert.Equal(row, jacobian.AsSpan(i * Length, Length).ToArray());
        }
    }

    [Fact]
    public void Undefined_inputs_give_NaN_hard_or_soft()
    {
        foreach (bool hard in (bool[])[false, true])
        {
            foreach (double[] x in (double[][])[[double.NaN, 0], [double.PositiveInfinity, 0], [-1 / 0.0, -1 / 0.0]])
            {
                double[] y = new double[2];
                Activation.GumbelSoftmax(hard: hard).Forward(x, y);
                Assert.All(y, value => Assert.True(double.IsNaN(value)));
            }
        }
        double[] one = new double[2];
        Activation.GumbelSoftmax(hard: true).Forward([double.NegativeInfinity, 0], one);
        Assert.Equal([0, 1], one);
    }

    [Fact]
    public void The_spelling_reads_back()
    {
        AxisActivation activation = Activation.GumbelSoftmax(0.5, hard: true, seed: 7);
        Assert.Equal(activation, Activation.Parse(activation.ToString()));
        Assert.NotEqual(activation, Activation.GumbelSoftmax(0.5, hard: true, seed: 8));
    }
}
