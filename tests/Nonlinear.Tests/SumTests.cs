using Nonlinear.Kernels;
using Nonlinear.Numerics;
using Nonlinear.Oracle;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Tests;

/// <summary>The sums by themselves: what they keep, and an order that is the same on every processor.</summary>
public class SumTests
{
    private static readonly NumberFormat Double = NumberFormat.Named("double");

    [Fact]
    public void A_compensated_sum_is_rounded_once()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Random random = new(1);
        for (int trial = 0; trial < 300; trial++)
        {
            int length = 1 + random.Next(200), spread = random.Next(45);
            double[] a = Numbers(random, length, spread), b = Numbers(random, length, 3);
            CompensatedSum sum = default, products = default;
            sum.Add(a);
            BigFloat.Reset(wide: true);
            BigFloat exact = 0, exactProducts = 0;
            for (int i = 0; i < length; i++)
            {
                products.AddProduct(a[i], b[i]);
                exact += a[i];
                exactProducts += (BigFloat)a[i] * b[i];
            }
            double size = a.Sum(Math.Abs), productSize = a.Zip(b, (first, second) => Math.Abs(first * second)).Sum();
            AssertRounded(exact, sum.Value, size * length);
            AssertRounded(exactProducts, products.Value, productSize * length);
        }
    }

    [Fact]
    public void What_additions_lose_is_kept_whichever_term_is_larger()
    {
        CompensatedSum sum = default;
        sum.Add([1, 1e16, 1, -1e16]);
        Assert.Equal(2, sum.Value);
        sum.Add([1e300, -5, 1e-300, -1e300]);
        Assert.Equal(-3, sum.Value);
        // (2²⁷ + 1)² is 2⁵⁴ + 2²⁸ + 1, of which a product as a double loses the 1.
        CompensatedSum products = default;
        products.AddProduct(134217729, 134217729);
        products.AddProduct(-134217728, 134217728);
        products.AddProduct(-1 << 28, 1);
        Assert.Equal(1, products.Value);
    }

    [Fact]
    public void An_infinity_or_a_NaN_stays()
    {
        Assert.Equal(double.PositiveInfinity, Of(1, double.PositiveInfinity, 2));
        Assert.Equal(double.NegativeInfinity, Of(1, double.NegativeInfinity, 2));
        Assert.Equal(double.NaN, Of(double.PositiveInfinity, double.NegativeInfinity));
        Assert.Equal(double.NaN, Of(1, double.NaN, 2));
        Assert.Equal(double.PositiveInfinity, Of(1e308, 1e308));
        CompensatedSum products = default;
        products.AddProduct(1e200, 1e200);
        products.AddProduct(1, 1);
        Assert.Equal(double.PositiveInfinity, products.Value);

        static double Of(params double[] terms)
        {
            CompensatedSum sum = default;
            sum.Add(terms);
            return sum.Value;
        }
    }

    [Fact]
    public void Eight_strands_are_joined_in_one_order_at_every_width()
    {
        Random random = new(2);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] highs = Numbers(random, 8, 30), lows = [.. highs.Select(high => high * Math.ScaleB(random.NextDouble() - 0.5, -53))];
            foreach (double[] rests in (double[][])[lows, []])
            {
                (double high, double low) = Join<Lane>(highs, rests);
                Assert.Equal((high, low), Join<DoubleLanes2<Unchecked>>(highs, rests));
                Assert.Equal((high, low), Join<DoubleLanes4<Unchecked>>(highs, rests));
                Assert.Equal((high, low), Join<DoubleLanes8<Unchecked>>(highs, rests));
                // Each is added to the one half as many further, as the lanes of vectors are.
                DoubleDouble<Lane>[] pairs =
                    [.. highs.Select((value, i) => new DoubleDouble<Lane>(value, rests.Length > 0 ? rests[i] : 0))];
                DoubleDouble<Lane> all = (pairs[0] + pairs[4] + (pairs[2] + pairs[6])) + (pairs[1] + pairs[5] + (pairs[3] + pairs[7]));
                Assert.Equal((all.High.Value, all.Low.Value), (high, low));
            }
        }
    }

    [Fact]
    public void Sixteen_floats_are_added_in_one_order_with_vectors_and_without()
    {
        Random random = new(3);
        for (int trial = 0; trial < 500; trial++)
        {
            float[] x = Floats(0), rest = Floats(-24);
            double[] joined = [.. x.Zip(rest, (a, b) => (double)a + b)];
            Assert.Equal(Expected([.. x.Select(value => (double)value)]), SixteenSum.Of(ref x[0]));
            Assert.Equal(SixteenSum.Of(ref x[0]), SixteenSum.OneByOne(ref x[0]));
            Assert.Equal(Expected(joined), SixteenSum.Of(ref x[0], ref rest[0]));
            Assert.Equal(SixteenSum.Of(ref x[0], ref rest[0]), SixteenSum.OneByOne(ref x[0], ref rest[0]));
        }

        float[] Floats(int power) => [.. Enumerable.Range(0, 16)
            .Select(_ => (float)Math.ScaleB(random.NextDouble() - 0.5, power + random.Next(-40, 40)))];

        static double Expected(double[] x) => Eight(x[..8]) + Eight(x[8..]);

        static double Eight(double[] x) => ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
    }

    // A number in whole parts that no sum of doubles keeps, in any order.
    [Fact]
    public void An_exact_sum_is_the_same_in_any_order()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Random random = new(4);
        for (int trial = 0; trial < 100; trial++)
        {
            double[] x = Numbers(random, 1 + random.Next(60), 400);
            (ExactSum sum, ExactSum shuffled, ExactSum parts, ExactSum products) = (new(), new(), new(), new());
            BigFloat.Reset(wide: true);
            BigFloat exact = 0;
            foreach (double value in x)
            {
                sum.Add(value);
                products.AddProduct(value, 3);
                exact += value;
            }
            random.Shuffle(x);
            foreach (double value in x)
                (trial % 2 == 0 ? shuffled : parts).Add(value);
            // What a sum held before it was cleared is forgotten.
            ExactSum again = new();
            foreach (double value in (double[])[1e300, 1, 1e-300, 1e-200])
                again.Add(value);
            again.Clear();
            again.Add(parts);
            shuffled.Add(again);
            Assert.Equal(exact.Round(Double), sum.Value.High.Value);
            Assert.Equal((exact - sum.Value.High.Value).ToDouble(), sum.Value.Low.Value, Math.Abs(sum.Value.Low.Value) * 1e-15);
            Assert.Equal(sum.Value.High.Value, shuffled.Value.High.Value);
            Assert.Equal((3 * exact).Round(Double), products.Value.High.Value);
            sum.Add(new DoubleDouble<Lane>(1, 1e-20));
            Assert.Equal((exact + 1 + 1e-20).Round(Double), sum.Value.High.Value);
            sum.Add(double.PositiveInfinity);
            Assert.Equal(double.NaN, sum.Value.High.Value);
            sum.Clear();
            Assert.Equal(0, sum.Value.High.Value);
        }
    }

    private static (double High, double Low) Join<L>(double[] highs, double[] lows)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L[] high = Lanes(highs), low = lows.Length > 0 ? Lanes(lows) : [];
        DoubleDouble<Lane> sum = CompensatedSum.Join<L>(high, low);
        return (sum.High.Value, sum.Low.Value);

        static L[] Lanes(double[] numbers) =>
            [.. Enumerable.Range(0, 8 / L.Count).Select(i => L.Load(ref numbers[0], (nuint)(i * L.Count)))];
    }

    // Of any size within a spread of powers of 2, positive and negative.
    private static double[] Numbers(Random random, int count, int spread) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-spread, spread + 1)))];

    // To an ulp, and what is of the order of the square of a rounding error.
    private static void AssertRounded(BigFloat exact, double actual, double size)
    {
        double error = Math.Abs((exact - actual).ToDouble()), ulp = Math.BitIncrement(Math.Abs(actual)) - Math.Abs(actual);
        Assert.True(error <= (0.5 * ulp) + (size * Math.ScaleB(1, -104)), $"{actual:R} is {error / ulp} ulp off");
    }
}
