namespace Nonlinear;

/// <summary>
/// What the library promises of a function's results and derivatives on a type, over all inputs: how far off they are at most.
/// </summary>
/// <remarks>
/// For a function of your own it holds where the terms of its formula do not cancel; see <see cref="IElementwise{TSelf}"/>. Away from their
/// default parameters the slopes of xIELU and SnakeBeta on doubles are off by up to 2⁻⁶⁰ next to their zeros, which may be many ulp; so is
/// that of SiTU-GLU by its gate, by up to 2⁻⁵⁸ times the other factors. A gated unit composed of another function, <c>glu(mish)</c>, has of
/// doubles what the range of a double leaves of that function; so has the slope of squared ReGLU by its value, where the square of the gate
/// is beyond that range.
/// </remarks>
/// <param name="Tier">How the results are computed.</param>
/// <param name="Type">The type of number.</param>
/// <param name="Ulps">The largest error in units of the last place of the exact value; 0.5 means: the nearest number of the type,
/// always.</param>
public sealed record Guarantee(Tier Tier, NumberType Type, double Ulps)
{
    /// <summary>Whether every result is the number of the type nearest to the exact value, ties to even.</summary>
    public bool CorrectlyRounded => Ulps == 0.5;

    /// <summary>The guarantees of a function in its tier, type by type.</summary>
    public static IReadOnlyList<Guarantee> Of(Activation activation) =>
        [.. Enum.GetValues<NumberType>().Select(type => Of(activation, type))];

    /// <summary>The guarantee of a function in its tier, on a type.</summary>
    /// <param name="activation">The function, with its parameters.</param>
    /// <param name="type">The type.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static Guarantee Of(Activation activation, NumberType type) => new(activation.Tier, type, (activation.Tier, type) switch
    {
        _ when !Enum.IsDefined(type) => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type of number."),
        // They select and round nothing.
        _ when activation is PooledActivation or WidenedActivation or AxisActivation { DoubleUlps: 0.5 } => 0.5,
        // The gate's result is rounded, and so is the product.
        (_, NumberType.Double) when activation is GatedActivation { Gate: not null } => 3,
        (_, NumberType.Double) => activation is AxisActivation alongAxis ? alongAxis.DoubleUlps : 1,
        // Half an ulp of a factor is at most one of the product, whose own rounding adds a half.
        (Tier.Fast, NumberType.Float) when activation is GatedActivation => (2 * activation.Info.FastUlps) + 0.5,
        (Tier.Fast, NumberType.Float) => activation.Info.FastUlps,
        // With other parameters, or for another function, no search has shown that none comes closer to a tie than can be told.
        _ when activation is ElementwiseActivation { EveryFloatIsJudged: true } or GatedActivation { PairsAreJudged: true } => 0.5,
        _ => 0.501,
    });

    /// <summary>
    /// The guarantee of the gradient that a function of a vector carries back, in ulps of the result or, where its terms cancel further
    /// than that, of a thousandth of them. By way of the inputs it is the same in both tiers.
    /// </summary>
    /// <param name="activation">The function.</param>
    /// <param name="type">The type.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such type.</exception>
    public static Guarantee OfGradient(AxisActivation activation, NumberType type) =>
        new(activation.Tier, type, type == NumberType.Double ? 2 * Math.Max(activation.DoubleUlps, 2) : Of(activation.Exact, type).Ulps);

    /// <inheritdoc/>
    public override string ToString() => CorrectlyRounded ? "correctly rounded" : FormattableString.Invariant($"at most {Ulps} ulp");
}
