namespace Nonlinear.Lab.Diagnosis;

/// <summary>What is the matter with an activation, and what to try.</summary>
/// <param name="Name">In a few words.</param>
/// <param name="Advice">What was measured, and the remedy.</param>
internal sealed record Verdict(string Name, string Advice)
{
    /// <summary>Below this an activation is nearly linear.</summary>
    public const double Linear = 0.01;

    /// <summary>The verdict on an activation that has nothing the matter with it.</summary>
    public const string Healthy = "healthy";

    /// <summary>The verdict on an activation among whose numbers some are not finite.</summary>
    public const string NonFinite = "NaN or infinity";

    private const double Many = 0.1, Most = 0.5;

    private const string MostlyDead = "mostly dead", MostlySaturated = "mostly saturated", ManyDead = "many dead units",
        ManySaturated = "many saturated units", SomeDead = "some dead units", SomeSaturated = "some saturated units",
        NearlyLinear = "nearly linear", Rare = "rarely active units";

    /// <summary>All verdicts, the gravest first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NonFinite, MostlyDead, MostlySaturated, ManyDead, ManySaturated, SomeDead, SomeSaturated, NearlyLinear, Rare, Healthy,
    ];

    /// <summary>The verdict on an activation.</summary>
    public static Verdict Of(ActivationDiagnosis activation) => new(NameOf(activation), VerdictAdvice.On(activation));

    // Flat stretches are where outputs and gates belong, and a softmax has no units: of those only what cannot be meant is a verdict.
    private static string NameOf(ActivationDiagnosis activation) => activation switch
    {
        { HasNonFinite: true } => NonFinite,
        { Softmax: not null } => Healthy,
        { Role: ActivationRole.Gate } => activation.DeadShare >= Most ? MostlyDead : Healthy,
        { Role: ActivationRole.Output } => OfDead(activation) ?? Healthy,
        _ => OfHidden(activation),
    };

    private static string OfHidden(ActivationDiagnosis activation) => activation switch
    {
        { DeadShare: >= Most } => MostlyDead,
        { SaturatedShare: >= Most } => MostlySaturated,
        { DeadShare: >= Many } => ManyDead,
        { SaturatedShare: >= Many } => ManySaturated,
        { DeadUnits.Count: > 0 } => SomeDead,
        { SaturatedUnits.Count: > 0 } => SomeSaturated,
        { Nonlinearity: < Linear } => NearlyLinear,
        { RareUnits.Count: > 0 } => Rare,
        _ => Healthy,
    };

    private static string? OfDead(ActivationDiagnosis activation) => activation switch
    {
        { DeadShare: >= Most } => MostlyDead,
        { DeadShare: >= Many } => ManyDead,
        { DeadUnits.Count: > 0 } => SomeDead,
        _ => null,
    };
}
