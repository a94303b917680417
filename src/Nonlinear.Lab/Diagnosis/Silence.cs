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
    public static IEnumerable<Text> Of(ActivationDiagnosis activation)
    {
        bool one = activation.DeadUnits.Count == 1;
        Text named = Named(activation.Role), awake = Awake(activation.Role);
        Text silent = activation.Role == ActivationRole.Gate ? new("shut", "关闭") : new("silent", "静默");
        string bound = Percentage(Bound(activation.Rows));
        yield return new(
            $"{activation.DeadUnits.Count:N0} of {activation.Units:N0} {named.English} {(one ? "was" : "were")} {silent.English} on all "
            + $"{activation.Rows:N0} rows (output and slope 0); on up to {bound} of such inputs {(one ? "it" : "each")} may still "
            + $"{awake.English}.",
            $"{activation.Units:N0} 个{named.Chinese}中有 {activation.DeadUnits.Count:N0} 个在全部 {activation.Rows:N0} 行上{silent.Chinese}"
            + $"（输出与斜率均为 0）；在至多 {bound} 的此类输入上，{(one ? "它" : "其中每一个")}仍可能{awake.Chinese}。");
        if (activation.Rows < RowsToConclude)
            yield return new(
                $"That is too little to go by: show the model {RowsToConclude} rows or more.",
                $"这还不足以下结论：请给模型看 {RowsToConclude} 行或更多。");
        yield return activation.Role switch
        {
            ActivationRole.Gate => new(
                "Where a gate is shut, what it multiplies contributes nothing; that may be what was learned.",
                "门关闭之处，它所乘的量毫无贡献；这也许正是学到的结果。"),
            ActivationRole.Output => new(
                "See whether the sample holds inputs for which they should be above 0; if it does, and they stay at 0 in training, start "
                + "their biases above 0.",
                "请看样本中是否有应使它们大于 0 的输入；若有，而它们在训练中始终为 0，则让它们的偏置从大于 0 的值开始。"),
            _ => new(
                (activation.Rows < RowsToConclude ? "If they stay silent on those" : "Against silent units")
                + ", train with a smaller learning rate or a warm-up, start biases at 0 or slightly above, or use a function that is "
                + "never flat, such as leaky_relu, prelu or elu.",
                (activation.Rows < RowsToConclude ? "若在那些行上仍然静默" : "要对付静默的单元")
                + "，可用更小的学习率或预热来训练，让偏置从 0 或稍大的值开始，或改用处处不平坦的函数，如 leaky_relu、prelu 或 elu。"),
        };
        if (activation.Role == ActivationRole.Hidden && activation.Rows >= RowsToPrune)
            yield return new(
                $"Without training again, pruning one changes what the model gives on at most {bound} of inputs like these (with 95% "
                + "confidence).",
                $"若不重新训练，剪去其中一个单元至多会改变模型在 {bound} 的此类输入上的结果（置信度 95%）。");
    }

    // A small bound is no 0.
    private static string Percentage(double share) => share < 0.001 ? $"{Numbers.Write(100 * share, 1)}%" : Cells.Share(share);

    private static Text Named(ActivationRole role) => role switch
    {
        ActivationRole.Gate => new("gates", "门"),
        ActivationRole.Output => new("outputs", "输出"),
        _ => new("units", "单元"),
    };

    private static Text Awake(ActivationRole role) => role == ActivationRole.Gate ? new("open", "打开") : new("fire", "激活");
}
