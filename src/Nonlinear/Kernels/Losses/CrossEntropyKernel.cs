using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>
/// The cross-entropy of softmax and its gradient, one row after another, each of which stays in the cache until it is done with.
/// </summary>
internal abstract class CrossEntropyKernel<T>
    where T : unmanaged
{
    /// <exception cref="NotSupportedException">The library does not compute on that type.</exception>
    public static CrossEntropyKernel<T> Instance => Unsafe.As<CrossEntropyKernel<T>>(CrossEntropyKernels.Of<T>());

    public void Run(in CrossEntropyCall<T> call, int threads)
    {
        call.Check();
        CheckTargets(call, "targets");
        ParallelCrossEntropy.Run(this, call, threads);
    }

    /// <summary>All rows of a call, which may be a part of a larger one.</summary>
    public void Rows(in CrossEntropyCall<T> call)
    {
        int classes = call.Classes;
        double[] rented = ArrayPool<double>.Shared.Rent(3 * classes);
        CrossEntropyRow row = new(rented.AsSpan(0, classes), rented.AsSpan(classes, classes), rented.AsSpan(2 * classes, classes));
        for (int index = 0; index < call.Rows; index++)
        {
            double loss = Row(call, index, row);
            if (!call.Losses.IsEmpty)
                call.Losses[index] = Round(double.IsNaN(loss) ? double.NaN : loss);
            if (!call.ExactLosses.IsEmpty)
                call.ExactLosses[index] = loss;
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The logarithms of a row's probabilities.</summary>
    protected abstract void Logarithms(ReadOnlySpan<T> logits, Span<double> logarithms);

    /// <summary>A row's probabilities, of logits and of their logarithms.</summary>
    protected abstract void Probabilities(ReadOnlySpan<T> logits, ReadOnlySpan<double> logarithms, Span<double> probabilities);

    protected abstract double Widen(T value);

    protected abstract T Round(double value);

    protected abstract void Narrow(ReadOnlySpan<double> source, Span<T> target);

    private double Row(in CrossEntropyCall<T> call, int index, in CrossEntropyRow row)
    {
        int classes = call.Classes, target = call.Soft.IsEmpty ? call.Targets[index] : -1;
        Span<T> gradient = call.HasGradients ? call.Gradients.Slice(index * classes, classes) : default;
        if (call.Soft.IsEmpty && target == call.Options.IgnoredTarget)
        {
            gradient.Clear();
            return 0;
        }
        ReadOnlySpan<T> logits = call.Logits.Slice(index * classes, classes);
        Logarithms(logits, row.Logarithms);
        bool isSpread = call.Options.LabelSmoothing > 0 || !call.Soft.IsEmpty;
        if (isSpread)
            Spread(call, index, row.Shares);
        double logSum = call.Options.ZLoss > 0 ? LogSum(logits, row.Logarithms) : 0, z = call.Options.ZLoss;
        double loss = (isSpread ? row.Loss() : row.Loss(target, call.Options.WeightOf(target))) + (z * logSum * logSum);
        if (!call.HasGradients)
            return loss;

        Probabilities(logits, row.Logarithms, row.Probabilities);
        double more = 2 * z * logSum;
        if (isSpread)
            row.GradientOfShares(call.Scale, more);
        else
            row.GradientOfTarget(target, call.Options.WeightOf(target), call.Scale, more);
        Narrow(row.Probabilities, gradient);
        NaNs.Settle(gradient);
        return loss;
    }

    // What each class contributes to the loss: its share of the target, smoothed, times its weight.
    private void Spread(in CrossEntropyCall<T> call, int index, Span<double> shares)
    {
        double smoothing = call.Options.LabelSmoothing, even = smoothing / shares.Length;
        for (int i = 0; i < shares.Length; i++)
        {
            double share = call.Soft.IsEmpty ? call.Targets[index] == i ? 1 : 0 : Widen(call.Soft[(index * shares.Length) + i]);
            shares[i] = (((1 - smoothing) * share) + even) * call.Options.WeightOf(i);
        }
    }

    // log Σ exp(x), by the largest logit, whose logarithm is the least far from it.
    private double LogSum(ReadOnlySpan<T> logits, ReadOnlySpan<double> logarithms)
    {
        int largest = 0;
        for (int i = 1; i < logarithms.Length; i++)
        {
            if (logarithms[i] > logarithms[largest])
                largest = i;
        }
        return Widen(logits[largest]) - logarithms[largest];
    }

    private void CheckTargets(in CrossEntropyCall<T> call, string name)
    {
        for (int row = 0; row < call.Targets.Length; row++)
        {
            int target = call.Targets[row];
            if ((uint)target >= (uint)call.Classes && target != call.Options.IgnoredTarget)
                throw new ArgumentOutOfRangeException(
                    name, target, $"The target of row {row} is {target}; it must be from 0 to {call.Classes - 1}.");
        }
        for (int i = 0; i < call.Soft.Length; i++)
        {
            double share = Widen(call.Soft[i]);
            if (!(share is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(
                    name, share, $"The target of row {i / call.Classes} for class {i % call.Classes} is {share}; it must be from 0 to 1.");
        }
    }
}

/// <summary>The kernels of the types.</summary>
internal static class CrossEntropyKernels
{
    private static readonly NarrowCrossEntropyKernel<float, FloatConversion> Floats = new();
    private static readonly NarrowCrossEntropyKernel<Half, HalfConversion> Halves = new();
    private static readonly NarrowCrossEntropyKernel<BFloat16, BFloat16Conversion> BFloats = new();
    private static readonly DoubleCrossEntropyKernel Doubles = new();

    public static object Of<T>()
        where T : unmanaged => KernelsByType.Choose<T>(Floats, Doubles, Halves, BFloats);
}

/// <summary>Rows of floats and 16-bit types, whose logarithms are kept as doubles, so that what is computed from them is rounded
/// once.</summary>
internal sealed class NarrowCrossEntropyKernel<T, TConversion> : CrossEntropyKernel<T>
    where T : unmanaged
    where TConversion : struct, ISpanConversion<T>
{
    protected override void Logarithms(ReadOnlySpan<T> logits, Span<double> logarithms)
    {
        TConversion.Widen(logits, logarithms);
        VectorWidth.Dispatch<Unchecked, LogarithmWork, AxisVectors<double>>(new(logarithms, default, logarithms, logarithms.Length, null));
    }

    protected override void Probabilities(ReadOnlySpan<T> logits, ReadOnlySpan<double> logarithms, Span<double> probabilities) =>
        VectorWidth.Dispatch<Unchecked, ExponentialWork, Exponentials>(new(logarithms, probabilities));

    protected override double Widen(T value) => TConversion.ToDouble(value);

    protected override T Round(double value) => TConversion.FromDouble(value);

    protected override void Narrow(ReadOnlySpan<double> source, Span<T> target) => TConversion.Narrow(source, target);

    private readonly struct LogarithmWork : IAtDoubleWidth<AxisVectors<double>>
    {
        public static void Invoke<L>(scoped in AxisVectors<double> vector)
            where L : struct, IReal<L>, IDoubleLanes<L> => vector.Run<LogSoftmax, L, PlainDoubleFormat<L>>(double.NegativeInfinity);
    }

    private readonly ref struct Exponentials(ReadOnlySpan<double> x, Span<double> y)
    {
        public readonly ReadOnlySpan<double> X = x;
        public readonly Span<double> Y = y;
    }

    private readonly struct ExponentialWork : IAtDoubleWidth<Exponentials>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Invoke<L>(scoped in Exponentials all)
            where L : struct, IReal<L>, IDoubleLanes<L>
        {
            ref double x = ref MemoryMarshal.GetReference(all.X), y = ref MemoryMarshal.GetReference(all.Y);
            int i = 0;
            for (; i <= all.X.Length - L.Count; i += L.Count)
                L.Store(L.Exp(L.Load(ref x, (nuint)i)), ref y, (nuint)i);
            for (; i < all.X.Length; i++)
                all.Y[i] = Exp<Lane>(all.X[i]).Value;
        }

        private static V Exp<V>(V x)
            where V : struct, IReal<V> => V.Exp(x);
    }
}

/// <summary>Rows of doubles, by way of the functions' own kernels.</summary>
internal sealed class DoubleCrossEntropyKernel : CrossEntropyKernel<double>
{
    private static readonly DoubleAxisKernel<Softmax> OfProbabilities = new();
    private static readonly DoubleAxisKernel<LogSoftmax> OfLogarithms = new();

    protected override void Logarithms(ReadOnlySpan<double> logits, Span<double> logarithms) => OfLogarithms.Forward(logits, logarithms);

    protected override void Probabilities(ReadOnlySpan<double> logits, ReadOnlySpan<double> logarithms, Span<double> probabilities) =>
        OfProbabilities.Forward(logits, probabilities);

    protected override double Widen(double value) => value;

    protected override double Round(double value) => value;

    protected override void Narrow(ReadOnlySpan<double> source, Span<double> target) => source.CopyTo(target);
}
