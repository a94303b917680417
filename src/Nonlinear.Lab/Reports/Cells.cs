using System.Globalization;
using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Reports;

/// <summary>How reports write numbers.</summary>
internal static class Cells
{
    /// <summary>A share with a digit after the point: 97.3%.</summary>
    public static string Share(double share) =>
        double.IsFinite(share) ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "–";

    /// <summary>A share without digits after the point, for narrow places.</summary>
    public static string RoundShare(double share) =>
        double.IsFinite(share) ? (100 * share).ToString("0", CultureInfo.InvariantCulture) + "%" : "–";

    /// <summary>A number over many orders of magnitude: its power of ten, or the number itself within two orders of 1.</summary>
    public static string Magnitude(double value) => value switch
    {
        double.NaN => "–",
        0 => "0",
        _ when double.IsInfinity(value) => "∞",
        >= 0.01 and < 100 => Numbers.Write(value, 2),
        _ => Numbers.TimesPowerOfTen("1", (int)Math.Round(Math.Log10(value))),
    };

    /// <summary>A number with so many significant digits.</summary>
    public static string Number(double value, int digits = 3) => double.IsNaN(value) ? "–" : Numbers.Write(value, digits);
}
