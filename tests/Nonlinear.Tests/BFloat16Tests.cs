using System.Globalization;
using CsCheck;

namespace Nonlinear.Tests;

public class BFloat16Tests
{
    private static readonly BFloat16[] All = [.. Enumerable.Range(0, 1 << 16).Select(bits => BFloat16.FromBits((ushort)bits))];

    private static readonly BFloat16[] Finite = [.. All.Where(value => float.IsFinite(value))];

    [Fact]
    public void Every_value_survives_the_way_through_float_and_double()
    {
        Assert.All(Finite, value => Assert.Equal(value.ToBits(), ((BFloat16)(float)value).ToBits()));
        Assert.All(Finite, value => Assert.Equal(value.ToBits(), ((BFloat16)(double)value).ToBits()));
        Assert.All(All.Except(Finite).Where(BFloat16.IsNaN), value => Assert.True(BFloat16.IsNaN((BFloat16)(float)value)));
        Assert.Equal(float.PositiveInfinity, BFloat16.PositiveInfinity);
        Assert.Equal(float.NegativeInfinity, BFloat16.NegativeInfinity);
    }

    [Fact]
    public void Every_value_survives_printing() =>
        Assert.All(
            Finite,
            value => Assert.Equal(
                value.ToBits(), BFloat16.Parse(value.ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToBits()));

    [Fact]
    public void Doubles_are_rounded_once_to_the_nearest_ties_to_even() =>
        Gen.Select(Gen.Int[0, 0x7F7E], Gen.Double[0, 1]).Sample((bits, share) =>
    {
        double low = BFloat16.FromBits((ushort)bits), high = BFloat16.FromBits((ushort)(bits + 1)), middle = (low + high) / 2;
        Assert.Equal(bits % 2 == 0 ? low : high, (double)(BFloat16)middle);
        Assert.Equal(low, (double)(BFloat16)Math.BitDecrement(middle));
        Assert.Equal(high, (double)(BFloat16)Math.BitIncrement(middle));
        double x = low + ((high - low) * share);
        Assert.Equal(x < middle ? low : x > middle ? high : (double)(BFloat16)middle, (double)(BFloat16)x);
        Assert.Equal(-(double)(BFloat16)x, (double)(BFloat16)(-x));
    });

    [Fact]
    public void What_is_too_large_becomes_infinite()
    {
        Assert.Equal(BFloat16.MaxValue, (BFloat16)(double)BFloat16.MaxValue);
        Assert.Equal(BFloat16.PositiveInfinity, (BFloat16)float.MaxValue);
        Assert.Equal(BFloat16.NegativeInfinity, (BFloat16)(-1e300));
        Assert.True(BFloat16.IsNaN((BFloat16)double.NaN));
    }

    [Fact]
    public void Comparisons_are_those_of_the_numbers()
    {
        Assert.True((BFloat16)1f < (BFloat16)2f);
        Assert.True((BFloat16)(-0f) == (BFloat16)0f);
        Assert.False(BFloat16.NaN == BFloat16.NaN);
        Assert.True(BFloat16.NaN.Equals(BFloat16.NaN));
        Assert.Equal(-1, Math.Sign(((BFloat16)(-3f)).CompareTo((BFloat16)2f)));
    }
}
