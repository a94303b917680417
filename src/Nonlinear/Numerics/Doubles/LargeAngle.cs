using System.Globalization;
using System.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Numerics;

/// <summary>
/// Angles of any size less whole quarters of a turn, in whole numbers: times 2/π to 2176 binary places, of which the digits before the
/// point are the quarters (M. Payne, R. Hanek, 1983).
/// </summary>
internal static class LargeAngle
{
    private const int Digits = 53;

    private static readonly BigInteger PerQuarter =
        BigInteger.Parse("0" + AngleConstants.PerQuarterDigits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>
    /// (high + low) · 2^exponent, up to 2²⁰⁴⁸, as quarters from -1 to 2 and a rest between -π/4 and π/4; NaN where the angle is not finite.
    /// </summary>
    public static (double Quarter, double High, double Low) Reduce(double high, double low, int exponent = 0)
    {
        if (!double.IsFinite(high) || !double.IsFinite(low))
            return (0, double.NaN, 0);
        (BigInteger whole, int shift) = Whole(high, low);
        if (whole.IsZero)
            return (0, high, 0);
        int places = AngleConstants.Bits - shift - exponent;
        BigInteger product = whole * PerQuarter, quarters = (product + (BigInteger.One << (places - 1))) >> places;
        BigInteger rest = product - (quarters << places);
        int dropped = Math.Max(0, (int)rest.GetBitLength() - 2 * Digits);
        BigInteger leading = rest >> dropped, top = leading >> Digits;
        DoubleDouble<Lane> part = DoubleDouble<Lane>.QuickSum(
            Math.ScaleB((double)top, Digits + dropped - places), Math.ScaleB((double)(leading - (top << Digits)), dropped - places));
        DoubleDouble<Lane> angle = part * new DoubleDouble<Lane>(AngleConstants.Quarter, AngleConstants.QuarterLow);
        int quarter = (int)(quarters & 3);
        return (quarter == 3 ? -1 : quarter, angle.High.Value, angle.Low.Value);
    }

    // high + low as a whole number times a power of two.
    private static (BigInteger Whole, int Shift) Whole(double high, double low)
    {
        (BigInteger whole, int shift) = Whole(high);
        if (low == 0)
            return (whole, shift);
        (BigInteger rest, int lowShift) = Whole(low);
        // Beyond this the low part is too small to tell.
        lowShift = Math.Max(lowShift, shift - 300);
        rest = new BigInteger(Math.ScaleB(low, -lowShift));
        return ((whole << (shift - lowShift)) + rest, lowShift);
    }

    private static (BigInteger Whole, int Shift) Whole(double x)
    {
        if (x == 0)
            return (0, 0);
        int shift = Math.Max(Math.ILogB(x), -1022) - Digits + 1;
        return (new BigInteger(Math.ScaleB(x, -shift)), shift);
    }
}
