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
        (Outcome outcome, _) = RunPart(subject, inputs, start, behind, progress, cancellation);
        if (start == 0 && behind > 0)
            outcome.Add(InAllCompany(subject, inputs, cancellation));
        return outcome;
    }

    /// <summary>
    /// Judges the results for the inputs from one place in their set up to another, hard points like any others, and hashes them.
    /// </summary>
    /// <inheritdoc cref="Run"/>
    public static (Outcome Outcome, ResultHash Results) RunPart(
        Subject subject, InputSet inputs, long start, long end, IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, inputs.Count);
        Outcome whole = new();
        ResultHash hash = new(end - start);
        Judge judge = new(subject);
        // The set of all floats is in the order of their bits, and neighbours are judged together.
        FloatStretches? stretches = inputs.CountsUp && subject.Format.Type == NumberType.Float
            ? new(new ElementwiseCurve(subject), judge)
            : null;
        long done = 0;
        ResultBlock.ForEach(
            subject,
            inputs,
            start,
            end,
            () => new Outcome(),
            (index, block, outcome) =>
            {
                hash.Add(index, block);
                if (stretches is not null)
                    stretches.Look((uint)block.First, block.FloatInputs, block.FloatResults, outcome);
                else
                    judge.Look(block.Inputs, block.Results, block.First, outcome);
                progress?.Report(Math.Min(1, (double)Interlocked.Add(ref done, ResultBlock.Length) / (end - start)));
            },
            outcome =>
            {
                lock (whole)
                    whole.Add(outcome);
            },
            cancellation);
        return (whole, hash);
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
