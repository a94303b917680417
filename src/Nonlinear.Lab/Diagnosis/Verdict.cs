namespace Nonlinear.Lab.Diagnosis;

/// <summary>What is the matter with an activation, and what to try.</summary>
/// <param name="Name">In a few words.</param>
/// <param name="Advice">What was measured, and the remedy.</param>
internal sealed record Verdict(string Name, string Advice)
{
    private const double Linear = 0.01, Many = 0.1, Most = 0.5;

    /// <summary>The verdict on an activation.</summary>
    public static Verdict Of(ActivationDiagnosis activation) => new(NameOf(activation), AdviceOn(activation));

    private static string NameOf(ActivationDiagnosis activation) => activation switch
    {
        { DeadShare: >= Most } => "mostly dead",
        { SaturatedShare: >= Most } => "mostly saturated",
        { DeadShare: >= Many } => "many dead units",
        { SaturatedShare: >= Many } => "many saturated units",
        { DeadUnits.Count: > 0 } => "some dead units",
        { SaturatedUnits.Count: > 0 } => "some saturated units",
        { Nonlinearity: < Linear } => "nearly linear",
        _ => "healthy",
    };

    private static string AdviceOn(ActivationDiagnosis activation) => activation switch
    {
        { DeadUnits.Count: > 0 } =>
            "Train with a smaller learning rate or a warm-up, start biases at 0 or slightly above, or use a function that is never flat, "
            + "such as leaky_relu, prelu or elu. Dead units can be pruned without changing an output.",
        { SaturatedUnits.Count: > 0 } =>
            "Normalise what comes in (standardised inputs, batch or layer normalisation), start with smaller weights, "
            + "or use a function with fewer flat stretches, such as leaky_relu, swish or gelu.",
        { Nonlinearity: < Linear } =>
            "On what it receives this function is close to a straight line, "
            + "and two layers around it act as one: scale its inputs up, or leave the layer out.",
        _ => "Nothing needs to be done.",
    };
}
