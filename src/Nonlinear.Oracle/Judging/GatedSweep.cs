namespace Nonlinear.Oracle.Judging;

/// <summary>Computes a gated unit on pairs and judges every result, on all processors.</summary>
public static class GatedSweep
{
    private const int BlockLength = 1 << 12;

    /// <summary>Judges random pairs: ordinary ones, pairs of any bits, and special values among them.</summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="pairs">How many, at least.</param>
    /// <param name="seed">What they are drawn with.</param>
    /// <param name="progress">Is told the share done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Outcome Run(
        GatedSubject subject, long pairs, int seed, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Run(subject, Math.Max(1, pairs / BlockLength), (block, work) =>
        {
            GatedPairs.Draw(subject.Format, seed, block, work.Gate, work.Value, work.Upstream);
            if (subject.Direction == GatedDirection.Forward)
                work.Upstream.AsSpan().Fill(1);
            work.Compute();
            work.Outcome.Judged += BlockLength;
            for (int i = 0; i < BlockLength; i++)
                work.Judge.LookAt((block * BlockLength) + i, work.Gate[i], work.Value[i], work.Upstream[i], work.Results[i], work.Outcome);
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
        PartnerJudge judge = new(subject, new(subject), rounded, isValue);
        FloatStretches? stretches = subject.Format.Type == NumberType.Float ? new(judge, judge) : null;
        return Run(subject, (1L << subject.Format.Bits) / BlockLength, (block, work) =>
        {
            long first = block * BlockLength;
            if (stretches is not null)
            {
                work.ComputeFloats((uint)first, (float)rounded, isValue);
                stretches.Look((uint)first, work.Floats, work.FloatResults, work.Outcome);
                return;
            }
            double[] inputs = isValue ? work.Gate : work.Value;
            subject.Format.FromBits((ulong)first, inputs);
            (isValue ? work.Value : work.Gate).AsSpan().Fill(rounded);
            work.Upstream.AsSpan().Fill(1);
            work.Compute();
            work.Outcome.Judged += BlockLength;
            for (int i = 0; i < BlockLength; i++)
                judge.LookAt(first + i, inputs[i], work.Results[i], work.Outcome);
        }, progress, cancellation);
    }

    private static Outcome Run(
        GatedSubject subject,
        long blocks,
        Action<long, Work> look,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        Outcome outcome = new();
        long done = 0;
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0L, blocks, options, () => new Work(subject), (block, _, work) =>
        {
            look(block, work);
            progress?.Report((double)Interlocked.Increment(ref done) / blocks);
            return work;
        }, work =>
        {
            lock (outcome)
                outcome.Add(work.Outcome);
        });
        return outcome;
    }

    // What a thread works with.
    private sealed class Work(GatedSubject subject)
    {
        private readonly float[] _moving = new float[BlockLength], _partners = new float[BlockLength];
        private readonly float[] _ones = [.. Enumerable.Repeat(1f, BlockLength)];

        public GatedJudge Judge { get; } = new(subject);

        public double[] Gate { get; } = new double[BlockLength];

        public double[] Value { get; } = new double[BlockLength];

        public double[] Upstream { get; } = new double[BlockLength];

        public double[] Results { get; } = new double[BlockLength];

        public float[] Floats { get; } = new float[BlockLength];

        public float[] FloatResults { get; } = new float[BlockLength];

        public Outcome Outcome { get; } = new();

        public void Compute() =>
            subject.Format.ComputeGated(subject.Activation, subject.Direction, Gate, Value, Upstream, Results);

        // Of floats whose bits count up, with a partner that stays.
        public void ComputeFloats(uint first, float partner, bool isValue)
        {
            for (int i = 0; i < BlockLength; i++)
                Floats[i] = _moving[i] = BitConverter.UInt32BitsToSingle(first + (uint)i);
            Array.Fill(_partners, partner);
            (float[] gates, float[] values) = isValue ? (_moving, _partners) : (_partners, _moving);
            subject.Compute<float>(gates, values, _ones, FloatResults);
        }
    }
}
