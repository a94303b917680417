namespace Nonlinear.Lab.Diagnosis;

/// <summary>What is the matter with an activation, in a few words.</summary>
internal static class Verdict
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
    public static IReadOnlyList<Text> All { get; } =
    [
        new(NonFinite, "含 NaN 或无穷"),
        new(MostlyDead, "大多死亡"),
        new(MostlySaturated, "大多饱和"),
        new(ManyDead, "许多单元死亡"),
        new(ManySaturated, "许多单元饱和"),
        new(SomeDead, "个别单元死亡"),
        new(SomeSaturated, "个别单元饱和"),
        new(NearlyLinear, "近乎线性"),
        new(Rare, "有极少激活的单元"),
        new(Healthy, "健康"),
    ];

    /// <summary>A verdict in both languages.</summary>
    public static Text InWords(string verdict) => All.First(text => text.English == verdict);

    /// <summary>The verdict on an activation, one of <see cref="All"/>.</summary>
    /// <remarks>
    /// Flat stretches are where outputs and gates belong, and a softmax has no units: of those only what cannot be meant is a verdict.
    /// </remarks>
    public static string Of(ActivationDiagnosis activation) => activation switch
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
