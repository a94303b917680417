using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Kernels;

/// <summary>What is done with the rows of a call.</summary>
internal enum AttentionTask
{
    /// <summary>Results of scores.</summary>
    Forward,

    /// <summary>Gradients, by way of the scores.</summary>
    Backward,

    /// <summary>Gradients, by way of the results.</summary>
    BackwardFromOutput,
}

/// <summary>The softmax of attention on one type.</summary>
internal abstract class AttentionKernel<T>
    where T : unmanaged
{
    /// <summary>That of a tier.</summary>
    /// <exception cref="NotSupportedException">The library does not compute on that type.</exception>
    public static AttentionKernel<T> Of(Tier tier) => Unsafe.As<AttentionKernel<T>>(AttentionKernels.Of<T>(tier));

    /// <summary>Does some rows of a call.</summary>
    public abstract void Rows(scoped in AttentionCall<T> call, AttentionTask task, int first, int count);

    public void Forward(in AttentionCall<T> call, int threads) => ParallelAttention.Run(this, call, AttentionTask.Forward, threads);

    public void BackwardFromOutput(in AttentionCall<T> call, int threads) =>
        ParallelAttention.Run(this, call, AttentionTask.BackwardFromOutput, threads);

    /// <summary>Gradients; those of the sinks are summed in the order of their rows, however many threads there are.</summary>
    public void Backward(in AttentionCall<T> call, Span<T> sinkGradients, int threads)
    {
        double[] each = sinkGradients.IsEmpty ? [] : new double[call.Shape.Rows];
        AttentionCall<T> all = new(call.Options, call.Shape, call.Source, call.Upstream, call.Target, call.Mask, call.Sinks, each);
        ParallelAttention.Run(this, all, AttentionTask.Backward, threads);
        for (int head = 0; head < sinkGradients.Length; head++)
        {
            CompensatedSum sum = default;
            for (int row = 0; row < each.Length; row++)
            {
                if (all.HeadOf(row) == head)
                    sum.Add(each[row]);
            }
            sinkGradients[head] = Round(sum.Value);
        }
        NaNs.Settle(sinkGradients);
    }

    protected abstract T Round(double value);
}

/// <summary>The kernels of the types.</summary>
internal static class AttentionKernels
{
    private static readonly NarrowAttentionKernel<float, FloatConversion> Floats = new();
    private static readonly FastAttentionKernel FastFloats = new(Floats);
    private static readonly NarrowAttentionKernel<Half, HalfConversion> Halves = new();
    private static readonly NarrowAttentionKernel<BFloat16, BFloat16Conversion> BFloats = new();
    private static readonly DoubleAttentionKernel Doubles = new();

    public static object Of<T>(Tier tier)
        where T : unmanaged => KernelsByType.Choose<T>(tier == Tier.Fast ? FastFloats : Floats, Doubles, Halves, BFloats);
}

/// <summary>Floats and 16-bit types, over doubles.</summary>
internal sealed class NarrowAttentionKernel<T, TConversion> : AttentionKernel<T>
    where T : unmanaged
    where TConversion : struct, ISpanConversion<T>
{
    public override void Rows(scoped in AttentionCall<T> call, AttentionTask task, int first, int count) =>
        VectorWidth.Dispatch<Unchecked, Work, Arguments>(new(call, task, first, count));

    protected override T Round(double value) => TConversion.FromDouble(value);

    private readonly ref struct Arguments(scoped in AttentionCall<T> call, AttentionTask task, int first, int count)
    {
        public readonly AttentionCall<T> Call = call;
        public readonly AttentionTask Task = task;
        public readonly int First = first, Count = count;
    }

    private readonly struct Work : IAtDoubleWidth<Arguments>
    {
        public static void Invoke<L>(scoped in Arguments work)
            where L : struct, IReal<L>, IDoubleLanes<L> =>
            AttentionTasks<T, TConversion, double, L, PlainDoubleFormat<L>>.Run(work.Call, work.Task, work.First, work.Count);
    }
}

/// <summary>Doubles, over pairs of doubles.</summary>
internal sealed class DoubleAttentionKernel : AttentionKernel<double>
{
    public override void Rows(scoped in AttentionCall<double> call, AttentionTask task, int first, int count) =>
        AttentionTasks<double, DoubleConversion, Pair, Pair, PairRow>.Run(call, task, first, count);

    protected override double Round(double value) => value;
}

/// <summary>Which loop does a task.</summary>
internal static class AttentionTasks<T, TConversion, TRow, V, TFormat>
    where T : unmanaged
    where TConversion : struct, ISpanConversion<T>
    where TRow : unmanaged
    where V : struct, IReal<V>
    where TFormat : struct, IVectorFormat<TRow, V>, IConversion<TRow>
{
    public static void Run(in AttentionCall<T> call, AttentionTask task, int first, int count)
    {
        if (call.Options.IsLogarithmic)
            Run<LogSoftmax>(call, task, first, count);
        else
            Run<Softmax>(call, task, first, count);
    }

    private static void Run<F>(in AttentionCall<T> call, AttentionTask task, int first, int count)
        where F : struct, IAlongAxis<F>
    {
        if (task == AttentionTask.Forward)
            AttentionLoop<F, T, TConversion, TRow, V, TFormat>.Forward(call, first, count);
        else if (task == AttentionTask.Backward)
            AttentionLoop<F, T, TConversion, TRow, V, TFormat>.Backward(call, first, count);
        else
            AttentionLoop<F, T, TConversion, TRow, V, TFormat>.BackwardFromOutput(call, first, count);
    }
}
