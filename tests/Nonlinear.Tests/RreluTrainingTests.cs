namespace Nonlinear.Tests;

public class RreluTrainingTests
{
    [Fact]
    public void Slopes_are_spread_evenly_between_the_bounds()
    {
        RreluTraining rrelu = new(seed: 5);
        double[] slopes = [.. Enumerable.Range(0, 100_000).Select(place => (double)rrelu.Slope(place))];
        Assert.All(slopes, slope => Assert.InRange(slope, 1.0 / 8, 1.0 / 3 + 1e-8));
        double width = (1.0 / 3) - (1.0 / 8), mean = slopes.Average();
        double variance = slopes.Average(slope => (slope - mean) * (slope - mean));
        // Five standard errors of the mean and of the variance of a uniform law.
        Assert.Equal(11.0 / 48, mean, 5 * width / Math.Sqrt(12 * slopes.Length));
        Assert.Equal(width * width / 12, variance, 5 * width * width / Math.Sqrt(180.0 * slopes.Length));
        double neighbours = slopes.Zip(slopes.Skip(1), (a, b) => (a - mean) * (b - mean)).Average() / variance;
        Assert.Equal(0, neighbours, 5 / Math.Sqrt(slopes.Length));
    }

    // By the published algorithm, in whole numbers of any size.
    [Theory]
    [InlineData(0UL, 0L)]
    [InlineData(7UL, 123_456_789L)]
    [InlineData(ulong.MaxValue, 3L)]
    public void Slopes_are_those_of_SplitMix64(ulong seed, long place)
    {
        System.Numerics.BigInteger word = System.Numerics.BigInteger.One << 64, golden = 0x9E3779B97F4A7C15;
        System.Numerics.BigInteger bits = Mix((Mix(seed) + (place * golden)) % word) >> 40;
        double uniform = (double)bits / (1 << 24);
        Assert.Equal(0.25 + (0.5 * uniform), new RreluTraining(seed, 0.25, 0.75).Slope(place), 1e-7);

        System.Numerics.BigInteger Mix(System.Numerics.BigInteger x)
        {
            x = (x + golden) % word;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 % word;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB % word;
            return x ^ (x >> 31);
        }
    }

    [Fact]
    public void Parts_in_any_order_have_the_bits_of_the_whole_and_backward_has_the_slopes_of_forward() =>
        Spans.ForEachType(new Parts());

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        RreluTraining rrelu = new(1);
        Assert.Throws<ArgumentException>(() => rrelu.Forward(new float[3], new float[2]));
        Assert.Throws<ArgumentException>(() => rrelu.Backward(new float[3], new float[2], new float[3]));
        Assert.Throws<NotSupportedException>(() => rrelu.Forward(new int[1], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RreluTraining(1, 0.5, 0.25));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RreluTraining(1, double.NaN));
    }

    private sealed class Parts : ITypedTest
    {
        public void Run<T>(Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            const int Length = 1000, Cut = 333;
            RreluTraining rrelu = new(11);
            T[] x = [.. Spans.Ordinary(Length, 3).Select(from)], dy = [.. Enumerable.Repeat(from(1), Length)];
            T[] whole = new T[Length], parts = new T[Length], dx = new T[Length];
            (x[5], x[6]) = (from(double.NaN), from(-0.0));
            rrelu.Forward(x, whole, 40);
            rrelu.Forward(x.AsSpan(Cut), parts.AsSpan(Cut), 40 + Cut);
            rrelu.Forward(x.AsSpan(0, Cut), parts.AsSpan(0, Cut), 40);
            rrelu.Backward(x, dy, dx, 40);
            PublicOperationTests.AssertSame<T>(whole, parts, "forward in parts");
            for (int i = 0; i < Length; i++)
            {
                double input = to(x[i]), slope = input > 0 ? 1 : rrelu.Slope(40 + i);
                Assert.Equal(double.IsNaN(input) ? double.NaN : to(from(slope)), to(dx[i]));
                Assert.Equal(to(from(slope * input)), to(whole[i]));
            }
            Assert.True(double.IsNegative(to(whole[6])));
        }
    }
}
