namespace Nonlinear.Lab.Diagnosis;

/// <summary>What helps an activation between layers that is nearly always on a flat stretch of its curve.</summary>
internal static class Remedy
{
    private const string Normalise = "Normalise what comes in (standardised inputs, batch or layer normalisation)",
        NormaliseInChinese = "对输入做归一化（标准化输入、批归一化或层归一化）";

    /// <summary>The remedy for a function, by its name with or without parameters.</summary>
    public static Text ForSaturation(string function) => Shape(BaseName(function)) switch
    {
        FlatStretch.Hard => new(
            $"{Normalise} so that it falls between the bends, or start with smaller weights; beyond the bends no gradient "
            + "passes at all, which is otherwise in a smooth function, such as swish or gelu.",
            $"{NormaliseInChinese}，使其落在两个折点之间，或从更小的权重开始；折点之外没有任何梯度通过，而 swish 或 gelu 这样的光滑函数则不然。"),
        FlatStretch.BothSides => new(
            $"{Normalise}, start with smaller weights, or use a function that is flat on one side at most, such as relu or gelu.",
            $"{NormaliseInChinese}，从更小的权重开始，或改用至多一侧平坦的函数，如 relu 或 gelu。"),
        FlatStretch.Leak => new(
            $"{Normalise}, or let more through on the flat side: a larger alpha.",
            $"{NormaliseInChinese}，或让平坦的一侧通过更多：取更大的 alpha。"),
        _ => new(
            $"{Normalise}, start biases at 0 or slightly above, or use a function that is never flat, such as leaky_relu or prelu.",
            $"{NormaliseInChinese}，让偏置从 0 或稍大的值开始，或改用处处不平坦的函数，如 leaky_relu 或 prelu。"),
    };

    /// <summary>The name of a function without its parameters.</summary>
    public static string BaseName(string function) => function.Split('(')[0];

    // By the name in the catalogue, in ONNX or in a framework; what is flat on both sides is so by its limits if the catalogue has it.
    private static FlatStretch Shape(string name)
    {
        string plain = name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        if (plain.StartsWith("HARD", StringComparison.Ordinal) || plain is "RELU6" or "CLIP" or "CLAMP")
            return FlatStretch.Hard;
        if (plain is "LEAKYRELU" or "PRELU")
            return FlatStretch.Leak;
        if (Catalog.All.FirstOrDefault(info => info.Name == name) is { } known)
            return double.IsFinite(known.AtMinusInfinity) && double.IsFinite(known.AtPlusInfinity)
                ? FlatStretch.BothSides
                : FlatStretch.OneSide;
        return plain is "SOFTSIGN" or "ERF" or "ATAN" or "SIGMOID" or "TANH" ? FlatStretch.BothSides : FlatStretch.OneSide;
    }

    private enum FlatStretch
    {
        OneSide,
        BothSides,
        Hard,
        Leak,
    }
}
