using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>What a diagnosis comes to, in a few sentences, the gravest first.</summary>
internal static class DiagnosisFindings
{
    private const int MostNamed = 4, MostReasons = 3;

    /// <summary>The findings on a model, and how it compares with another.</summary>
    public static IReadOnlyList<string> Of(ModelDiagnosis model, DiagnosisComparison? comparison)
    {
        // What helps against dead units is said once, not with every layer.
        HashSet<string> said = [];
        return
        [
            .. NonFinite(model),
            Seen(model),
            .. model.Notes,
            .. comparison is null ? [] : Compared(comparison),
            .. Verdict.All
                .Where(verdict => verdict != Verdict.Healthy)
                .Select(verdict => Told(model, verdict, said))
                .OfType<string>(),
            .. Healthy(model),
        ];
    }

    /// <summary>How many activations were seen, and what was not understood: "2 nodes not understood, because …".</summary>
    public static string Seen(ModelDiagnosis model)
    {
        string seen = Counted(model.Activations.Count, "activation") + " seen";
        if (model.LeftOut.Count == 0)
            return seen + "; nothing was left out.";
        (string Reason, int Count)[] reasons =
        [
            .. model.LeftOut.GroupBy(part => part.Reason.TrimEnd('.'))
                .Select(group => (group.Key, group.Count()))
                .OrderByDescending(reason => reason.Item2),
        ];
        string because = string.Join(
            "; ",
            reasons.Take(MostReasons)
                .Select(reason => reason.Reason + (reasons.Length == 1 ? "" : $" ({reason.Count})")));
        string more = reasons.Length > MostReasons ? $"; and {Counted(reasons.Length - MostReasons, "other reason")}" : "";
        return $"{seen}, {Counted(model.LeftOut.Count, "node")} not understood, because {because}{more}.";
    }

    private static IEnumerable<string> NonFinite(ModelDiagnosis model)
    {
        if (model.NonFinite is not { } origin)
            yield break;
        string what = (origin.NaNs, origin.Infinities) switch
        {
            (> 0, > 0) => $"{origin.NaNs:N0} NaN and {origin.Infinities:N0} infinite numbers",
            (> 0, _) => $"{origin.NaNs:N0} NaN",
            _ => $"{origin.Infinities:N0} infinite numbers",
        };
        int reached = model.Activations.Count(activation => activation.HasNonFinite);
        string from = origin.Operation == "input"
            ? $"in the input {origin.Name} of the model, before any layer"
            : $"made by the node {origin.Name} ({origin.Operation}) in the tensor {origin.Tensor}";
        yield return $"NaN or infinity: first {from}: {what}, in {origin.Rows:N0} of {model.Rows:N0} rows"
            + (reached == 0 ? "; no activation received any." : $"; from there on {Counted(reached, "activation")} met them.");
    }

    private static string? Told(ModelDiagnosis model, string verdict, HashSet<string> said)
    {
        ActivationDiagnosis[] found = [.. model.Activations.Where(activation => activation.Verdict == verdict)];
        if (found.Length == 0)
            return null;
        ActivationDiagnosis worst = found.MaxBy(Severity)!;
        string advice = string.Join(' ', VerdictAdvice.OnVerdict(worst).Where(said.Add));
        if (found.Length == 1)
            return $"{worst.Name} ({worst.Function}): {worst.VerdictSoFar}. {advice}".TrimEnd();
        string names = string.Join(", ", found.Take(MostNamed).Select(activation => activation.Name))
            + (found.Length > MostNamed ? $" and {found.Length - MostNamed} more" : "");
        return $"{found.Length} of {model.Activations.Count} activations: {worst.VerdictSoFar} ({names}). "
            + $"Most so {worst.Name} ({worst.Function}): {advice}";
    }

    private static double Severity(ActivationDiagnosis activation) => activation switch
    {
        { HasNonFinite: true } => activation.NonFiniteRows,
        { DeadUnits.Count: > 0 } => activation.DeadShare,
        { SaturatedUnits.Count: > 0 } => activation.SaturatedShare,
        { RareUnits.Count: > 0 } => (double)activation.RareUnits.Count / activation.Units,
        _ => -activation.Nonlinearity,
    };

    private static IEnumerable<string> Healthy(ModelDiagnosis model)
    {
        int healthy = model.Activations.Count(activation => activation.Verdict == Verdict.Healthy), all = model.Activations.Count;
        if (healthy > 0)
            yield return (healthy == all, all) switch
            {
                (true, 1) => "The activation is healthy on this sample.",
                (true, _) => $"All {all:N0} activations are healthy on this sample.",
                _ => $"{healthy:N0} of {all:N0} activations {(healthy == 1 ? "is" : "are")} healthy on this sample.",
            };
    }

    private static IEnumerable<string> Compared(DiagnosisComparison comparison)
    {
        ActivationChange[] notable = [.. comparison.Changes.Where(change => change.Notable)];
        int gained = comparison.Changes.Sum(change => change.DeadGained.Count),
            lost = comparison.Changes.Sum(change => change.DeadLost.Count),
            verdicts = comparison.Changes.Count(change => change.VerdictChanged);
        string other = Path.GetFileName(comparison.Before.Model);
        yield return notable.Length == 0
            ? $"Against {other}: no verdict is another and no unit died or came to life in "
                + $"{Counted(comparison.Changes.Count, "activation")} that both have."
            : $"Against {other}: of {Counted(comparison.Changes.Count, "activation")} that both have, {verdicts} "
                + $"{(verdicts == 1 ? "has" : "have")} another verdict; {Counted(gained, "unit")} died, {lost} came to life.";
        if (comparison.OnlyAfter.Count + comparison.OnlyBefore.Count > 0)
            yield return $"In one of the two only: {comparison.OnlyAfter.Count:N0} here, {comparison.OnlyBefore.Count:N0} in {other}.";
    }

    private static string Counted(int count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";
}
