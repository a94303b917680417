namespace Nonlinear;

/// <summary>What the library promises of a function's results and derivatives on a type, over all inputs: how far off they are at most.</summary>
/// <param name="Tier">How the results are computed.</param>
/// <param name="Type">The type: float, double, half or bfloat16.</param>
/// <param name="Ulps">The largest error in units of the last place of the exact value; 0.5 means: the nearest number of the type, always.</param>
public sealed record Guarantee(Tier Tier, string Type, double Ulps)
{
    /// <summary>The types of the library, by the names that people type.</summary>
    public static IReadOnlyList<string> Types { get; } = ["float", "double", "half", "bfloat16"];

    /// <summary>Whether every result is the number of the type nearest to the exact value, ties to even.</summary>
    public bool CorrectlyRounded => Ulps == 0.5;

    /// <summary>The guarantees of a function in its tier, type by type.</summary>
    public static IReadOnlyList<Guarantee> Of(Activation activation) => [.. Types.Select(type => Of(activation, type))];

    /// <summary>The guarantee of a function in its tier, on a type.</summary>
    /// <param name="activation">The function, with its parameters.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    public static Guarantee Of(Activation activation, string type) => new(activation.Tier, type, (activation.Tier, type) switch
    {
        _ when activation is PooledActivation => 0.5, // it selects and rounds nothing
        (_, "double") => activation is AxisActivation ? 2 : 1,
        (Tier.Fast, "float") => activation.Info.FastUlps,
        _ => activation is ElementwiseActivation && HasDefaultParameters(activation) ? 0.5 : 0.501,
    });

    /// <summary>
    /// The guarantee of the gradient that a function of a vector carries back, in ulps of the result or, where its terms cancel further than that,
    /// of a thousandth of them. By way of the inputs it is the same in both tiers.
    /// </summary>
    /// <param name="activation">The function.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    public static Guarantee OfGradient(AxisActivation activation, string type) =>
        new(activation.Tier, type, type == "double" ? 4 : Of(activation.Exact, type).Ulps);

    /// <inheritdoc/>
    public override string ToString() => CorrectlyRounded ? "correctly rounded" : FormattableString.Invariant($"at most {Ulps} ulp");

    private static bool HasDefaultParameters(Activation activation) =>
        activation.Info.Parameters.Zip(activation.ParameterValues).All(pair => pair.First.Default == pair.Second);
}
