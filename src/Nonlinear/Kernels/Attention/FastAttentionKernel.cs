using System.Numerics;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The softmax of attention on floats in the fast tier: probabilities, and gradients by way of them, over floats; logarithms and gradients
/// by way of the scores as in the exact tier.
/// </summary>
internal sealed class FastAttentionKernel(AttentionKernel<float> exact) : AttentionKernel<float>
{
    // Far from both ends of the range of a float, so that products have their rounding errors in it.
    private const double SmallestScale = 1e-20, LargestScale = 1e20;

    public override void Rows(scoped in AttentionCall<float> call, AttentionTask task, int first, int count)
    {
        if (task == AttentionTask.Backward || call.Options.IsLogarithmic || call.Shape.Keys == 0
            || Math.Abs(call.Options.Scale) is not (> SmallestScale and < LargestScale))
        {
            exact.Rows(call, task, first, count);
            return;
        }
        int keys = call.Shape.Keys, most = Math.Clamp(RowKernel<float>.LongestTogether / keys, 1, RowKernel<float>.MostRows);
        using FastAttentionRoom room = new(task == AttentionTask.Forward ? most : 0, keys);
        for (int done = 0; done < count; done += most)
        {
            uint undone = 0;
            Batch batch = new(call, task, first + done, Math.Min(most, count - done), room, ref undone);
            VectorWidth.DispatchFloats<Batch, Batch>(batch);
            for (; undone != 0; undone &= undone - 1)
                exact.Rows(call, task, first + done + BitOperations.TrailingZeroCount(undone), 1);
        }
    }

    protected override float Round(double value) => (float)value;

    private readonly ref struct Batch(
        scoped in AttentionCall<float> call, AttentionTask task, int first, int count, FastAttentionRoom room, ref uint undone)
        : IAtFloatWidth<Batch>
    {
        private readonly AttentionCall<float> _call = call;
        private readonly FastAttentionRoom _room = room;
        private readonly ref uint _undone = ref undone;

        public static void Invoke<S>(scoped in Batch batch)
            where S : struct, IReal<S>, IFloatLanes<S> =>
            batch._undone = batch.Task == AttentionTask.Forward
                ? FastAttentionLoop<S>.Forward(batch._call, batch.First, batch.Count, batch._room)
                : FastAttentionLoop<S>.BackwardFromOutput(batch._call, batch.First, batch.Count);

        private AttentionTask Task { get; } = task;

        private int First { get; } = first;

        private int Count { get; } = count;
    }
}
