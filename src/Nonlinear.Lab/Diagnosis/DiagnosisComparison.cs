namespace Nonlinear.Lab.Diagnosis;

/// <summary>
/// What two models did with the same sample: two checkpoints of one, or one before and after a change. Activations are matched by name;
/// those whose names occur in one of the models only, in their order, by function and number of units.
/// </summary>
public sealed class DiagnosisComparison
{
    private DiagnosisComparison(ModelDiagnosis before, ModelDiagnosis after)
    {
        (Before, After) = (before, after);
        (ActivationDiagnosis Before, ActivationDiagnosis After)[] pairs = [.. Matched(before.Activations, after.Activations)];
        Dictionary<ActivationDiagnosis, ActivationDiagnosis> partners = new(
            pairs.Select(pair => KeyValuePair.Create(pair.After, pair.Before)), ReferenceEqualityComparer.Instance);
        Changes = [.. after.Activations.Where(partners.ContainsKey).Select(found => new ActivationChange(partners[found], found))];
        OnlyAfter = [.. after.Activations.Where(found => !partners.ContainsKey(found)).Select(found => found.Name)];
        HashSet<ActivationDiagnosis> matched = new(partners.Values, ReferenceEqualityComparer.Instance);
        OnlyBefore = [.. before.Activations.Where(found => !matched.Contains(found)).Select(found => found.Name)];
    }

    /// <summary>The model that is compared with.</summary>
    public ModelDiagnosis Before { get; }

    /// <summary>The model that is diagnosed.</summary>
    public ModelDiagnosis After { get; }

    /// <summary>The activations that both have, in the order of the model that is diagnosed.</summary>
    public IReadOnlyList<ActivationChange> Changes { get; }

    /// <summary>The names of activations that only the model has that is compared with.</summary>
    public IReadOnlyList<string> OnlyBefore { get; }

    /// <summary>The names of activations that only the diagnosed model has.</summary>
    public IReadOnlyList<string> OnlyAfter { get; }

    /// <summary>Compares.</summary>
    /// <param name="before">The model to compare with.</param>
    /// <param name="after">The model that is diagnosed.</param>
    public static DiagnosisComparison Of(ModelDiagnosis before, ModelDiagnosis after) => new(before, after);

    private static IEnumerable<(ActivationDiagnosis Before, ActivationDiagnosis After)> Matched(
        IReadOnlyList<ActivationDiagnosis> before, IReadOnlyList<ActivationDiagnosis> after)
    {
        Dictionary<string, ActivationDiagnosis> names = [];
        foreach (ActivationDiagnosis activation in before)
            names.TryAdd(activation.Name, activation);
        List<ActivationDiagnosis> unnamed = [];
        foreach (ActivationDiagnosis activation in after)
        {
            if (names.Remove(activation.Name, out ActivationDiagnosis? partner))
                yield return (partner, activation);
            else
                unnamed.Add(activation);
        }
        HashSet<ActivationDiagnosis> left = new(names.Values, ReferenceEqualityComparer.Instance);
        foreach ((ActivationDiagnosis, ActivationDiagnosis) pair in InOrder([.. before.Where(left.Contains)], unnamed))
            yield return pair;
    }

    // The longest sequence of like activations that both have in the same order.
    private static List<(ActivationDiagnosis Before, ActivationDiagnosis After)> InOrder(
        List<ActivationDiagnosis> before, List<ActivationDiagnosis> after)
    {
        int[,] longest = new int[before.Count + 1, after.Count + 1];
        for (int i = before.Count - 1; i >= 0; i--)
        {
            for (int j = after.Count - 1; j >= 0; j--)
                longest[i, j] = Alike(before[i], after[j])
                    ? longest[i + 1, j + 1] + 1
                    : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        }
        List<(ActivationDiagnosis, ActivationDiagnosis)> pairs = [];
        for (int i = 0, j = 0; i < before.Count && j < after.Count;)
        {
            if (Alike(before[i], after[j]))
                pairs.Add((before[i++], after[j++]));
            else if (longest[i + 1, j] >= longest[i, j + 1])
                i++;
            else
                j++;
        }
        return pairs;
    }

    // Learned parameters differ between checkpoints.
    private static bool Alike(ActivationDiagnosis one, ActivationDiagnosis other) =>
        one.Units == other.Units && Remedy.BaseName(one.Function) == Remedy.BaseName(other.Function);
}
