namespace Nonlinear.Lab.Diagnosis;

/// <summary>An activation that two models have.</summary>
/// <param name="Before">What it did in the model that is compared with.</param>
/// <param name="After">What it did in the model that is diagnosed.</param>
public sealed record ActivationChange(ActivationDiagnosis Before, ActivationDiagnosis After)
{
    /// <summary>Whether the verdict is another.</summary>
    public bool VerdictChanged => Before.Verdict != After.Verdict;

    /// <summary>The units that are dead and were not; of activations that differ in their number of units all that are.</summary>
    public IReadOnlyList<int> DeadGained => SameUnits ? [.. After.DeadUnits.Except(Before.DeadUnits)] : After.DeadUnits;

    /// <summary>The units that were dead and are not; of activations that differ in their number of units all that were.</summary>
    public IReadOnlyList<int> DeadLost => SameUnits ? [.. Before.DeadUnits.Except(After.DeadUnits)] : Before.DeadUnits;

    /// <summary>Whether there is something to tell beyond small changes of numbers.</summary>
    internal bool Notable =>
        VerdictChanged || Before.Function != After.Function || !SameUnits || DeadGained.Count > 0 || DeadLost.Count > 0;

    private bool SameUnits => Before.Units == After.Units;
}
