using System.Globalization;
using Nonlinear.Oracle;

namespace Nonlinear.Cli.Verification;

/// <summary>How judged numbers are written.</summary>
internal static class JudgedNumbers
{
    /// <summary>A type by its usual name or NumPy's.</summary>
    public static NumberFormat Format(string name) => NumberFormat.Named(name switch
    {
        "float16" => "half",
        "float32" => "float",
        "float64" => "double",
        _ => name,
    });

    /// <summary>The format of a type.</summary>
    public static NumberFormat Format(NumberType type) => NumberFormat.All.First(format => format.Type == type);

    /// <summary>What NumPy calls a type.</summary>
    public static string Name(NumberFormat format) => format.Name switch
    {
        "half" => "float16",
        "float" => "float32",
        "double" => "float64",
        _ => format.Name,
    };

    /// <summary>A number with the fewest digits that tell it from others of its type.</summary>
    public static string Number(double x, NumberFormat format) => double.IsInfinity(x) ? (x > 0 ? "inf" : "-inf")
        : double.IsNaN(x) ? "nan"
        : format.Bits == 64 ? x.ToString("R", CultureInfo.InvariantCulture)
        : format.Name == "half" ? ((Half)x).ToString(CultureInfo.InvariantCulture)
        : ((float)x).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>An error in ulps, to four digits or so.</summary>
    public static string Ulps(double ulps) => double.IsInfinity(ulps) ? "∞"
        : ulps >= 1e6 ? ulps.ToString("0.##E+0", CultureInfo.InvariantCulture)
        : ulps.ToString(ulps < 100 ? "0.####" : "N0", CultureInfo.InvariantCulture);

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
