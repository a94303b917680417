using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>
/// Where long sweeps leave what they have found, part by part, so that an interrupted one goes on and a finished one is not run again.
/// Several runs may work in one folder: each sees what the others have done, and at worst two do the same part.
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
        string name = $"{subject.Activation.Exact} {(subject.Derivative ? "derivative" : "forward")} "
            + $"{(subject.Activation.Tier == Tier.Fast ? "fast" : "exact")} {subject.Format.Name}";
        // A set that is every number can be named to others.
        bool handedOut = desk is not null && inputs.CountsUp;
        long part = subject.Format.Bits == 64 ? PartOfDoubles : handedOut ? PartHandedOut : Part;
        List<SweepRecord> records = fresh ? [] : [.. SweepRecord.All(_folder, name, inputs.Name)];
        while (true)
        {
            (IReadOnlyList<SweepRecord> parts, IReadOnlyList<(long Start, long End)> gaps) = Cover(records, start, end, part);
            progress.Report((double)parts.Sum(record => record.End - record.Start) / (end - start));
            if (gaps.Count == 0)
                return parts.Aggregate(new Outcome(), Sum);
            if (handedOut)
            {
                SweepRecord[] judged = HaveJudged(desk!, subject, name, inputs, gaps, progress, cancellation);
                foreach (SweepRecord record in judged)
                    record.Write(_folder);
                records = [.. records, .. judged];
                continue;
            }
            // Runs that work at the same time begin at different gaps.
            (long first, long behind) = gaps[Environment.ProcessId % gaps.Count];
            Outcome outcome = Sweep.Run(subject, inputs, first, behind, cancellation: cancellation);
            SweepRecord found = new(SweepRecord.ThisBuild, name, inputs.Name, first, behind, outcome);
            found.Write(_folder);
            records = fresh ? [.. records, found] : [.. SweepRecord.All(_folder, name, inputs.Name), found];
        }
    }

    private static SweepRecord[] HaveJudged(
        IRunDesk desk,
        Subject subject,
        string name,
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
        return
        [
            .. gaps.Zip(found, (gap, outcome) => new SweepRecord(
                SweepRecord.ThisBuild, name, inputs.Name, gap.Start, gap.End, SweepRecord.ReadOutcome(outcome))),
        ];
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
