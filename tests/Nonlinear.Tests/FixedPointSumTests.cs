using System.Numerics;
using Nonlinear.Kernels;
using Nonlinear.Numerics;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

/// <summary>Sums in whole multiples of 2⁻⁵¹, by themselves: beyond 2⁶³ of them they need more than a word.</summary>
public class FixedPointSumTests
{
    [Fact]
    public void Units_of_any_number_are_a_pair_of_doubles_to_104_bits()
    {
        Random random = new(3);
        for (int bits = 1; bits < 120; bits++)
        {
            for (int trial = 0; trial < 20; trial++)
            {
                Int128 units = (Int128.One << bits) + (Int128)NextBelow(random, bits);
                DoubleDouble<DoubleLanes1<Unchecked>> pair = FixedPointSum.ToDoubleDouble(units);
                BigFloat.Reset();
                BigFloat exact = BigFloat.Scale(BigFloat.Parse(units.ToString(System.Globalization.CultureInfo.InvariantCulture)), -51);
                double error = (((BigFloat)pair.High.Value + pair.Low.Value - exact) / exact).ToDouble();
                Assert.True(Math.Abs(error) <= Math.ScaleB(1, -104), $"{units}: {error}");
            }
        }
    }

    private static BigInteger NextBelow(Random random, int bits)
    {
        byte[] bytes = new byte[17];
        random.NextBytes(bytes.AsSpan(0, 16));
        return new BigInteger(bytes) & ((BigInteger.One << bits) - 1);
    }
}
