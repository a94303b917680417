using Nonlinear.Oracle;

namespace Nonlinear.Tests;

/// <summary>The judge's intervals of large angles hold what MPFR finds.</summary>
public sealed class QuarterTurnsTests
{
    private const int Seed = 20261130, Count = 2000;

    [Fact]
    public void Intervals_of_sine_and_cosine_hold_the_value_and_are_narrow()
    {
        Random random = new(Seed);
        double[] notable = [float.MaxValue, double.MaxValue, 5.319372648326541e+255, 1 << 24, 1e22];
        IEnumerable<double> drawn = Enumerable.Range(0, Count)
            .Select(_ => Math.ScaleB((1 + random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1), random.Next(20, 1024)));
        foreach (double angle in drawn.Concat(notable).Concat(notable.Select(angle => -angle)))
        {
            BigFloat.Reset(wide: true);
            Check(BigFloat.Sin(angle), Interval.Sin(angle), angle);
            Check(BigFloat.Cos(angle), Interval.Cos(angle), angle);
        }
    }

    private static void Check(BigFloat exact, Interval interval, double angle)
    {
        Assert.True((exact - interval.Low).Sign >= 0 && (exact - interval.High).Sign <= 0, $"{angle:R}: {interval}");
        Assert.True(interval.High - interval.Low <= 1e-14 * Math.Abs(interval.High), $"{angle:R}: {interval}");
    }
}
