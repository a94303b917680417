using System.Globalization;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>What is said about how a table was read.</summary>
internal static class Notes
{
    /// <summary>How the numbers of a column are written.</summary>
    public static Text Written(string heading, NumberNotation notation, string text, double number)
    {
        string read = number.ToString("R", CultureInfo.InvariantCulture);
        bool percent = notation.Mark == "%";
        return new(
            $"'{heading}' is written {(notation.DecimalComma ? "with decimal commas" : "for people")}: '{text}' was read as {read}"
            + $"{(percent ? " (percent)" : "")}.",
            $"“{heading}”{(notation.DecimalComma ? "使用小数逗号" : "采用供人阅读的写法")}：“{text}”读作 {read}{(percent ? "（百分数）" : "")}。");
    }

    /// <summary>What a float cannot show of some numbers; null if it shows them.</summary>
    public static Text? Spread(string heading, IReadOnlyList<string> texts, IReadOnlyList<double> numbers, Measure measure)
    {
        HashSet<double> doubles = [];
        HashSet<float> floats = [];
        HashSet<string> whole = new(StringComparer.Ordinal);
        for (int row = 0; row < numbers.Count; row++)
        {
            if (double.IsNaN(numbers[row]))
                continue;
            doubles.Add(numbers[row]);
            floats.Add(measure.Float(numbers[row]));
            if (Math.Abs(numbers[row]) > 1L << 53)
                whole.Add(texts[row]);
        }
        const double Lost = 0.9;
        if (whole.Count > 0 && doubles.Count < Lost * whole.Count)
            return new(
                $"'{heading}' holds numbers beyond 2^53, which differ in digits that cannot be kept; of {whole.Count} different "
                + $"{doubles.Count} are left.",
                $"“{heading}”含有超过 2^53 的数，它们之间不同的数位无法保留；{whole.Count} 个不同的数只剩下 {doubles.Count} 个。");
        return floats.Count < Lost * doubles.Count
            ? new(
                $"'{heading}' spreads further than floats can show: {doubles.Count} different numbers become {floats.Count}. Is a value "
                + "far from all others an error? Or take the logarithm.",
                $"“{heading}”的取值范围超出了单精度所能分辨：{doubles.Count} 个不同的数变成了 {floats.Count} 个。"
                + "是否有一个远离其余的值是错误？或者取对数。")
            : null;
    }
}
