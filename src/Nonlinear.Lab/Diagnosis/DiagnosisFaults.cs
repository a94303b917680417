using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>What may make a check of a model fail, such as in continuous integration.</summary>
public static class DiagnosisFaults
{
    private const int MostNamed = 3;

    // Outputs and gates may be silent, flat or straight; a softmax has no units.
    private static readonly Dictionary<string, Func<ModelDiagnosis, string?>> Faults = new()
    {
        ["nan"] = NonFinite,
        ["dead"] = model => Hidden(model, "dead units", activation => activation.DeadUnits.Count),
        ["rare"] = model => Hidden(model, "rarely active units", activation => activation.RareUnits.Count),
        ["saturated"] = model => Hidden(model, "saturated units", activation => activation.SaturatedUnits.Count),
        ["linear"] = Linear,
        ["left-out"] = LeftOut,
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Faults.Keys];

    /// <summary>A sentence about those that a model has; null if it has none of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="names">Which to look for.</param>
    /// <exception cref="ArgumentException">There is none of such a name.</exception>
    public static string? Find(ModelDiagnosis model, IEnumerable<string> names)
    {
        string[] found = [.. names.Distinct().Select(name => Named(name)(model)).OfType<string>()];
        return found.Length == 0 ? null : $"'{model.Model}' has {string.Join("; ", found)}.";
    }

    private static Func<ModelDiagnosis, string?> Named(string name) => Faults.TryGetValue(name, out Func<ModelDiagnosis, string?>? fault)
        ? fault
        : throw new ArgumentException($"'{name}' is nothing to fail on; there are {Text.List(Names).English}.", nameof(name));

    private static string? NonFinite(ModelDiagnosis model) => model switch
    {
        { NonFinite: { } origin } => $"NaN or infinity, first made by '{origin.Name}' ({origin.Operation})",
        _ when model.Activations.Where(activation => activation.HasNonFinite).ToArray() is { Length: > 0 } found =>
            $"NaN or infinity in {List([.. found.Select(activation => $"'{activation.Name}'")])}",
        _ => null,
    };

    private static string? Hidden(ModelDiagnosis model, string what, Func<ActivationDiagnosis, int> count)
    {
        ActivationDiagnosis[] found = [.. OfHiddenUnits(model).Where(activation => count(activation) > 0)];
        return found.Length == 0
            ? null
            : $"{what} in {List([.. found.Select(activation => $"'{activation.Name}' ({count(activation)} of {activation.Units})")])}";
    }

    private static string? Linear(ModelDiagnosis model)
    {
        ActivationDiagnosis[] found = [.. OfHiddenUnits(model).Where(activation => activation.Nonlinearity < Verdict.Linear)];
        return found.Length == 0
            ? null
            : $"nearly linear activations: {List([.. found.Select(found => $"'{found.Name}' ({Cells.Share(found.Nonlinearity)})")])}";
    }

    private static string? LeftOut(ModelDiagnosis model) => model.LeftOut.Count == 0
        ? null
        : $"parts that were left out: {List([.. model.LeftOut.Select(part => $"'{part.Name}' ({part.Operation})")])}";

    private static IEnumerable<ActivationDiagnosis> OfHiddenUnits(ModelDiagnosis model) =>
        model.Activations.Where(activation => activation is { Role: ActivationRole.Hidden, Softmax: null });

    private static string List(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? Text.List(names).English
        : $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed} more";
}
