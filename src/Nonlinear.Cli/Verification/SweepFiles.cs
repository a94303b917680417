using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>
/// Where long sweeps leave what they have found, part by part, so that an interrupted one goes on and a finished one is not run again.
/// Several runs may work in one folder: each sees what the others have done, and at worst two do the same part. What was found of one
/// build's results holds for another that has the same: they are computed anew, and judged only if they differ.
/// </summary>
/// <param name="folder">The folder; null for the user's own.</param>
/// <param name="fresh">Whether to begin anew whatever is there.</param>
/// <param name="desk">Who has parts judged elsewhere; null for nobody.</param>
internal sealed class SweepFiles(string? folder, bool fresh, IRunDesk? desk = null)
{
    // Shorter work is done again sooner than it is looked up.
    private const long WorthKeeping = 1 << 20;

    // Some seconds each. MPFR, which judges doubles, takes a thousand times as long as a float does.
    private const long Part = 1 << 28, PartOfDoubles = 1 << 19;

    // So small that there are enough for many machines.
    private const long PartHandedOut = 1 << 26;

    private readonly string _folder = folder ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "nonlinear",
        "verify");

    /// <summary>Sweeps what no earlier or other run has.</summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="inputs">The set of inputs.</param>
    /// <param name="chunk">The share of the set to judge; null for all of it.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops it; the parts that are done are kept.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Outcome Run(Subject subject, InputSet inputs, Chunk? chunk, IProgress<double> progress, CancellationToken cancellation)
    {
        (long start, long end) = chunk?.Places(inputs.Count) ?? (0, inputs.Count);
        if (inputs.Count < WorthKeeping)
            return Sweep.Run(subject, inputs, start, end, progress, cancellation);
        Directory.CreateDirectory(_folder);
        Outcome whole = RunParts(subject, inputs, start, end, progress, cancellation);
        // Their company is made for them, and is not among the results that a record is about.
        if (start == 0)
            whole.Add(Sweep.InAllCompany(subject, inputs, cancellation));
        return whole;
    }

    /// <summary>Judges a part of a sweep.</summary>
    public static SweepRecord Judge(Subject subject, InputSet inputs, long start, long end, CancellationToken cancellation)
    {
        (Outcome outcome, ResultHash results) = Sweep.RunPart(subject, inputs, start, end, cancellation: cancellation);
        return new(
            SweepRecord.ThisLibrary, SweepRecord.ThisJudge, NameOf(subject), inputs.Name, start, end, results.ToString(), outcome);
    }

    private Outcome RunParts(
        Subject subject, InputSet inputs, long start, long end, IProgress<double> progress, CancellationToken cancellation)
    {
        // A set that is every number can be named to others.
        bool handedOut = desk is not null && inputs.CountsUp;
        long part = subject.Format.Bits == 64 ? PartOfDoubles : handedOut ? PartHandedOut : Part;
        IReadOnlyList<SweepRecord> records = fresh ? [] : Kept(subject, inputs);
        Queue<SweepRecord> others = new(fresh ? [] : OfSameResults(subject, inputs));
        while (true)
        {
            (IReadOnlyList<SweepRecord> parts, IReadOnlyList<(long Start, long End)> gaps) = Cover(records, start, end, part);
            progress.Report((double)parts.Sum(record => record.End - record.Start) / (end - start));
            if (gaps.Count == 0)
                return parts.Aggregate(new Outcome(), Sum);
            if (others.TryDequeue(out SweepRecord? other))
            {
                if (gaps.Any(gap => gap.Start < other.End && other.Start < gap.End)
                    && other.Results == ResultHash.Of(subject, inputs, other.Start, other.End, cancellation))
                    Keep([other with { Library = SweepRecord.ThisLibrary, Subject = NameOf(subject) }]);
            }
            else if (handedOut)
            {
                Keep(HaveJudged(desk!, subject, inputs, gaps, progress, cancellation));
            }
            else
            {
                // Runs that work at the same time begin at different gaps.
                (long first, long behind) = gaps[Environment.ProcessId % gaps.Count];
                Keep([Judge(subject, inputs, first, behind, cancellation)]);
            }
        }

        void Keep(SweepRecord[] found)
        {
            foreach (SweepRecord record in found)
                record.Write(_folder);
            records = fresh ? [.. records, .. found] : Kept(subject, inputs);
        }
    }

    private static string NameOf(Subject subject) => NameOf(subject, subject.Activation.Tier);

    private static string NameOf(Subject subject, Tier tier) =>
        $"{subject.Activation.Exact} {(subject.Derivative ? "derivative" : "forward")} "
        + $"{(tier == Tier.Fast ? "fast" : "exact")} {subject.Format.Name}";

    // What runs of this build have left.
    private IReadOnlyList<SweepRecord> Kept(Subject subject, InputSet inputs) =>
        [.. SweepRecord.All(_folder, NameOf(subject), inputs.Name).Where(record => record.Library == SweepRecord.ThisLibrary)];

    // What was found of the same results, perhaps: those of other builds, and those of the exact tier where the fast one has no form of its
    // own. What breaks a promise hangs on the tier, but results that are all right break none.
    private IEnumerable<SweepRecord> OfSameResults(Subject subject, InputSet inputs) =>
        SweepRecord.All(_folder, NameOf(subject), inputs.Name).Where(record => record.Library != SweepRecord.ThisLibrary)
            .Concat(subject.Activation.Tier == Tier.Fast
                ? SweepRecord.All(_folder, NameOf(subject, Tier.Exact), inputs.Name).Where(record => record.Outcome.Misrounded == 0)
                : []);

    private static SweepRecord[] HaveJudged(
        IRunDesk desk,
        Subject subject,
        InputSet inputs,
        IReadOnlyList<(long Start, long End)> gaps,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        long done = inputs.Count - gaps.Sum(gap => gap.End - gap.Start), part = gaps.Max(gap => gap.End - gap.Start);
        IReadOnlyList<string> found = desk.Carry(
            [.. gaps.Select(gap => SweepCarrier.Order(subject, gap.Start, gap.End))],
            () => progress.Report(Math.Min(1, (double)Interlocked.Add(ref done, part) / inputs.Count)),
            cancellation);
        return [.. found.Select(SweepRecord.ReadText)];
    }

    // Records that lie beside one another within a stretch, and what is left between them, cut into parts.
    private static (IReadOnlyList<SweepRecord> Parts, IReadOnlyList<(long Start, long End)> Gaps) Cover(
        IEnumerable<SweepRecord> records, long start, long end, long part)
    {
        List<SweepRecord> parts = [];
        List<(long, long)> gaps = [];
        long reached = start;
        foreach (SweepRecord record in records.Where(record => record.Start >= start && record.End <= end && record.Start < record.End)
            .OrderBy(record => record.Start).ThenByDescending(record => record.End))
        {
            if (record.Start < reached)
                continue;
            Leave(record.Start);
            parts.Add(record);
            reached = record.End;
        }
        Leave(end);
        return (parts, gaps);

        void Leave(long behind)
        {
            while (reached < behind)
            {
                long next = Math.Min(behind, ((reached / part) + 1) * part);
                gaps.Add((reached, next));
                reached = next;
            }
        }
    }

    private static Outcome Sum(Outcome sum, SweepRecord record)
    {
        sum.Add(record.Outcome);
        return sum;
    }
}
