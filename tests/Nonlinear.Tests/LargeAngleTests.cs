using Nonlinear.Numerics;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

/// <summary>Angles of any size leave the rest that MPFR's sine and cosine of them tell of.</summary>
public sealed class LargeAngleTests
{
    private const int Seed = 20261130, Count = 1000, LargestExponent = 1023;

    // The rest is right to 2⁻¹⁰⁰ of itself, however close to 0 it comes.
    private const int Digits = 100;

    [Fact]
    public void The_rest_is_right_to_a_hundred_bits()
    {
        Random random = new(Seed);
        for (int i = 0; i < Count; i++)
        {
            double high = Math.ScaleB((1 + random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1), random.Next(-3, LargestExponent));
            double low = random.Next(3) == 0 ? 0 : Math.ScaleB(high * (random.NextDouble() - 0.5), -random.Next(53, 300));
            Check(high, low, exponent: random.Next(2) == 0 ? 0 : random.Next(0, 2 * LargestExponent - Math.ILogB(high)));
        }
    }

    [Theory]
    [InlineData(1.6e9)]
    [InlineData(float.MaxValue)]
    [InlineData(double.MaxValue)]
    // Of all doubles the one closest to a multiple of a quarter (V. Lefèvre, J.-M. Muller).
    [InlineData(5.319372648326541e+255)]
    public void So_it_is_of_notable_angles_and_their_neighbours(double angle)
    {
        foreach (double near in (double[])[angle, Math.BitIncrement(angle), Math.BitDecrement(angle), -angle])
        {
            if (double.IsFinite(near))
                Check(near, 0, 0);
        }
    }

    [Fact]
    public void What_is_no_number_leaves_none()
    {
        foreach (double angle in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            Assert.True(double.IsNaN(LargeAngle.Reduce(angle, 0).High));
        Assert.True(double.IsNegative(LargeAngle.Reduce(-0.0, 0).High));
    }

    private static void Check(double high, double low, int exponent)
    {
        (double quarter, double restHigh, double restLow) = LargeAngle.Reduce(high, low, exponent);
        BigFloat.Reset(wide: true);
        BigFloat angle = BigFloat.Scale((BigFloat)high + low, exponent), rest = (BigFloat)restHigh + restLow;
        BigFloat sine = BigFloat.Sin(angle), cosine = BigFloat.Cos(angle);
        // By whole quarters turned back.
        (BigFloat turnedSine, BigFloat turnedCosine) = quarter switch
        {
            0 => (sine, cosine),
            1 => (-cosine, sine),
            2 => (-sine, -cosine),
            -1 => (cosine, -sine),
            _ => throw new InvalidOperationException($"{quarter} is no quarter"),
        };
        string what = $"({high:R} + {low:R}) 2^{exponent}, quarter {quarter}, rest {restHigh:R}";
        Assert.True(turnedCosine.Sign > 0, what);
        BigFloat exact = BigFloat.Sin(rest), error = turnedSine - exact;
        Assert.True(BigFloat.IsZero(error) || error.Exponent <= exact.Exponent - Digits, what);
    }
}
