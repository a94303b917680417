using System.Globalization;
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

    // Neither small, nor a number that products with are exact.
    private const double Partner = -1.7;

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
            GatedActivation gated when Chunk is null => Subjects(gated).SelectMany(subject => Judge(subject, cancellation)),
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

    private IEnumerable<GatedSubject> Subjects(GatedActivation activation) =>
        from direction in Enum.GetValues<GatedDirection>()
        where Directions.Contains(direction != GatedDirection.Forward)
        from format in Formats
        from tier in Tiers ?? [Tier.Exact, Tier.Fast]
        let inTier = (GatedActivation)activation.In(tier)
        where Tiers is not null || tier == Tier.Exact || (inTier.Tier == Tier.Fast && format.Name == "float")
        select new GatedSubject(inTier, direction, format);

    // Random pairs, or every float with a partner that stays.
    private IEnumerable<VerificationRow> Judge(GatedSubject subject, CancellationToken cancellation)
    {
        if (Exhaustive && subject.Format.Bits <= 32)
        {
            yield return Row($"all gates, value {Partner}", progress => GatedSweep.RunAll(subject, Partner, true, progress, cancellation));
            yield return Row($"all values, gate {Partner}", progress => GatedSweep.RunAll(subject, Partner, false, progress, cancellation));
            yield break;
        }
        int pairs = Points ?? (subject.Format.Name == "double" ? DoublePoints : FloatPoints);
        yield return Row(
            string.Create(CultureInfo.InvariantCulture, $"{pairs:N0} pairs, seed {Seed}"),
            progress => GatedSweep.Run(subject, pairs, Seed, progress, cancellation));

        VerificationRow Row(string inputs, Func<IProgress<double>, Outcome> judge)
        {
            Outcome outcome = new();
            Terminal.WithProgress(subject.ToString(), progress => outcome = judge(progress));
            return new(subject.Activation, subject.DirectionName, subject.Format.Name, inputs, subject.Guarantee, outcome);
        }
    }

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
