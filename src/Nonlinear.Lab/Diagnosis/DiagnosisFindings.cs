using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>What a diagnosis comes to, in a few sentences, the gravest first.</summary>
internal static class DiagnosisFindings
{
    private const int MostNamed = 4, MostReasons = 3;

    /// <summary>The findings on a model, and how it compares with another.</summary>
    public static IReadOnlyList<Text> Of(ModelDiagnosis model, DiagnosisComparison? comparison)
    {
        // What helps against dead units is said once, not with every layer.
        HashSet<Text> said = [];
        return
        [
            .. NonFinite(model),
            Seen(model),
            .. model.Notes,
            .. comparison is null ? [] : Compared(comparison),
            .. Verdict.All
                .Where(verdict => verdict.English != Verdict.Healthy)
                .Select(verdict => Told(model, verdict.English, said))
                .OfType<Text>(),
            .. Healthy(model),
        ];
    }

    /// <summary>How many activations were seen, and what was not understood: "2 nodes not understood, because …".</summary>
    public static Text Seen(ModelDiagnosis model)
    {
        Text seen = new(
            $"{Counted(model.Activations.Count, "activation")} seen", $"共观察 {model.Activations.Count:N0} 个激活函数");
        if (model.LeftOut.Count == 0)
            return new($"{seen.English}; nothing was left out.", $"{seen.Chinese}；没有遗漏。");
        (Text Reason, int Count)[] reasons =
        [
            .. model.LeftOut.GroupBy(part => new Text(part.Why.English.TrimEnd('.'), part.Why.Chinese.TrimEnd('。')))
                .Select(group => (group.Key, group.Count()))
                .OrderByDescending(reason => reason.Item2),
        ];
        bool single = reasons.Length == 1;
        string because = string.Join(
                "; ", reasons.Take(MostReasons).Select(reason => reason.Reason.English + (single ? "" : $" ({reason.Count})"))),
            inChinese = string.Join(
                '；', reasons.Take(MostReasons).Select(reason => reason.Reason.Chinese + (single ? "" : $"（{reason.Count}）")));
        int others = reasons.Length - MostReasons;
        return new(
            $"{seen.English}, {Counted(model.LeftOut.Count, "node")} not understood, because {because}"
            + (others > 0 ? $"; and {Counted(others, "other reason")}." : "."),
            $"{seen.Chinese}，有 {model.LeftOut.Count:N0} 个节点未能理解，原因：{inChinese}" + (others > 0 ? $"；另有 {others} 个原因。" : "。"));
    }

    private static IEnumerable<Text> NonFinite(ModelDiagnosis model)
    {
        if (model.NonFinite is not { } origin)
            yield break;
        Text what = (origin.NaNs, origin.Infinities) switch
        {
            (> 0, > 0) => new(
                $"{origin.NaNs:N0} NaN and {origin.Infinities:N0} infinite numbers",
                $"{origin.NaNs:N0} 个 NaN 和 {origin.Infinities:N0} 个无穷"),
            (> 0, _) => new($"{origin.NaNs:N0} NaN", $"{origin.NaNs:N0} 个 NaN"),
            _ => new($"{origin.Infinities:N0} infinite numbers", $"{origin.Infinities:N0} 个无穷"),
        };
        int reached = model.Activations.Count(activation => activation.HasNonFinite);
        Text from = origin.Operation == "input"
            ? new($"in the input {origin.Name} of the model, before any layer", $"模型的输入 {origin.Name} 中，在所有层之前")
            : new(
                $"made by the node {origin.Name} ({origin.Operation}) in the tensor {origin.Tensor}",
                $"节点 {origin.Name}（{origin.Operation}）产生的张量 {origin.Tensor} 中");
        yield return new(
            $"NaN or infinity: first {from.English}: {what.English}, in {origin.Rows:N0} of {model.Rows:N0} rows"
            + (reached == 0 ? "; no activation received any." : $"; from there on {Counted(reached, "activation")} met them."),
            $"NaN 或无穷：最先出现在{from.Chinese}：{what.Chinese}，见于 {model.Rows:N0} 行中的 {origin.Rows:N0} 行"
            + (reached == 0 ? "；没有激活函数收到它们。" : $"；此后有 {reached:N0} 个激活函数遇到它们。"));
    }

    private static Text? Told(ModelDiagnosis model, string verdict, HashSet<Text> said)
    {
        ActivationDiagnosis[] found = [.. model.Activations.Where(activation => activation.Verdict == verdict)];
        if (found.Length == 0)
            return null;
        ActivationDiagnosis worst = found.MaxBy(Severity)!;
        Text advice = Text.Sentences(VerdictAdvice.OnVerdict(worst).Where(said.Add)), so = worst.VerdictSoFar;
        if (found.Length == 1)
            return new(
                $"{worst.Name} ({worst.Function}): {so.English}. {advice.English}".TrimEnd(),
                $"{worst.Name}（{worst.Function}）：{so.Chinese}。{advice.Chinese}");
        string[] named = [.. found.Take(MostNamed).Select(activation => activation.Name)];
        int more = found.Length - named.Length;
        return new(
            $"{found.Length} of {model.Activations.Count} activations: {so.English} ({string.Join(", ", named)}"
            + $"{(more > 0 ? $" and {more} more" : "")}). Most so {worst.Name} ({worst.Function}): {advice.English}",
            $"{model.Activations.Count} 个激活函数中有 {found.Length} 个：{so.Chinese}（{string.Join('、', named)}"
            + $"{(more > 0 ? $" 等，另有 {more} 个" : "")}）。最甚者为 {worst.Name}（{worst.Function}）：{advice.Chinese}");
    }

    private static double Severity(ActivationDiagnosis activation) => activation switch
    {
        { HasNonFinite: true } => activation.NonFiniteRows,
        { DeadUnits.Count: > 0 } => activation.DeadShare,
        { SaturatedUnits.Count: > 0 } => activation.SaturatedShare,
        { RareUnits.Count: > 0 } => (double)activation.RareUnits.Count / activation.Units,
        _ => -activation.Nonlinearity,
    };

    private static IEnumerable<Text> Healthy(ModelDiagnosis model)
    {
        int healthy = model.Activations.Count(activation => activation.Verdict == Verdict.Healthy), all = model.Activations.Count;
        if (healthy > 0)
            yield return (healthy == all, all) switch
            {
                (true, 1) => new("The activation is healthy on this sample.", "该激活函数在这个样本上是健康的。"),
                (true, _) => new($"All {all:N0} activations are healthy on this sample.", $"全部 {all:N0} 个激活函数在这个样本上都是健康的。"),
                _ => new(
                    $"{healthy:N0} of {all:N0} activations {(healthy == 1 ? "is" : "are")} healthy on this sample.",
                    $"{all:N0} 个激活函数中有 {healthy:N0} 个在这个样本上是健康的。"),
            };
    }

    private static IEnumerable<Text> Compared(DiagnosisComparison comparison)
    {
        ActivationChange[] notable = [.. comparison.Changes.Where(change => change.Notable)];
        int gained = comparison.Changes.Sum(change => change.DeadGained.Count),
            lost = comparison.Changes.Sum(change => change.DeadLost.Count),
            verdicts = comparison.Changes.Count(change => change.VerdictChanged);
        string other = Path.GetFileName(comparison.Before.Model);
        string both = Counted(comparison.Changes.Count, "activation");
        yield return notable.Length == 0
            ? new(
                $"Against {other}: no verdict is another and no unit died or came to life in {both} that both have.",
                $"与 {other} 相比：两者共有的 {comparison.Changes.Count:N0} 个激活函数中，没有结论改变，也没有单元死亡或复活。")
            : new(
                $"Against {other}: of {both} that both have, {verdicts} {(verdicts == 1 ? "has" : "have")} another verdict; "
                + $"{Counted(gained, "unit")} died, {lost} came to life.",
                $"与 {other} 相比：两者共有的 {comparison.Changes.Count:N0} 个激活函数中，{verdicts} 个的结论改变；"
                + $"{gained:N0} 个单元死亡，{lost} 个复活。");
        if (comparison.OnlyAfter.Count + comparison.OnlyBefore.Count > 0)
            yield return new(
                $"In one of the two only: {comparison.OnlyAfter.Count:N0} here, {comparison.OnlyBefore.Count:N0} in {other}.",
                $"只在其中一个里出现：此处 {comparison.OnlyAfter.Count:N0} 个，{other} 中 {comparison.OnlyBefore.Count:N0} 个。");
    }

    private static string Counted(int count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";
}
