using System.Globalization;

namespace Nonlinear.Lab.Onnx.Sweeping;

/// <summary>A deviation in words and numbers.</summary>
internal static class DeviationText
{
    /// <summary>The largest error, in a few words.</summary>
    public static string Ulps(double ulps) => double.IsInfinity(ulps) ? "∞" : ulps >= 1000
        ? ulps.ToString("0.0e+0", CultureInfo.InvariantCulture)
        : ulps.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>What a program reads of it.</summary>
    public static object ToJson(Deviation deviation) => new
    {
        points = deviation.Points,
        maxUlps = Finite(deviation.MaxUlps),
        maxUlpsOfOne = Finite(deviation.MaxScaledUlps),
        at = Deviation.Text(deviation.At),
        result = Deviation.Text(deviation.Result),
        exact = Deviation.Text(deviation.Exact),
        flushed = deviation.Flushed,
        why = deviation.Explain(),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
