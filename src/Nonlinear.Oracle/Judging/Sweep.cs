using System.Runtime.InteropServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>Computes a subject on a set of inputs, or a part of it, and judges every result, on all processors.</summary>
public static class Sweep
{
    private const int Block = 1 << 14;

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
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(behind, inputs.Count);
        Outcome outcome = new();
        Judge judge = new(subject);
        // The set of all floats is in the order of their bits, and neighbours are judged together.
        FloatStretches? stretches = inputs.CountsUp && subject.Format.Type == NumberType.Float ? new(subject, judge) : null;
        int blocks = (int)((behind - start + Block - 1) / Block), done = 0;
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new Worker(new double[Block], new double[Block], new Outcome()),
            (block, _, worker) =>
            {
                long first = start + ((long)block * Block);
                int length = (int)Math.Min(Block, behind - first);
                if (stretches is not null)
                    LookAtFloats(subject, stretches, (uint)first, length, worker);
                else
                    LookAtNumbers(subject, judge, inputs, first, length, worker);
                progress?.Report((double)Interlocked.Increment(ref done) / blocks);
                return worker;
            },
            worker =>
            {
                lock (outcome)
                    outcome.Add(worker.Outcome);
            });
        if (start == 0 && behind > 0)
            outcome.Add(LookAtHardPoints(subject, judge, inputs, cancellation));
        return outcome;
    }

    private static Outcome LookAtHardPoints(Subject subject, Judge judge, InputSet inputs, CancellationToken cancellation)
    {
        NumberFormat format = subject.Format;
        double[] hard = [.. inputs.Hard ?? Points.Hard(subject.Activation, format)];
        return InCompany.Look(subject, judge, hard, i => inputs.CountsUp ? (long)format.ToBits(hard[i]) : i, cancellation);
    }

    private static void LookAtNumbers(Subject subject, Judge judge, InputSet inputs, long first, int length, in Worker worker)
    {
        Span<double> x = worker.X.AsSpan(0, length), y = worker.Y.AsSpan(0, length);
        inputs.Fill(first, x);
        subject.Format.Compute(subject.Activation, subject.Derivative, x, y);
        judge.Look(x, y, first, worker.Outcome);
    }

    private static void LookAtFloats(Subject subject, FloatStretches stretches, uint first, int length, in Worker worker)
    {
        Span<float> x = MemoryMarshal.Cast<double, float>(worker.X.AsSpan())[..length];
        Span<float> y = MemoryMarshal.Cast<double, float>(worker.Y.AsSpan())[..length];
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(x);
        for (int i = 0; i < bits.Length; i++)
            bits[i] = first + (uint)i;
        if (subject.Derivative)
            subject.Activation.Derivative<float>(x, y);
        else
            subject.Activation.Forward<float>(x, y);
        stretches.Look(first, x, y, worker.Outcome);
    }

    // What a thread works with.
    private readonly record struct Worker(double[] X, double[] Y, Outcome Outcome);
}
