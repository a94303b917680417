namespace Nonlinear.Bench.Measuring;

/// <summary>The library's contestants by name. A function that has one tier only is the same in both, and runs once, as exact.</summary>
internal static class TierNames
{
    /// <summary>The tiers, forward and backward from the inputs.</summary>
    public const string Exact = "exact", Fast = "fast";

    /// <summary>Backward from the saved outputs.</summary>
    public const string FromOutput = ", from y", ExactFromOutput = Exact + FromOutput, FastFromOutput = Fast + FromOutput;
}
