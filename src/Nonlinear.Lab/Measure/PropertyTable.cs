using System.Globalization;

namespace Nonlinear.Lab.Measure;

/// <summary>A measured property as people read it.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">How it turned out.</param>
public sealed record PropertyRow(Text Label, Text Value);

/// <summary>The measured properties of any activation as rows of a table: the one place where they are worded.</summary>
internal static class PropertyTable
{
    /// <summary>What was measured, as rows.</summary>
    public static IReadOnlyList<PropertyRow> Rows(object properties) => properties switch
    {
        FunctionProperties function => Rows(function),
        AxisProperties axis => Rows(axis),
        PooledProperties pooled => Rows(pooled),
        WidenedProperties widened => Rows(widened),
        GatedProperties gated => Rows(gated),
        _ => throw new ArgumentOutOfRangeException(nameof(properties)),
    };

    private static IReadOnlyList<PropertyRow> Rows(FunctionProperties p) =>
    [
        new(new("Monotone", "单调性"), p.IsMonotone
            ? new("yes", "单调")
            : Few(p.Extrema, e => e.X, e => N(e.X), e => N(e.X)) is var turns && p.Extrema.Count > 0
                ? Both($"no: turns at {turns.English}", $"不单调:在 {turns.Chinese} 处转向")
                : new("no", "不单调")),
        new(new("Lies in", "取值范围"), Text.Same(
            $"{(p.Range.LowerAttained ? "[" : "(")}{N(p.Range.Lower)}, {N(p.Range.Upper)}{(p.Range.UpperAttained ? "]" : ")")}")),
        new(new("Limits at -∞ and ∞", "在 -∞ 与 ∞ 处的极限"), Text.Same($"{N(p.AtMinusInfinity)}, {N(p.AtPlusInfinity)}")),
        new(new("Extrema", "极值"), Few(
            p.Extrema,
            e => e.X,
            e => $"{(e.IsMinimum ? "minimum" : "maximum")} {N(e.Y)} at {N(e.X)}",
            e => $"{(e.IsMinimum ? "极小值" : "极大值")} {N(e.Y)},位于 {N(e.X)}")),
        new(new("Zeros", "零点"), Few(p.Zeros, zero => double.IsFinite(zero.To) ? zero.To : zero.From, Write, Write)),
        new(new("Saturates (|f′| below 1 % of its maximum)", "饱和(|f′| 低于最大值的 1 %)"), p.Saturation.Count == 0
            ? new("nowhere", "无")
            : Text.Same(Join(p.Saturation, Write))),
        new(new("Kinks (slope left, right)", "折点(左、右斜率)"), p.Kinks.Count == 0
            ? None
            : Text.Same(Join(p.Kinks, kink => $"{N(kink.X)} ({N(kink.LeftSlope)}, {N(kink.RightSlope)})"))),
        new(new("Continuous derivatives", "连续导数的阶数"), p.Smoothness switch
        {
            int.MaxValue => new("all", "任意阶"),
            < 0 => Both(
                $"none: jumps at {Join(p.Discontinuities, jump => N(jump.X))}",
                $"无:在 {Join(p.Discontinuities, jump => N(jump.X))} 处跳跃"),
            _ => Text.Same(N(p.Smoothness)),
        }),
        new(new("Lipschitz constant", "Lipschitz 常数"), Text.Same(N(p.Lipschitz))),
        new(new("Symmetry", "对称性"), p.Parity switch
        {
            Parity.Odd => new("odd", "奇函数"),
            Parity.Even => new("even", "偶函数"),
            Parity.AboutPoint => Both($"about (0, {N(p.AtZero)})", $"关于点 (0, {N(p.AtZero)}) 对称"),
            _ => None,
        }),
        new(new("Mean, variance for N(0, 1)", "输入 N(0, 1) 时的均值、方差"), Text.Same(Write(p.NormalInput))),
        new(new("Outputs exactly 0 for N(0, 1)", "输入 N(0, 1) 时恰为 0 的输出"), Text.Same(Percent(p.Sparsity))),
        new(new("Fixed point of mean and variance", "均值与方差的不动点"), p.FixedPoint is not { } fixedPoint
            ? None
            : Both(
                $"({Write(fixedPoint.Moments)}), {(fixedPoint.Attracts ? "attracting" : fixedPoint.Repels ? "repelling" : "neutral")} "
                + $"(factor {N(fixedPoint.SpectralRadius)})",
                $"({Write(fixedPoint.Moments)}),{(fixedPoint.Attracts ? "吸引" : fixedPoint.Repels ? "排斥" : "中性")}"
                + $"(因子 {N(fixedPoint.SpectralRadius)})")),
    ];

    private static IReadOnlyList<PropertyRow> Rows(AxisProperties p) =>
    [
        new(new("Outputs seen", "所见输出"), Text.Same(Write(p.OutputsSeen))),
        new(new("Sum of a vector's outputs", "一个向量的输出之和"), Text.Same(Write(p.Sum))),
        new(new("Change under a shift of all inputs by 1000", "全部输入加 1000 后的变化"), Text.Same(N(p.ShiftError))),
        new(new("Largest row sum of the Jacobian", "Jacobi 矩阵的最大行和"), Text.Same(N(p.LargestRowSum))),
        new(new("Largest coupling (off the diagonal)", "最大耦合(非对角元)"), Text.Same(N(p.LargestCoupling))),
        new(new("Keeps the order of the inputs", "保持输入的顺序"), p.KeepsOrder ? new("yes", "是") : new("no", "否")),
    ];

    private static IReadOnlyList<PropertyRow> Rows(PooledProperties p) =>
    [
        new(new("Inputs for one output", "每个输出的输入数"), Text.Same(N(p.Pieces))),
        new(new("Convex", "凸性"), p.IsConvex ? new("yes", "是") : new("no", "否")),
        new(new("Lipschitz constant (largest change of an input)", "Lipschitz 常数(按输入的最大变化)"), Text.Same(N(p.Lipschitz))),
        new(new("Mean, variance for N(0, 1)", "输入 N(0, 1) 时的均值、方差"), Text.Same(
            $"{Estimate(p.NormalInput.Mean, p.StandardError.Mean)}, {Estimate(p.NormalInput.Variance, p.StandardError.Variance)}")),
        new(new("Outputs exactly 0 for N(0, 1)", "输入 N(0, 1) 时恰为 0 的输出"), Text.Same(Percent(p.Sparsity))),
    ];

    private static IReadOnlyList<PropertyRow> Rows(WidenedProperties p) =>
    [
        new(new("Outputs for one input", "每个输入的输出数"), Text.Same(N(p.Outputs))),
        new(new("Tells all inputs apart", "可区分所有输入"), p.IsInjective ? new("yes", "是") : new("no", "否")),
        new(new("Mean, variance for N(0, 1)", "输入 N(0, 1) 时的均值、方差"), Text.Same(
            string.Create(CultureInfo.InvariantCulture, $"{p.NormalInput.Mean:F3}, {p.NormalInput.Variance:F3}"))),
        new(new("Outputs exactly 0 for N(0, 1)", "输入 N(0, 1) 时恰为 0 的输出"), Text.Same(Percent(p.Sparsity))),
    ];

    private static IReadOnlyList<PropertyRow> Rows(GatedProperties p) =>
    [
        new(new("Mean, variance for gates and values of N(0, 1)", "门与值均为 N(0, 1) 时的均值、方差"), Text.Same(
            $"{Estimate(p.NormalInput.Mean, p.StandardError.Mean)}, {Estimate(p.NormalInput.Variance, p.StandardError.Variance)}")),
        new(new("Outputs exactly 0", "恰为 0 的输出"), Text.Same(Percent(p.Sparsity))),
        new(new("Slope by the gate, by the value (root mean square)", "对门、对值的斜率(均方根)"), Text.Same(
            string.Create(CultureInfo.InvariantCulture, $"{p.SlopeByGate:F2}, {p.SlopeByValue:F2}"))),
    ];

    private static Text None { get; } = new("none", "无");


    private static Text Both(string english, string chinese) => new(english, chinese);

    // Of many, the four nearest to 0: what turns for ever has no list.
    private static Text Few<T>(IReadOnlyList<T> items, Func<T, double> place, Func<T, string> english, Func<T, string> chinese)
    {
        const int Most = 4;
        if (items.Count == 0)
            return None;
        T[] near = [.. items.OrderBy(item => Math.Abs(place(item))).Take(Most).OrderBy(place)];
        return items.Count <= Most
            ? Both(Join(near, english), Join(near, chinese))
            : Both($"{Join(near, english)} and further out", $"{Join(near, chinese)},更远处还有");
    }

    private static string Join<T>(IEnumerable<T> items, Func<T, string> write) => string.Join("; ", items.Select(write));

    private static string Write(Stretch stretch) => stretch.From == stretch.To ? N(stretch.From) : $"{N(stretch.From)} … {N(stretch.To)}";

    // To the twelve digits that the quadrature is good for.
    private static string Write(Moments moments) => $"{N(Math.Round(moments.Mean, 12))}, {N(Math.Round(moments.Variance, 12))}";

    // As many digits as the standard error, to one digit, leaves meaningful.
    private static string Estimate(double value, double standardError)
    {
        int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(standardError)), 0, 15);
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} ± {standardError.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string N(double value) => value switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        0 => "0",
        _ => value.ToString("G7", CultureInfo.InvariantCulture).Replace("E-", "e-", StringComparison.Ordinal),
    };
}
