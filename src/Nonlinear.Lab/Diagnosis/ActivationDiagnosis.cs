namespace Nonlinear.Lab.Diagnosis;

/// <summary>What an activation of a trained network did with the data it was shown.</summary>
/// <param name="Name">What it is called in its network.</param>
/// <param name="Function">The function.</param>
/// <param name="Units">The number of units: features, or the channels of a convolution.</param>
/// <param name="Samples">What each unit was shown.</param>
/// <param name="DeadUnits">The units, from 0, whose output and slope were always 0: they contribute nothing and cannot learn.</param>
/// <param name="SaturatedUnits">The other units, from 0, whose slope was below a hundredth of the function's steepest on 99% or
/// more.</param>
/// <param name="Mean">The mean of the outputs.</param>
/// <param name="Variance">The variance of the outputs over units and samples.</param>
/// <param name="Sparsity">The share of outputs that were exactly 0.</param>
/// <param name="Nonlinearity">
/// The share of the outputs' variance that no straight line through what the units received explains: 0 for an activation that might as
/// well not be there. NaN where outputs do not vary, or where units have no input of their own.
/// </param>
public sealed record ActivationDiagnosis(
    string Name,
    string Function,
    int Units,
    long Samples,
    IReadOnlyList<int> DeadUnits,
    IReadOnlyList<int> SaturatedUnits,
    double Mean,
    double Variance,
    double Sparsity,
    double Nonlinearity)
{
    private const double Linear = 0.01, Many = 0.1, Most = 0.5;

    /// <summary>The share of units that are dead.</summary>
    public double DeadShare => (double)DeadUnits.Count / Units;

    /// <summary>The share of units that are saturated.</summary>
    public double SaturatedShare => (double)SaturatedUnits.Count / Units;

    /// <summary>In a few words, what is the matter.</summary>
    public string Verdict => this switch
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

    /// <summary>What to try.</summary>
    public string Advice => this switch
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
