using System.Globalization;
using SkiaSharp;

namespace Nonlinear.Lab.Figures;

/// <summary>How numbers are written side by side: with as many decimals, and as large, as there is room for.</summary>
/// <param name="Decimals">The digits behind the point.</param>
/// <param name="FontSize">The size of the digits.</param>
internal readonly record struct CellNumbers(int Decimals, float FontSize)
{
    /// <summary>The size where there is room.</summary>
    public const float Usual = 12;

    private const int Most = 3, Least = 2;

    // Between one number and the next.
    private const double Gap = 5;

    /// <summary>For numbers that each have a width.</summary>
    public static CellNumbers In(double width, IReadOnlyList<double> numbers)
    {
        for (int decimals = Most; decimals > Least; decimals--)
        {
            if (Widest(decimals, numbers) <= width - Gap)
                return new(decimals, Usual);
        }
        return new(Least, (float)Math.Min(Usual, Usual * (width - Gap) / Widest(Least, numbers)));
    }

    /// <summary>A number; what rounds to 0 has no sign.</summary>
    public string Write(double value) => Write(value, Decimals);

    /// <summary>Whether words of the usual size fit into a width.</summary>
    public static bool Fit(double width, IEnumerable<string> words) => words.Max(Width) <= width - Gap;

    private static string Write(double value, int decimals) =>
        (Math.Round(value, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture).Replace('-', '−');

    private static double Widest(int decimals, IReadOnlyList<double> numbers) => numbers.Max(value => Width(Write(value, decimals)));

    private static double Width(string text)
    {
        using SKTypeface typeface = SKTypeface.FromFamilyName(FigureStyle.Font);
        using SKFont font = new(typeface, Usual);
        return font.MeasureText(text);
    }
}
