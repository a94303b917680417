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
    int Seed,
    Chunk? Chunk = null)
{
    private const int FloatPoints = 1_000_000, DoublePoints = 100_000, PointsOfVectors = 10_000;

    /// <summary>Judges everything.</summary>
    /// <exception cref="InvalidOperationException">The reference is not there.</exception>
    public IReadOnlyList<VerificationRow> Run(SweepFiles files, CancellationToken cancellation)
    {
        if (!Oracle.Oracle.IsAvailable)
            throw new InvalidOperationException(Oracle.Oracle.WhyNot);
        return [.. Activations.SelectMany(activation => activation switch
        {
            ElementwiseActivation elementwise => Subjects(elementwise).Select(subject => Judge(subject, files, cancellation)),
            // Vectors are judged in seconds, and not divided.
            AxisActivation alongAxis when Chunk is null => Subjects(alongAxis).Select(subject => Judge(subject, cancellation)),
            _ => [], // maxout selects one of its inputs, CReLU keeps or drops them: nothing is rounded
        })];
    }

    private IEnumerable<Subject> Subjects(ElementwiseActivation activation) =>
        from derivative in Directions
        from format in Formats
        from tier in Tiers ?? [Tier.Exact, Tier.Fast]
        let inTier = (ElementwiseActivation)activation.In(tier)
        // Only floats have a faster form, and not of every function.
        where Tiers is not null || tier == Tier.Exact || (inTier.Tier == Tier.Fast && format.Name == "float")
        select new Subject(inTier, derivative, format);

    private IEnumerable<VectorSubject> Subjects(AxisActivation activation) =>
        from backward in Directions
        from format in Formats
        from tier in Tiers ?? [Tier.Exact, Tier.Fast]
        let inTier = (AxisActivation)activation.In(tier)
        where Tiers is not null || tier == Tier.Exact || (inTier.Tier == Tier.Fast && format.Name == "float")
        select new VectorSubject(inTier, backward, format);

    private VerificationRow Judge(Subject subject, SweepFiles files, CancellationToken cancellation)
    {
        NumberFormat format = subject.Format;
        bool all = Exhaustive ? format.Bits <= 32 : format.Bits == 16 && Points is null;
        InputSet inputs = all
            ? InputSet.All(format)
            : InputSet.Sample(subject.Activation, format, Points ?? (format.Name == "double" ? DoublePoints : FloatPoints), Seed);
        Outcome outcome = new();
        Terminal.WithProgress(subject.ToString(), progress => outcome = files.Run(subject, inputs, Chunk, progress, cancellation));
        return new(
            subject.Activation,
            subject.Derivative ? "derivative" : "forward",
            format.Name,
            Chunk is null ? inputs.Name : $"{inputs.Name}, chunk {Chunk}",
            subject.Guarantee,
            outcome);
    }

    private VerificationRow Judge(VectorSubject subject, CancellationToken cancellation)
    {
        Outcome outcome = new();
        int repetitions = Math.Clamp((Points ?? 0) / PointsOfVectors, 1, 1000);
        Terminal.WithProgress(
            subject.ToString(),
            progress => outcome = VectorSweep.Run(subject, repetitions, Seed, progress, cancellation));
        return new(
            subject.Activation,
            subject.Backward ? "backward" : "forward",
            subject.Format.Name,
            $"vectors, seed {Seed}",
            subject.Guarantee,
            outcome);
    }
}
