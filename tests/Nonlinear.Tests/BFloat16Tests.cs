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

    // On and beside the middle between two values; exact fractions say which is nearer. A double holds none of what lies beside.
    [Theory]
    [InlineData("1.00390625", 0x3F80)]
    [InlineData("1.003906250000000000000000000000000000001", 0x3F81)]
    [InlineData("1.00390624999999999999999999999999999999", 0x3F80)]
    [InlineData("1.01171875", 0x3F82)]
    [InlineData("1.01171874999999999999999999999999999999", 0x3F81)]
    [InlineData("-1.01171874999999999999999999999999999999", 0xBF81)]
    [InlineData("10.156250000000000000000000000000000001", 0x4123)]
    [InlineData("  0.0101562500000000000000000000000000000010e+3", 0x4123)]
    [InlineData("1015625000000000000000000000000000000000001E-41", 0x4123)]
    [InlineData("10.15625", 0x4122)]
    [InlineData("338288524927261089654018896841347694592", 0x7F7E)]
    [InlineData("338288524927261089654018896841347694592.0000000000000000000000000000001", 0x7F7F)]
    [InlineData("339617752923046005526922703901628039168", 0x7F80)]
    [InlineData("339617752923046005526922703901628039167.999999999999999999999999999999", 0x7F7F)]
    public void Texts_are_rounded_once(string text, int bits)
    {
        Assert.Equal(bits, BFloat16.Parse(text, CultureInfo.InvariantCulture).ToBits());
        Assert.True(BFloat16.TryParse(text, CultureInfo.InvariantCulture, out BFloat16 value));
        Assert.Equal(bits, value.ToBits());
    }

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
