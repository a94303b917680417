using System.Numerics;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Tests;

public class SparseProbabilityTests
{
    private const double Inf = double.PositiveInfinity;

    // 1.5² + 1 + 3 · 0.5² = 4: the threshold is 0, and comes from a mean and a root that no pair of doubles holds.
    [Fact]
    public void An_input_at_the_threshold_of_entmax_has_no_share_and_no_gradient()
    {
        double[] x = [1.5, 1, 0.5, 0.5, 0.5, 0], y = new double[6], dx = new double[6];
        AxisActivation entmax = Activation.Entmax(1.5);
        entmax.Forward<double>(x, y);
        entmax.Backward<double>(x, [1, 2, 3, 4, 5, 6], dx);
        Assert.Equal([0.5625, 0.25, 0.0625, 0.0625, 0.0625, 0], y);
        Assert.Equal([-1.03125, -0.1875, 0.15625, 0.40625, 0.65625, 0], dx);
    }

    // By mpmath with 12,000 bits. Inputs lie closer together, beside their distance from the largest, than a pair of doubles tells; shares
    // hang on thresholds that lie 10⁻¹⁶⁷ below an input; weights leave the range of doubles.
    [Theory]
    [InlineData(
        648.1266612208462, new[] { -1.4199167526666583e-228, 1e-45, 0 }, new[] { 0, 0.8606085107756175, 0.13939148922438252 },
        new[] { 1.0, -2, 3 }, new[] { 0, -6.64945954438057e+42, 6.64945954438057e+42 })]
    [InlineData(
        32, new[] { 1e-07, 1.1754944e-38, 1e-45, -745, 0, 5e-324 },
        new[] { 0.6642047699319547, 0.08395048538991429, 0.08394824822617061, 0, 0.08394824822598022, 0.08394824822598022 },
        new[] { 1, -2, 3, 0.5, 0.25, -1 },
        new[] { 200780.07224351692, -3.924500485151018e+32, 5.592008170179366e+32, 0, 3.5620208583286626e+31, -2.023709770861214e+32 })]
    [InlineData(3, new[] { 2.453125, 0.5, 2.453125, 2.328125 }, new[] { 0.5, 0, 0.5, 0 }, new[] { 1, -2, 3, 0.5 }, new[] { -2.0, 0, 2, 0 })]
    [InlineData(
        105.22472155359115, new[] { 1, 0.999, 0.998, 0.5 }, new[] { 0.9785381688263873, 0.02146183117361262, 0, 0 },
        new[] { 1, -2, 3, 0.5 }, new[] { 28.16620148003658, -28.16620148003658, 0, 0 })]
    [InlineData(
        2.5, new[] { 0.3, 0.1, -0.2, 0.25 }, new[] { 0.4831328188288911, 0.10865295559946123, 0, 0.40821422557164766 },
        new[] { 1, -2, 3, 0.5 }, new[] { 2.355201388389608, -4.13485136939605, 0, 1.7796499810064421 })]
    [InlineData(
        1.75, new[] { 0.3, 0.1, -0.2, 0.25 },
        new[] { 0.3785421624968777, 0.23044105365360798, 0.051176822742013836, 0.3398399611075005 },
        new[] { 1, -2, 3, 0.5 }, new[] { 0.4357553152950638, -1.6936480724898604, 1.2154882105265534, 0.04240454666824321 })]
    [InlineData(1117, new[] { 0.0, 0 }, new[] { 0.5, 0.5 }, new[] { 1.0, -2 }, new[] { Inf, -Inf })]
    [InlineData(1117, new[] { 0.0, 0, 0 }, new[] { 1.0 / 3, 1.0 / 3, 1.0 / 3 }, new[] { 0.7, 0.7, 0.7 }, new[] { 0.0, 0, 0 })]
    public void Entmax_of_any_power_is_right_to_the_last_bit(double alpha, double[] x, double[] share, double[] dy, double[] gradient)
    {
        double[] y = new double[x.Length], dx = new double[x.Length];
        AxisActivation entmax = Activation.Entmax(alpha);
        entmax.Forward<double>(x, y);
        entmax.Backward<double>(x, dy, dx);
        Assert.Equal(share, y);
        Assert.Equal(gradient, dx);
    }

    // Every subset of the inputs is tried as support, with fractions of whole numbers, so nothing is rounded but the result.
    [Fact]
    public void Sparsemax_is_the_nearest_number_to_what_trying_every_support_gives()
    {
        Random random = new(1);
        for (int trial = 0; trial < 300; trial++)
        {
            int length = random.Next(1, 7);
            double scale = Math.ScaleB(1, random.Next(-40, 3));
            // Now and then so that a difference from the threshold cancels to next to nothing.
            float[] x = [.. Enumerable.Range(0, length).Select(i => (float)(trial % 3 == 0
                ? (i == 0 ? 0 : -1.0 / i) + (scale * random.NextDouble())
                : scale * (random.NextDouble() - 0.5)))];
            (BigInteger Numerator, int Count)[] exact = BruteForce(x);
            float[] y = new float[length];
            double[] wide = new double[length];
            Activation.Sparsemax().Forward(x, y);
            Activation.Sparsemax().Forward(x.Select(value => (double)value).ToArray(), wide);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal((float)Rounded(exact[i], 24, -149), y[i]);
                Assert.Equal(Rounded(exact[i], 53, -1074), wide[i]);
            }
        }
    }

    [Fact]
    public void A_share_that_cancels_to_the_last_bit_keeps_its_digits()
    {
        // 1 + (-1e-40) - (-1) leaves 1e-40, half of which is the smaller share.
        double[] x = [-1e-40, -1], y = new double[2];
        Activation.Sparsemax().Forward(x, y);
        Assert.Equal([1, 0.5e-40], y);
        float[] narrow = [-1e-40f, -1], result = new float[2];
        Activation.Sparsemax().Forward(narrow, result);
        Assert.Equal([1f, (float)(1e-40f / 2.0)], result);
    }

    // By mpmath: shares of a half and of a third of the least double, whose nearest double is 0, and one that is 0.
    [Theory]
    [InlineData(new[] { 1, 5e-324 }, new[] { 1.0, 3 }, new[] { -1.0, 1 })]
    [InlineData(new[] { 1, 5e-324, 5e-324 }, new[] { 1.0, 4, 7 }, new[] { -3.0, 0, 3 })]
    [InlineData(new[] { 1, 5e-324, 0 }, new[] { 1.0, 4, 7 }, new[] { -1.5, 1.5, 0 })]
    public void A_share_below_the_least_double_has_a_gradient(double[] x, double[] dy, double[] gradient)
    {
        foreach (AxisActivation function in (AxisActivation[])[Activation.Sparsemax(), Activation.Entmax(2)])
        {
            double[] y = new double[x.Length], dx = new double[x.Length];
            function.Forward<double>(x, y);
            function.Backward<double>(x, dy, dx);
            Assert.Equal([1, .. new double[x.Length - 1]], y);
            Assert.Equal(gradient, dx);
        }
    }

    [Fact]
    public void The_ends_of_the_family_are_softmax_and_sparsemax()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            double[] x = Spans.Ordinary(1 + (seed % 9), seed, scale: 2), u = Spans.Ordinary(x.Length, seed + 100);
            foreach ((AxisActivation end, AxisActivation known, double tolerance) in
                ((AxisActivation, AxisActivation, double)[])[
                    (Activation.Entmax(1), Activation.Softmax(), 1e-15),
                    (Activation.Entmax(2), Activation.Sparsemax(), 0),
                    (Activation.Entmax(1 + 1e-12), Activation.Softmax(), 1e-10),
                    (Activation.Entmax(2 - 1e-12), Activation.Sparsemax(), 1e-10),
                    (Activation.Entmax(1.5 + 1e-13), Activation.Entmax(), 1e-11),
                    (Activation.Entmax(1e6), Activation.Hardmax(), 1e-4)])
            {
                double[] y = new double[x.Length], expected = new double[x.Length];
                end.Forward(x, y);
                known.Forward(x, expected);
                Assert.All(expected.Zip(y), pair => Assert.Equal(pair.First, pair.Second, tolerance));
                if (tolerance == 1e-4)
                    continue;
                end.Backward(x, u, y);
                known.Backward(x, u, expected);
                Assert.All(expected.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 100 * tolerance));
            }
        }
    }

    [Theory]
    [InlineData("sparsemax")]
    [InlineData("entmax")]
    [InlineData("entmax(alpha=1.2)")]
    [InlineData("entmax(alpha=5)")]
    public void Infinite_and_undefined_inputs_give_what_is_documented(string name)
    {
        Assert.Equal([0.5, 0, 0.5], Of(name, [1, -Inf, 1]));
        Assert.Equal([1, 0], Of(name, [double.MaxValue, -double.MaxValue]));
        Assert.Equal([0.25, 0.25, 0.25, 0.25], Of(name, [1e300, 1e300, 1e300, 1e300]));
        Assert.Empty(Of(name, []));
        foreach (double[] x in (double[][])[[double.NaN, 0], [0, double.NaN], [Inf, 0], [-Inf, -Inf]])
            Assert.All(Of(name, x), y => Assert.True(double.IsNaN(y)));
    }

    [Fact]
    public void Hardmax_is_1_at_the_first_of_the_largest()
    {
        Assert.Equal([0, 1, 0, 0], Of("hardmax", [1, 3, 3, 2]));
        Assert.Equal([1, 0], Of("hardmax", [-Inf, -Inf]));
        Assert.Equal([0, 1, 0], Of("hardmax", [5, Inf, Inf]));
        Assert.Equal([1, 0], Of("hardmax", [-0.0, 0.0]));
        Assert.All(Of("hardmax", [1, double.NaN, 3]), y => Assert.True(double.IsNaN(y)));
    }

    [Theory]
    [InlineData("sparsemax")]
    [InlineData("entmax")]
    [InlineData("entmax(alpha=3)")]
    public void At_the_edge_of_the_support_an_input_has_no_gradient(string name)
    {
        // Both functions give the second exactly 0 here, and any more would give it a share.
        double edge = name == "sparsemax" ? -1 : name == "entmax" ? -2 : -0.5;
        double[] dx = new double[2];
        Assert.Equal([1, 0], Of(name, [0, edge]));
        ((AxisActivation)Activation.Parse(name)).Backward([0, edge], [1, 5], dx);
        Assert.Equal([0, 0], dx);
    }

    [Theory]
    [Trait("Speed", "slow")]
    [InlineData("entmax(alpha=1.3)", "double", false)]
    [InlineData("entmax(alpha=2.7)", "double", true)]
    [InlineData("entmax(alpha=20)", "float", false)]
    public void Any_order_keeps_the_guarantee(string name, string type, bool backward)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        VectorSubject subject = new((AxisActivation)Activation.Parse(name), backward, NumberFormat.Named(type));
        Outcome outcome = VectorSweep.Run(subject, 1, 7, cancellation: TestContext.Current.CancellationToken);
        Assert.True(outcome.Keeps(subject.Guarantee), $"{subject}: {string.Join("; ", outcome.Broken.Take(3))}");
    }

    private static double[] Of(string name, double[] x)
    {
        double[] y = new double[x.Length];
        Activation.Parse(name).Forward(x, y);
        return y;
    }

    // Each share as a multiple of 2⁻¹⁴⁹ and what it is to be divided by.
    private static (BigInteger, int)[] BruteForce(float[] x)
    {
        BigInteger one = BigInteger.One << 149;
        BigInteger[] whole = [.. x.Select(value => Whole(value))];
        for (int set = (1 << x.Length) - 1; set > 0; set--)
        {
            int count = BitOperations.PopCount((uint)set);
            BigInteger sum = Enumerable.Range(0, x.Length).Where(i => Has(i)).Aggregate(BigInteger.Zero, (all, i) => all + whole[i]);
            // x - (sum - 1) / count, times the count.
            BigInteger[] shares = [.. whole.Select(value => (count * value) - sum + one)];
            if (Enumerable.Range(0, x.Length).All(i => Has(i) ? shares[i].Sign > 0 : shares[i].Sign <= 0))
                return [.. shares.Select((share, i) => (Has(i) ? share : 0, count))];

            bool Has(int i) => (set >> i & 1) != 0;
        }
        throw new InvalidOperationException("No support fits.");
    }

    private static BigInteger Whole(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value), exponent = bits >> 23 & 0xFF;
        BigInteger size = exponent == 0 ? bits & 0x7FFFFF : (BigInteger)((bits & 0x7FFFFF) | 0x800000) << (exponent - 1);
        return bits < 0 ? -size : size;
    }

    // The nearest number of so many bits, ties to even.
    private static double Rounded((BigInteger Numerator, int Count) share, int precision, int least)
    {
        if (share.Numerator.IsZero)
            return 0;
        int length = (int)(share.Numerator / share.Count).GetBitLength();
        int unit = Math.Max(length - precision, least + 149); // as a power of two in multiples of 2⁻¹⁴⁹
        while (true)
        {
            BigInteger numerator = unit < 0 ? share.Numerator << -unit : share.Numerator;
            BigInteger denominator = unit > 0 ? (BigInteger)share.Count << unit : share.Count;
            BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
            if (quotient.GetBitLength() < precision && unit > least + 149)
            {
                unit--;
                continue;
            }
            int above = (2 * rest).CompareTo(denominator);
            if (above > 0 || (above == 0 && !quotient.IsEven))
                quotient++;
            return Math.ScaleB((double)quotient, unit - 149);
        }
    }
}
