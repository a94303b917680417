using System.Globalization;

namespace Nonlinear.Names;

/// <summary>Numbers as people write them as arguments: 0.2, 1e-2, 1/8, 0.2f.</summary>
internal static class Numeral
{
    public static bool TryRead(string text, out double value)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && TryReadOne(text[..slash], out double above) && TryReadOne(text[(slash + 1)..], out double below))
        {
            value = above / below;
            return below != 0;
        }
        return TryReadOne(text, out value);
    }

    // Without infinity and NaN: inf and nan may be the names of anything.
    private static bool TryReadOne(string text, out double value)
    {
        value = 0;
        return text.Length > 0
            && (char.IsAsciiDigit(text[^1]) || text[^1] is '.' or 'f' or 'F')
            && text.All(c => char.IsAsciiDigit(c) || c is '.' or '+' or '-' or 'e' or 'E' or 'f' or 'F')
            && double.TryParse(text.TrimEnd('f', 'F'), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
