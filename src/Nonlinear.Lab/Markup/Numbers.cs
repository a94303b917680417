using System.Globalization;

namespace Nonlinear.Lab.Markup;

/// <summary>
/// The one place where the guide writes numbers: a true minus, ∞, powers of ten with superscripts. As the provider of an interpolated
/// text it takes the number of significant digits as format (<c>{slope:6}</c>, 4 unless told otherwise) and <c>%</c> for a share.
/// </summary>
internal sealed class Numbers : IFormatProvider, ICustomFormatter
{
    private const int UsualDigits = 4, MostDigits = 17;
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    // Between these powers of ten a number is easier to read without an exponent.
    private const int LeastPlain = -3, MostPlain = 6;

    public static CultureInfo Invariant => CultureInfo.InvariantCulture;

    public static Numbers Provider { get; } = new();

    /// <summary>A number with so many significant digits, zeros at the end left out.</summary>
    public static string Write(double value, int digits = UsualDigits)
    {
        if (double.IsNaN(value))
            return "NaN";
        string sign = double.IsNegative(value) ? "−" : "";
        if (double.IsInfinity(value))
            return sign + "∞";
        if (value == 0)
            return sign + "0";
        string scientific = Math.Abs(value).ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
        int split = scientific.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is >= LeastPlain and < MostPlain)
            return sign + WithoutEndZeros(Math.Abs(value).ToString($"F{Math.Max(0, digits - 1 - exponent)}", CultureInfo.InvariantCulture));
        return sign + TimesPowerOfTen(WithoutEndZeros(scientific[..split]), exponent);
    }

    /// <summary>A number in scientific notation.</summary>
    public static string TimesPowerOfTen(string mantissa, int exponent) =>
        (mantissa == "1" ? "" : mantissa + " × ") + "10" + Superscript(exponent);

    /// <summary>The shortest text that reads back as the same double.</summary>
    public static string WriteExactly(double value)
    {
        for (int digits = 1; digits < MostDigits; digits++)
        {
            if (double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Equals(value))
                return Write(value, digits);
        }
        return Write(value, MostDigits);
    }

    /// <summary>A share as a percentage.</summary>
    public static string WriteShare(double value) => Write(100 * value, 3) + "%";

    /// <inheritdoc/>
    public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    /// <inheritdoc/>
    public string Format(string? format, object? arg, IFormatProvider? formatProvider) => (arg, format) switch
    {
        (double value, "%") => WriteShare(value),
        (double value, null) => Write(value),
        (double value, _) => Write(value, int.Parse(format, CultureInfo.InvariantCulture)),
        (IFormattable formattable, _) => formattable.ToString(format, CultureInfo.InvariantCulture),
        _ => arg?.ToString() ?? "",
    };

    private static string WithoutEndZeros(string digits) =>
        digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    private static string Superscript(int exponent) =>
        (exponent < 0 ? "⁻" : "")
            + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));
}
