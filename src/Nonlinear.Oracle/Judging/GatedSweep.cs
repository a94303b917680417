namespace Nonlinear.Oracle.Judging;

/// <summary>Computes a gated unit on pairs and judges every result, on all processors.</summary>
public static class GatedSweep
{
    private const int BlockLength = 1 << 12;

    // Met by each other, in every lane.
    private static readonly double[] Specials =
    [
        0, -0.0, 1, -1, 7, -7, 0.5, 100, -100, 1e-30, -1e-30, 1e30, -1e30, 3e38, -3e38, 1e-45, -1e-45, 1.2e-38,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    /// <summary>Judges random pairs: ordinary ones, pairs of any bits, and special values among them.</summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="pairs">How many, at least.</param>
    /// <param name="seed">What they are drawn with.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Outcome Run(
        GatedSubject subject, long pairs, int seed, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Run(subject, Math.Max(1, pairs / BlockLength), (block, gate, value, upstream) =>
        {
            Random random = new(HashCode.Combine(seed, (int)block, (int)(block >> 32)));
            for (int i = 0; i < gate.Length; i++)
            {
                int kind = random.Next(8);
                gate[i] = Draw(subject.Format, random, kind & 3);
                value[i] = Draw(subject.Format, random, kind >> 1 & 3);
                upstream[i] = subject.Direction == GatedDirection.Forward ? 1 : Draw(subject.Format, random, random.Next(3));
            }
        }, progress, cancellation);

    /// <summary>Judges every number of a format as the gate of one value, or as the value of one gate.</summary>
    /// <param name="subject">What is judged, on a format of 32 bits at most.</param>
    /// <param name="partner">The other number.</param>
    /// <param name="isValue">Whether the other is the value.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Outcome RunAll(
        GatedSubject subject,
        double partner,
        bool isValue,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        double rounded = subject.Format.Nearest(partner);
        return Run(subject, (1L << subject.Format.Bits) / BlockLength, (block, gate, value, upstream) =>
        {
            subject.Format.FromBits((ulong)block * BlockLength, isValue ? gate : value);
            (isValue ? value : gate).AsSpan().Fill(rounded);
            upstream.AsSpan().Fill(1);
        }, progress, cancellation);
    }

    private static Outcome Run(
        GatedSubject subject,
        long blocks,
        Action<long, double[], double[], double[]> fill,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        Outcome outcome = new();
        long done = 0;
        Parallel.For(0L, blocks, new ParallelOptions { CancellationToken = cancellation }, () => new Work(subject), (block, _, work) =>
        {
            fill(block, work.Gate, work.Value, work.Upstream);
            work.Judge(block * BlockLength);
            progress?.Report((double)Interlocked.Increment(ref done) / blocks);
            return work;
        }, work =>
        {
            lock (outcome)
                outcome.Add(work.Outcome);
        });
        return outcome;
    }

    private static double Draw(NumberFormat format, Random random, int kind) => format.Nearest(kind switch
    {
        0 => 3 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()),
        1 => (random.NextDouble() - 0.5) * 20,
        2 => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-60, 60)),
        _ when random.Next(4) == 0 => Specials[random.Next(Specials.Length)],
        _ => format.FromBits((ulong)random.NextInt64() & (ulong.MaxValue >> (64 - format.Bits))),
    });

    private sealed class Work(GatedSubject subject)
    {
        private readonly GatedJudge _judge = new(subject);
        private readonly double[] _results = new double[BlockLength];

        public double[] Gate { get; } = new double[BlockLength];

        public double[] Value { get; } = new double[BlockLength];

        public double[] Upstream { get; } = new double[BlockLength];

        public Outcome Outcome { get; } = new();

        public void Judge(long start)
        {
            subject.Format.ComputeGated(subject.Activation, subject.Direction, Gate, Value, Upstream, _results);
            for (int i = 0; i < _results.Length; i++)
                _judge.LookAt(start + i, Gate[i], Value[i], Upstream[i], _results[i], Outcome);
        }
    }
}
