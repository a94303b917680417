using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>Which functions are judged, in which directions and tiers, on which types and inputs.</summary>
internal sealed record VerificationPlan(
    IReadOnlyList<Activation> Activations,
    IReadOnlyList<bool> Directions,
    IReadOnlyList<Tier>? Tiers,
    IReadOnlyList<NumberFormat> Formats,
    bool Exhaustive,
    int? Points,
    int Seed)
{
    private const int FloatPoints = 1_000_000, DoublePoints = 100_000;

    /// <summary>Judges everything.</summary>
    /// <exception cref="InvalidOperationException">The reference is not there.</exception>
    public IReadOnlyList<VerificationRow> Run(SweepFiles files, CancellationToken cancellation)
    {
        if (!Oracle.Oracle.IsAvailable)
            throw new InvalidOperationException(Oracle.Oracle.WhyNot);
        List<VerificationRow> rows = [];
        foreach (Subject subject in Subjects())
        {
            InputSet inputs = InputsOf(subject);
            Outcome outcome = new();
            Terminal.WithProgress(subject.ToString(), progress => outcome = files.Run(subject, inputs, progress, cancellation));
            rows.Add(new(
                subject.Activation + (subject.Derivative ? "′" : ""),
                subject.Activation.Tier == Tier.Fast ? "fast" : "exact",
                subject.Format.Name,
                inputs.Name,
                subject.Guarantee,
                outcome));
        }
        return rows;
    }

    private IEnumerable<Subject> Subjects() =>
        from activation in Activations.OfType<ElementwiseActivation>()
        from derivative in Directions
        from format in Formats
        from tier in Tiers ?? [Tier.Exact, Tier.Fast]
        let inTier = (ElementwiseActivation)activation.In(tier)
        // Only floats have a faster form, and not of every function.
        where Tiers is not null || tier == Tier.Exact || (inTier.Tier == Tier.Fast && format.Name == "float")
        select new Subject(inTier, derivative, format);

    private InputSet InputsOf(Subject subject)
    {
        NumberFormat format = subject.Format;
        bool all = Exhaustive ? format.Bits <= 32 : format.Bits == 16 && Points is null;
        return all ? InputSet.All(format) : InputSet.Sample(subject.Activation, format, Points ?? (format.Name == "double" ? DoublePoints : FloatPoints), Seed);
    }
}
