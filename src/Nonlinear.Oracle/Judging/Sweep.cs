namespace Nonlinear.Oracle.Judging;

/// <summary>Computes a subject on a set of inputs, or a part of it, and judges every result, on all processors.</summary>
public static class Sweep
{
    /// <summary>Judges the results for the inputs from one place in their set up to another.</summary>
    /// <remarks>
    /// Outcomes of parts of a set can be added in any order; together they are the outcome of the whole. With the first part the hard
    /// points are judged in all sorts of company as well, wherever in the set they lie.
    /// </remarks>
    /// <param name="subject">What is judged.</param>
    /// <param name="inputs">On which inputs.</param>
    /// <param name="start">The place of the first of them.</param>
    /// <param name="end">The place behind the last; null for the end of the set.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Outcome Run(
        Subject subject, InputSet inputs, long start = 0, long? end = null, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        long behind = end ?? inputs.Count;
        Outcome outcome = RunPart(subject, inputs, start, behind, progress, cancellation);
        if (start == 0 && behind > 0)
            outcome.Add(InAllCompany(subject, inputs, cancellation));
        return outcome;
    }

    /// <summary>Judges the results for the inputs from one place in their set up to another, hard points like any others.</summary>
    /// <inheritdoc cref="Run"/>
    public static Outcome RunPart(
        Subject subject, InputSet inputs, long start, long end, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, inputs.Count);
        Outcome outcome = new();
        Judge judge = new(subject);
        // The set of all floats is in the order of their bits, and neighbours are judged together.
        FloatStretches? stretches = inputs.CountsUp && subject.Format.Type == NumberType.Float ? new(new ElementwiseCurve(subject), judge) : null;
        int blocks = (int)((end - start + ResultBlock.Length - 1) / ResultBlock.Length), done = 0;
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Block: new ResultBlock(subject, inputs), Outcome: new Outcome()),
            (index, _, work) =>
            {
                long first = start + ((long)index * ResultBlock.Length);
                work.Block.Compute(first, (int)Math.Min(ResultBlock.Length, end - first));
                if (stretches is not null)
                    stretches.Look((uint)first, work.Block.FloatInputs, work.Block.FloatResults, work.Outcome);
                else
                    judge.Look(work.Block.Inputs, work.Block.Results, first, work.Outcome);
                progress?.Report((double)Interlocked.Increment(ref done) / blocks);
                return work;
            },
            work =>
            {
                lock (outcome)
                    outcome.Add(work.Outcome);
            });
        return outcome;
    }

    /// <summary>Judges the hard points of a set alone, and in every lane among ordinary numbers.</summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="inputs">The set.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What depends on its company; nothing is counted as judged.</returns>
    public static Outcome InAllCompany(Subject subject, InputSet inputs, CancellationToken cancellation = default)
    {
        NumberFormat format = subject.Format;
        double[] hard = [.. inputs.Hard ?? Points.Hard(subject.Activation, format)];
        return InCompany.Look(
            subject, new(subject), hard, i => inputs.CountsUp ? (long)format.ToBits(hard[i]) : i, cancellation);
    }
}
