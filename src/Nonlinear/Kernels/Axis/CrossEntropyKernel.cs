using System.Buffers;
using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>
/// The cross-entropy of softmax and its gradient, one row after another, each of which stays in the cache until it is done with.
/// </summary>
internal abstract class CrossEntropyKernel<T>
    where T : unmanaged
{
    public void Forward(ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, Span<T> losses, int threads)
    {
        Check(logits, targets, losses);
        ParallelCrossEntropy.Rows(this, logits, targets, losses, default, default, threads);
    }

    public void ForwardWithGradient(
        ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, Span<T> losses, Span<T> dlogits, T scale, int threads)
    {
        Guard.Length(logits.Length, dlogits.Length, nameof(dlogits));
        Guard.Overlap(logits, dlogits, nameof(dlogits));
        Guard.Apart(targets, dlogits, nameof(dlogits));
        if (losses.Overlaps(dlogits))
            throw new ArgumentException("dlogits overlaps losses; pass a span that is apart.", nameof(dlogits));
        Check(logits, targets, losses);
        ParallelCrossEntropy.Rows(this, logits, targets, losses, dlogits, scale, threads);
    }

    /// <summary>Some rows; without gradients if there is no room for them.</summary>
    public void Rows(ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, Span<T> losses, Span<T> dlogits, T scale)
    {
        if (targets.IsEmpty)
            return;
        int classes = logits.Length / targets.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(2 * classes);
        Span<double> room = rented.AsSpan(0, 2 * classes);
        for (int row = 0; row < targets.Length; row++)
        {
            int start = row * classes;
            losses[row] = Row(
                logits.Slice(start, classes), targets[row], dlogits.IsEmpty ? default : dlogits.Slice(start, classes), scale, room);
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Returns the loss of one row and writes its gradient, if there is room for it.</summary>
    /// <param name="logits">The row.</param>
    /// <param name="target">The class that is right.</param>
    /// <param name="dlogits">Receives the gradient; may be the row itself, or empty.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="room">Two doubles for each class.</param>
    protected abstract T Row(ReadOnlySpan<T> logits, int target, Span<T> dlogits, T scale, Span<double> room);

    /// <summary>e^logarithm - 1, which is p - 1 without the cancellation where p is almost 1.</summary>
    protected static double LessOne(double logarithm)
    {
        // Below the first limit the two are one double, and the pair would lose its low part.
        const double Linear = 1e-18, Settled = -100;
        if (Math.Abs(logarithm) < Linear)
            return logarithm;
        return logarithm < Settled ? -1 : DoubleDouble<Lane>.Expm1(logarithm).High.Value;
    }

    private static void Check(ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, Span<T> losses)
    {
        Guard.Length(targets.Length, losses.Length, nameof(losses));
        Guard.Apart(logits, losses, nameof(losses));
        Guard.Apart(targets, losses, nameof(losses));
        int classes = targets.IsEmpty ? 0 : logits.Length / targets.Length;
        if (logits.Length != classes * targets.Length || (classes == 0 && !targets.IsEmpty))
        {
            throw new ArgumentException(
                $"logits has {logits.Length} elements; it must have as many, and at least one, for each of the {targets.Length} targets.",
                nameof(logits));
        }
        for (int row = 0; row < targets.Length; row++)
        {
            if ((uint)targets[row] >= (uint)classes)
                throw new ArgumentOutOfRangeException(
                    nameof(targets), targets[row], $"The target of row {row} is {targets[row]}; it must be from 0 to {classes - 1}.");
        }
    }
}

/// <summary>Rows of floats, whose logarithms are kept as doubles, so that what is computed from them is rounded once.</summary>
internal sealed class FloatCrossEntropyKernel : CrossEntropyKernel<float>
{
    private static readonly AxisProduct FromLogarithms = new(FromOutput: true, Tangent: false);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override float Row(ReadOnlySpan<float> logits, int target, Span<float> dlogits, float scale, Span<double> room)
    {
        Span<double> row = room[..logits.Length], upstream = room[logits.Length..];
        for (int i = 0; i < logits.Length; i++)
            row[i] = logits[i];
        VectorWidth.Dispatch<Unchecked, Work, AxisVector<double>>(new(row, default, row, null));
        double logarithm = row[target];
        if (dlogits.IsEmpty)
            return (float)(0 - logarithm);

        // Log-softmax carries -scale at the target back as scale · p everywhere, and scale · (p - 1) there.
        upstream.Clear();
        upstream[target] = -scale;
        VectorWidth.Dispatch<Unchecked, Work, AxisVector<double>>(new(row, upstream, row, FromLogarithms));
        row[target] = scale * LessOne(logarithm);
        for (int i = 0; i < dlogits.Length; i++)
            dlogits[i] = (float)row[i];
        return (float)(0 - logarithm);
    }

    private readonly struct Work : IAtDoubleWidth<AxisVector<double>>
    {
        public static void Invoke<L>(scoped in AxisVector<double> vector)
            where L : struct, IReal<L>, IDoubleLanes<L> => vector.Run<LogSoftmax, L, PlainDoubleFormat<L>>(double.NegativeInfinity);
    }
}

/// <summary>Rows of doubles, by way of the functions' own kernels.</summary>
internal sealed class DoubleCrossEntropyKernel : CrossEntropyKernel<double>
{
    private static readonly DoubleAxisKernel<Softmax> Probabilities = new();
    private static readonly DoubleAxisKernel<LogSoftmax> LogProbabilities = new();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override double Row(ReadOnlySpan<double> logits, int target, Span<double> dlogits, double scale, Span<double> room)
    {
        Span<double> logarithms = room[..logits.Length];
        LogProbabilities.Forward(logits, logarithms);
        double logarithm = logarithms[target];
        if (dlogits.IsEmpty)
            return 0 - logarithm;

        Probabilities.Forward(logits, dlogits);
        foreach (ref double probability in dlogits)
            probability *= scale;
        dlogits[target] = scale * LessOne(logarithm);
        return 0 - logarithm;
    }
}
