using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>
/// What follows from units that were silent on all of a sample: with n independent rows, by the rule of three, that each is silent on all
/// but 3/n of such inputs, with a confidence of 95%. (Hanley and Lippman-Hand, If nothing goes wrong, is everything all right?, 1983.)
/// </summary>
internal static class Silence
{
    /// <summary>With fewer rows a verdict on silent or flat units is what the sample shows so far.</summary>
    public const int RowsToConclude = 300;

    private const int RowsToPrune = 1000;

    /// <summary>On which share of inputs like those of the sample a unit may be active that was silent on all of its rows.</summary>
    public static double Bound(long rows) => rows < 1 ? 1 : Math.Min(1, 3.0 / rows);

    /// <summary>What to say of the silent units of an activation.</summary>
    public static IEnumerable<string> Of(ActivationDiagnosis activation)
    {
        bool one = activation.DeadUnits.Count == 1;
        string units = $"{activation.DeadUnits.Count:N0} of {activation.Units:N0} {Named(activation.Role)} {(one ? "was" : "were")}";
        string silent = activation.Role == ActivationRole.Gate ? "shut" : "silent";
        yield return $"{units} {silent} on all {activation.Rows:N0} rows (output and slope 0); on up to "
            + $"{Percentage(Bound(activation.Rows))} of such inputs {(one ? "it" : "each")} may still {Awake(activation.Role)}.";
        if (activation.Rows < RowsToConclude)
            yield return $"That is too little to go by: show the model {RowsToConclude} rows or more.";
        yield return activation.Role switch
        {
            ActivationRole.Gate => "Where a gate is shut, what it multiplies contributes nothing; that may be what was learned.",
            ActivationRole.Output => "See whether the sample holds inputs for which they should be above 0; if it does, and they stay at 0 "
                + "in training, start their biases above 0.",
            _ => (activation.Rows < RowsToConclude ? "If they stay silent on those" : "Against silent units")
                + ", train with a smaller learning rate or a warm-up, start biases at 0 or slightly above, or use a function that is "
                + "never flat, such as leaky_relu, prelu or elu.",
        };
        if (activation.Role == ActivationRole.Hidden && activation.Rows >= RowsToPrune)
            yield return "Without training again, pruning one changes what the model gives on at most "
                + $"{Percentage(Bound(activation.Rows))} of inputs like these (with 95% confidence).";
    }

    // A small bound is no 0.
    private static string Percentage(double share) => share < 0.001 ? $"{Numbers.Write(100 * share, 1)}%" : Cells.Share(share);

    private static string Named(ActivationRole role) => role switch
    {
        ActivationRole.Gate => "gates",
        ActivationRole.Output => "outputs",
        _ => "units",
    };

    private static string Awake(ActivationRole role) => role == ActivationRole.Gate ? "open" : "fire";
}
