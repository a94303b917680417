using System.Globalization;
using System.Numerics;

namespace Nonlinear.Numerics;

/// <summary>Reads decimal numbers so that rounding them once more does no harm.</summary>
internal static class DecimalText
{
    // More digits than any double, or half way between two of fewer bits, has; what follows only says that there is more.
    private const int MostDigits = 800;

    /// <summary>
    /// A double on the same side as the number of whatever has fewer bits than a double: the nearest double, or its neighbour where that
    /// lies on the other side, or on the number itself, and the text does not.
    /// </summary>
    /// <param name="text">A text that was read as the double.</param>
    /// <param name="format">How numbers are written in it.</param>
    /// <param name="nearest">The double nearest to the number.</param>
    public static double Beside(ReadOnlySpan<char> text, NumberFormatInfo format, double nearest)
    {
        if (!double.IsFinite(nearest) || nearest == 0)
            return nearest;
        int side = CompareSizes(text, format, Math.Abs(nearest)) * Math.Sign(nearest);
        return side > 0 ? Math.BitIncrement(nearest) : side < 0 ? Math.BitDecrement(nearest) : nearest;
    }

    // Whether the size of the number in a text is larger than that of a double (1), the same (0) or smaller (-1).
    private static int CompareSizes(ReadOnlySpan<char> text, NumberFormatInfo format, double size)
    {
        System.Text.StringBuilder digits = new();
        bool behindPoint = false, more = false;
        long exponent = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                exponent -= behindPoint ? 1 : 0;
                if (digits.Length == 0 && text[i] == '0')
                    continue;
                if (digits.Length < MostDigits)
                    digits.Append(text[i]);
                else
                {
                    exponent++;
                    more |= text[i] != '0';
                }
            }
            else if (text[i..].StartsWith(format.NumberDecimalSeparator, StringComparison.Ordinal))
            {
                behindPoint = true;
                i += format.NumberDecimalSeparator.Length - 1;
            }
            else if (text[i] is 'e' or 'E' && digits.Length > 0)
            {
                exponent += long.Parse(text[(i + 1)..], NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, format);
                break;
            }
        }
        long bits = BitConverter.DoubleToInt64Bits(size), biased = bits >> 52, fraction = bits & ((1L << 52) - 1);
        BigInteger left = BigInteger.Parse(digits.ToString(), CultureInfo.InvariantCulture),
            right = biased == 0 ? fraction : fraction | (1L << 52);
        int scale = (int)Math.Max(1, biased) - 1075;
        // digits · 10^exponent against right · 2^scale, without fractions.
        (left, right) = exponent >= 0
            ? (left * BigInteger.Pow(10, (int)exponent), right)
            : (left, right * BigInteger.Pow(10, (int)-exponent));
        (left, right) = scale >= 0 ? (left, right << scale) : (left << -scale, right);
        int order = left.CompareTo(right);
        return order == 0 && more ? 1 : order;
    }
}
