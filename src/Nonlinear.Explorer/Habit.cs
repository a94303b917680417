namespace Nonlinear.Explorer;

/// <summary>
/// Derivatives as they are often written, by the function's own value. They are other formulas than those that the library prints, so they
/// are judged by themselves.
/// </summary>
internal static class Habit
{
    private static readonly Dictionary<string, (string Formula, Func<NaiveFloat, NaiveFloat> Slope)> Known = new()
    {
        ["sigmoid"] = ("f′(x) = σ(x)·(1 - σ(x))", x => NaiveFloat.Sigmoid(x) * (1 - NaiveFloat.Sigmoid(x))),
        ["tanh"] = ("f′(x) = 1 - tanh²(x)", x => 1 - (NaiveFloat.Tanh(x) * NaiveFloat.Tanh(x))),
    };

    /// <summary>The formula as text, or nothing where no such habit is known.</summary>
    public static string Of(Activation activation) => Known.GetValueOrDefault(activation.Info.Name).Formula ?? "";

    /// <summary>The derivative by that formula, in float.</summary>
    public static float At(Activation activation, float x) => Known[activation.Info.Name].Slope(new(x)).Value;
}
