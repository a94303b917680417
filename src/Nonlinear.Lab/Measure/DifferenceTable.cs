using System.Globalization;

namespace Nonlinear.Lab.Measure;

/// <summary>A difference of two functions as people read it: the one place where it is worded.</summary>
public static class DifferenceTable
{
    private const int MostStretches = 4;

    /// <summary>Whether two functions are the same, and how that is known, in a sentence.</summary>
    public static Text Verdict(FunctionDifference difference)
    {
        (string a, string b) = (difference.First, difference.Second);
        string floats = Count(difference.Bits.First(bits => !bits.AreAll).Inputs);
        return difference.Sameness switch
        {
            Sameness.SameFunction => new(
                $"The same: both are {a}, one function with the same parameters.",
                $"相同:两者都是 {a},同一函数、同样参数。"),
            Sameness.SameResults => new(
                $"The same, as far as looked: {a} and {b} are two functions here, whose values and slopes agree in every bit on all 65,536 "
                + $"Half and all 65,536 BFloat16 inputs and on {floats} floats.",
                $"就所查而言相同:{a} 与 {b} 在此是两个函数,但在全部 65,536 个 Half、全部 65,536 个 BFloat16 输入以及 {floats} 个 float 上,"
                + "值与斜率逐位一致。"),
            Sameness.ButForZeroSigns => new(
                $"{a} and {b} differ in nothing but the signs of zeros.",
                $"{a} 与 {b} 只在零的符号上不同。"),
            Sameness.ButForRounding => new(
                $"{a} and {b} differ in nothing but rounding: on doubles by no more than their last two bits.",
                $"{a} 与 {b} 只有舍入上的差异:double 上不超过最后两位。"),
            _ => new($"{a} and {b} differ.", $"{a} 与 {b} 不同。"),
        };
    }

    /// <summary>What was found, as rows.</summary>
    public static IReadOnlyList<PropertyRow> Rows(FunctionDifference difference)
    {
        if (difference.AreSame)
            return [];
        List<PropertyRow> rows =
        [
            new(new("Largest difference of values", "值的最大差"), Gap(difference.Value)),
            new(new("Largest difference of slopes", "斜率的最大差"), Gap(difference.Slope)),
            new(new("Largest as a share of the value", "相对于值的最大差"), Share(difference.Relative)),
        ];
        if (difference.OnlyOneIsNumber.Count > 0)
            rows.Add(new(new("Only one is a number", "只有一个有值"), Text.Same(Write(difference.OnlyOneIsNumber))));
        rows.AddRange(difference.Stretches
            .Where(beyond => beyond.Stretches.Count > 0)
            .Select(beyond => new PropertyRow(
                new($"Differ by more than {N(beyond.Tolerance)}", $"相差超过 {N(beyond.Tolerance)}"), Within(beyond.Stretches))));
        rows.AddRange(difference.Bits.Select(bits => new PropertyRow(
            new($"Different results, {bits.Type}", $"不同的结果,{bits.Type}"),
            new(
                $"{Count(bits.DifferentValues)} values, {Count(bits.DifferentSlopes)} slopes, of {Inputs(bits, "all ", " inputs")}",
                $"{Inputs(bits, "全部 ", " 个输入")}中 {Count(bits.DifferentValues)} 个值、{Count(bits.DifferentSlopes)} 个斜率"))));
        return rows;
    }

    /// <summary>How large a difference is, and where.</summary>
    public static Text Gap(LargestGap gap)
    {
        if (gap.Growth is { } growth)
        {
            string towards = N(growth.Towards, sign: true);
            return growth.Power is { } power
                ? new($"grows without bound towards {towards}, as {Law(growth, power)}", $"向 {towards} 无限增大,约为 {Law(growth, power)}")
                : new($"grows without bound towards {towards}", $"向 {towards} 无限增大");
        }
        if (gap.Size == 0)
            return new("none beyond rounding", "除舍入外无差别");
        if (double.IsInfinity(gap.Size))
            return new($"infinite, {Where(gap).English}", $"无穷,{Where(gap).Chinese}");
        return new($"{N(gap.Size)} {Where(gap).English}", $"{N(gap.Size)},{Where(gap).Chinese}");
    }

    /// <summary>A number as the tables have it.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "NaN" : value == 0 && double.IsNegative(value) ? "-0" : N(value);

    /// <summary>A place on the x axis; the doubles beside 0 are its sides.</summary>
    /// <param name="x">The place.</param>
    /// <param name="kinks">Of which the doubles beside them are shown as their sides.</param>
    public static string Place(double x, IReadOnlyList<double> kinks)
    {
        foreach (double kink in kinks)
        {
            if (x != 0 && x == Math.BitDecrement(kink))
                return N(kink) + "⁻";
            if (x != 0 && x == Math.BitIncrement(kink))
                return N(kink) + "⁺";
        }
        return double.IsInfinity(x) ? N(x, sign: true) : Number(x);
    }

    private static Text Share(LargestGap gap)
    {
        string share = (100 * gap.Size).ToString("G3", CultureInfo.InvariantCulture) + " %";
        return gap.Size == 0 ? Gap(gap) : new($"{share} {Where(gap).English}", $"{share},{Where(gap).Chinese}");
    }

    private static Text Where(LargestGap gap)
    {
        string[] english = [.. gap.Places.Select(English)], chinese = [.. gap.Places.Select(Chinese)];
        bool hasMore = gap.PlaceCount > gap.Places.Count;
        return new(
            (english.Length == 1 ? english[0] : $"{string.Join(", ", english[..^1])} and {english[^1]}")
            + (hasMore ? " and elsewhere" : ""),
            $"{string.Join("、", chinese)}{(hasMore ? "等" : "")}");

        static string English(Stretch place) => place switch
        {
            _ when double.IsInfinity(place.From) && place.From == place.To => $"towards {N(place.From, sign: true)}",
            _ when place.From == place.To => $"at {N(place.From)}",
            _ => $"from {N(place.From)} to {N(place.To)}",
        };

        static string Chinese(Stretch place) => place switch
        {
            _ when double.IsInfinity(place.From) && place.From == place.To => $"趋于 {N(place.From, sign: true)}",
            _ when place.From == place.To => $"在 {N(place.From)} 处",
            _ => $"从 {N(place.From)} 到 {N(place.To)}",
        };
    }

    private static Text Within(IReadOnlyList<Stretch> stretches) => stretches.Count <= MostStretches
        ? Text.Same(Write(stretches))
        : new(
            $"{stretches.Count} stretches between {N(stretches[0].From)} and {N(stretches[^1].To)}",
            $"{N(stretches[0].From)} 与 {N(stretches[^1].To)} 之间的 {stretches.Count} 段");

    private static string Write(IReadOnlyList<Stretch> stretches) =>
        string.Join("; ", stretches.Select(stretch => $"{N(stretch.From)} … {N(stretch.To)}"));

    private static string Law(GapGrowth growth, double power) =>
        (growth.Factor == 1 ? "" : N(growth.Factor) + "·") + power switch
        {
            1 => "|x|",
            2 => "|x|²",
            _ => $"|x|^{N(power)}",
        };

    private static string Inputs(BitComparison bits, string all, string unit) => (bits.AreAll ? all : "") + Count(bits.Inputs) + unit;

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string N(double value, bool sign = false) => value switch
    {
        double.PositiveInfinity => sign ? "+∞" : "∞",
        double.NegativeInfinity => "-∞",
        double.NaN => "NaN",
        > 0 and < 1e-300 => "0⁺",
        < 0 and > -1e-300 => "0⁻",
        0 => "0",
        _ => value.ToString("G4", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal)
            .Replace("E+0", "e", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal)
            .Replace("E+", "e", StringComparison.Ordinal),
    };
}
