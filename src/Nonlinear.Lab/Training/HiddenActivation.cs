namespace Nonlinear.Lab.Training;

/// <summary>An activation as the hidden layers of a network use it: fixed, or with a parameter that each layer learns.</summary>
/// <param name="Function">An elementwise function or maxout.</param>
/// <param name="Learned">Whether each layer learns the function's parameter.</param>
/// <param name="PerChannel">Whether each unit, rather than each layer, learns a value of its own.</param>
internal sealed record HiddenActivation(Activation Function, bool Learned = false, bool PerChannel = false)
{
    private const string LearnedValue = "=learned", PerUnitValue = "=learned-per-unit";

    /// <summary>What a study compares by default: all functions of the tutorial that can stand between two layers.</summary>
    public static IReadOnlyList<HiddenActivation> All { get; } =
        [.. Catalog.Tutorial.Where(function => function is not (AxisActivation or WidenedActivation)).Select(Of)];

    /// <summary>How many affine pieces a unit takes.</summary>
    public int Pieces => Function is PooledActivation pooled ? pooled.Pieces : 1;

    /// <summary>The function as the catalogue has it. PReLU is learned: with a fixed slope it would be a leaky ReLU.</summary>
    public static HiddenActivation Of(Activation function) => new(function, function.Info.Name == Prelu.Info.Name);

    /// <summary>
    /// Finds an activation by name. <c>swish(beta=learned)</c> learns β, a value for each layer; <c>prelu(alpha=learned-per-unit)</c> one
    /// for each unit; <c>prelu</c> alone learns a slope for each layer.
    /// </summary>
    /// <exception cref="FormatException">There is no such function, or it cannot stand between two layers; the message says what to
    /// use.</exception>
    public static HiddenActivation Parse(string text)
    {
        bool perUnit = text.Contains(PerUnitValue, StringComparison.OrdinalIgnoreCase);
        bool learned = perUnit || text.Contains(LearnedValue, StringComparison.OrdinalIgnoreCase);
        if (!learned)
            return Between(Of(Activation.Parse(text)), text);
        string name = text[..text.IndexOf('(', StringComparison.Ordinal)];
        Activation function = Activation.Parse(name);
        string setting = text.Split('(', ')')[1].Split('=')[0].Trim();
        if (function is not ElementwiseActivation || function.Info.Parameters.Count != 1)
            throw new FormatException($"'{text}': {function.Info.Name} has no parameter that could be learned.");
        if (function.Info.Parameters[0].Name != setting && function.Info.Parameters[0].Symbol != setting)
            throw new FormatException(
                $"'{text}': {function.Info.Name} has no parameter '{setting}'; it has {function.Info.Parameters[0].Name}.");
        return new(function, Learned: true, perUnit);
    }

    /// <summary>The name that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => (Learned, Function.Info.Name == Prelu.Info.Name && !PerChannel) switch
    {
        (true, false) => $"{Function.Info.Name}({Function.Info.Parameters[0].Name}{(PerChannel ? PerUnitValue : LearnedValue)})",
        _ => Function.ToString(),
    };

    private static HiddenActivation Between(HiddenActivation activation, string text) => activation.Function switch
    {
        AxisActivation => throw new FormatException(
            $"'{text}' makes outputs of all units depend on each other and stands at the end of a network; "
            + "choose an elementwise function or maxout."),
        WidenedActivation => throw new FormatException(
            $"'{text}' gives two outputs for each unit, for which these networks have no layers; "
            + "choose an elementwise function or maxout."),
        GatedActivation => throw new FormatException(
            $"'{text}' takes a gate and a value for each output, for which these networks have no layers; "
            + "choose an elementwise function or maxout."),
        _ => activation,
    };
}
