using System.Runtime.InteropServices;

namespace Nonlinear.Oracle.Judging;

/// <summary>Computes a subject on neighbours in a set of inputs, a block at a time: what one thread works with.</summary>
/// <param name="subject">What is computed.</param>
/// <param name="inputs">The set.</param>
internal sealed class ResultBlock(Subject subject, InputSet inputs)
{
    /// <summary>How many inputs a block has at most.</summary>
    public const int Length = 1 << 14;

    private readonly double[] _x = new double[Length], _y = new double[Length];

    private int _length;

    /// <summary>Whether the set is every float in the order of their bits, which are computed and looked at as floats.</summary>
    public bool IsOfFloats { get; } = inputs.CountsUp && subject.Format.Type == NumberType.Float;

    /// <summary>The place of the first input in the set.</summary>
    public long First { get; private set; }

    /// <summary>The inputs, of a set of all floats.</summary>
    public ReadOnlySpan<float> FloatInputs => Floats(_x);

    /// <summary>Their results.</summary>
    public ReadOnlySpan<float> FloatResults => Floats(_y);

    /// <summary>The inputs, of any other set.</summary>
    public ReadOnlySpan<double> Inputs => _x.AsSpan(0, _length);

    /// <summary>Their results.</summary>
    public ReadOnlySpan<double> Results => _y.AsSpan(0, _length);

    /// <summary>The results as they lie in memory.</summary>
    public ReadOnlySpan<byte> Bytes => IsOfFloats ? MemoryMarshal.AsBytes(FloatResults) : MemoryMarshal.AsBytes(Results);

    /// <summary>Computes a block.</summary>
    /// <param name="first">The place of its first input.</param>
    /// <param name="length">How many inputs it has.</param>
    public void Compute(long first, int length)
    {
        (First, _length) = (first, length);
        if (!IsOfFloats)
        {
            inputs.Fill(first, _x.AsSpan(0, length));
            subject.Format.Compute(subject.Activation, subject.Derivative, Inputs, _y.AsSpan(0, length));
            return;
        }
        Span<float> x = Floats(_x);
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(x);
        for (int i = 0; i < bits.Length; i++)
            bits[i] = (uint)first + (uint)i;
        if (subject.Derivative)
            subject.Activation.Derivative<float>(x, Floats(_y));
        else
            subject.Activation.Forward<float>(x, Floats(_y));
    }

    /// <summary>Computes the blocks from one place in a set up to another, on all processors.</summary>
    /// <typeparam name="T">What a thread keeps.</typeparam>
    /// <param name="subject">What is computed.</param>
    /// <param name="inputs">The set.</param>
    /// <param name="start">The place of the first input.</param>
    /// <param name="end">The place behind the last.</param>
    /// <param name="begin">Makes what a thread keeps.</param>
    /// <param name="look">Looks at a block, of which it is told the number.</param>
    /// <param name="finish">Takes what a thread has kept.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void ForEach<T>(
        Subject subject,
        InputSet inputs,
        long start,
        long end,
        Func<T> begin,
        Action<int, ResultBlock, T> look,
        Action<T> finish,
        CancellationToken cancellation) => Parallel.For(
            0,
            (int)((end - start + Length - 1) / Length),
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Block: new ResultBlock(subject, inputs), Kept: begin()),
            (index, _, thread) =>
            {
                long first = start + ((long)index * Length);
                thread.Block.Compute(first, (int)Math.Min(Length, end - first));
                look(index, thread.Block, thread.Kept);
                return thread;
            },
            thread => finish(thread.Kept));

    private Span<float> Floats(double[] numbers) => MemoryMarshal.Cast<double, float>(numbers.AsSpan())[.._length];
}
