namespace Nonlinear.Oracle.Judging;

/// <summary>How far a sweep has come.</summary>
/// <param name="Done">The inputs that have been judged, from the first on.</param>
/// <param name="Outcome">What was found on them.</param>
public sealed record SweepState(long Done, Outcome Outcome);

/// <summary>Computes a subject on a set of inputs and judges every result, on all processors.</summary>
public static class Sweep
{
    private const int Block = 1 << 14;

    /// <summary>How many inputs are judged between two states, by default: a second or two.</summary>
    public const long Part = 1 << 24;

    /// <summary>Sweeps from where an earlier one stopped.</summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="inputs">On which inputs.</param>
    /// <param name="state">How far it has come; null to begin.</param>
    /// <param name="save">Is told after every part, so that the work can go on from there.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops it between two parts; what was saved is good.</param>
    /// <param name="part">How many inputs are judged between two states.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Outcome Run(
        Subject subject, InputSet inputs, SweepState? state = null, Action<SweepState>? save = null, IProgress<double>? progress = null,
        long part = Part, CancellationToken cancellation = default)
    {
        Judge judge = new(subject);
        SweepState reached = state ?? new(0, new());
        while (reached.Done < inputs.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            long end = Math.Min(reached.Done + part, inputs.Count);
            Outcome outcome = new();
            outcome.Add(reached.Outcome);
            outcome.Add(JudgePart(subject, judge, inputs, reached.Done, end, cancellation));
            reached = new(end, outcome);
            save?.Invoke(reached);
            progress?.Report((double)end / inputs.Count);
        }
        return reached.Outcome;
    }

    private static Outcome JudgePart(Subject subject, Judge judge, InputSet inputs, long start, long end, CancellationToken cancellation)
    {
        Outcome outcome = new();
        int blocks = (int)((end - start + Block - 1) / Block);
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (X: new double[Block], Y: new double[Block], Outcome: new Outcome()),
            (block, _, local) =>
            {
                long first = start + ((long)block * Block);
                int length = (int)Math.Min(Block, end - first);
                Span<double> x = local.X.AsSpan(0, length), y = local.Y.AsSpan(0, length);
                inputs.Fill(first, x);
                subject.Format.Compute(subject.Activation, subject.Derivative, x, y);
                judge.Look(x, y, first, local.Outcome);
                return local;
            },
            local =>
            {
                lock (outcome)
                    outcome.Add(local.Outcome);
            });
        return outcome;
    }
}
