using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Says what was measured of an activation, and what to try.</summary>
internal static class VerdictAdvice
{
    // An attention whose entropy is within this of either end attends to one place, or to all alike.
    private const double EndOfEntropy = 0.05;

    /// <summary>The advice on an activation.</summary>
    public static string On(ActivationDiagnosis activation) => Sentences(activation) is { Count: > 0 } sentences
        ? string.Join(' ', sentences)
        : "Nothing needs to be done.";

    /// <summary>What of the advice belongs to the verdict itself, sentence by sentence.</summary>
    public static IEnumerable<string> OnVerdict(ActivationDiagnosis activation) => activation switch
    {
        { HasNonFinite: true } => [NonFinite(activation)],
        _ when activation.Verdict.Contains("dead", StringComparison.Ordinal) => Silence.Of(activation),
        _ when activation.Verdict.Contains("saturated", StringComparison.Ordinal) => Saturation(activation),
        { Nonlinearity: < Verdict.Linear } => Straightness(activation),
        { RareUnits.Count: > 0 } => [Rarity(activation)],
        _ => [],
    };

    private static List<string> Sentences(ActivationDiagnosis activation)
    {
        List<string> sentences = [];
        if (activation.HasNonFinite)
            sentences.Add(NonFinite(activation));
        if (activation.Softmax is { } softmax)
            sentences.Add(OfSoftmax(softmax, activation.Role));
        if (activation.DeadUnits.Count > 0)
            sentences.AddRange(Silence.Of(activation));
        if (activation.SaturatedUnits.Count > 0 && activation.Softmax is null)
            sentences.AddRange(Saturation(activation));
        if (activation is { Nonlinearity: < Verdict.Linear })
            sentences.AddRange(Straightness(activation));
        if (activation.RareUnits.Count > 0)
            sentences.Add(Rarity(activation));
        return sentences;
    }

    private static string NonFinite(ActivationDiagnosis activation) =>
        $"{Counted(activation.NonFiniteUnits.Count, activation)} received or put out NaN or infinity, "
        + $"in {activation.NonFiniteRows:N0} of {activation.Rows:N0} rows. Begin with the node that made them first, which the diagnosis "
        + "of the model names; all else that is said here is about the finite numbers.";

    private static IEnumerable<string> Saturation(ActivationDiagnosis activation)
    {
        yield return $"{Counted(activation.SaturatedUnits.Count, activation)} had a slope below a hundredth of the function's steepest on "
            + "99% of the sample or more"
            + (double.IsNaN(activation.GradientShare)
                ? "."
                : $"; over all units {Cells.Share(activation.GradientShare)} of the gradient passes.");
        yield return activation.Role switch
        {
            ActivationRole.Output => $"An output may be sure of itself: this is no fault. Its mean is {Cells.Number(activation.Mean)}.",
            ActivationRole.Gate => $"A gate may stay open or shut: this is no fault. Its mean is {Cells.Number(activation.Mean)}.",
            _ => Remedy.ForSaturation(activation.Function),
        };
    }

    private static IEnumerable<string> Straightness(ActivationDiagnosis activation)
    {
        yield return "A straight line through its inputs explains all of the outputs' variance but "
            + $"{Cells.Share(activation.Nonlinearity)}.";
        yield return activation.Role switch
        {
            ActivationRole.Output => "An output may stay on such a stretch of its curve: this is no fault.",
            ActivationRole.Gate => "A gate may stay on such a stretch of its curve, and still multiplies: this is no fault.",
            _ => "The two layers around it act nearly as one on this sample; inputs of one kind may not show the bend, so try others as "
                + "well. If it is straight on all, scale up what it receives.",
        };
    }

    private static string Rarity(ActivationDiagnosis activation) =>
        $"{Counted(activation.RareUnits.Count, activation)} {(activation.RareUnits.Count == 1 ? "was" : "were")} active on less than 1% of "
        + "the sample, but not never. That is no fault in itself: such a unit may answer to what is rare in it. More rows tell.";

    private static string OfSoftmax(SoftmaxDiagnosis softmax, ActivationRole role)
    {
        string measured = $"One entry has more than 99% in {Cells.Share(softmax.SureRows)} of its vectors, and all but a part in ten "
            + $"million in {Cells.Share(softmax.SaturatedRows)}, where no gradient passes; the mean entropy is "
            + $"{Cells.Share(softmax.Entropy)} of the greatest possible.";
        return (role, softmax.Entropy) switch
        {
            (ActivationRole.Output, _) => measured + " An output may be sure of itself: this is no fault.",
            (_, < EndOfEntropy) => measured + " It has collapsed: nearly every vector attends to a single place.",
            (_, > 1 - EndOfEntropy) => measured + " It is uniform: nearly every vector attends to everything alike.",
            _ => measured,
        };
    }

    private static string Counted(int units, ActivationDiagnosis activation) =>
        $"{units:N0} of {activation.Units:N0} units ({Cells.Share((double)units / activation.Units)})";
}
