using System.Numerics;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on floats in the fast tier: over floats where they suffice, else as in the exact tier.</summary>
internal sealed class FastFloatAxisKernel<F> : FloatAxisKernel<F>
    where F : struct, IAlongAxis<F>
{
    protected override bool TakesAnyRows(AxisProduct product) => false;

    protected internal override void Rows(ReadOnlySpan<float> x, Span<float> y, int length)
    {
        if (x.IsEmpty)
            return;
        uint undone = 0;
        VectorWidth.DispatchFloats<Forwards, Arguments>(new(x, default, y, length, ref undone));
        for (; undone != 0; undone &= undone - 1)
        {
            int row = BitOperations.TrailingZeroCount(undone) * length;
            base.Rows(x.Slice(row, length), y.Slice(row, length), length);
        }
    }

    protected internal override void Rows(
        ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, int length, AxisProduct product)
    {
        if (source.IsEmpty || !IsGradientFromOutputs(product))
        {
            base.Rows(source, u, target, length, product);
            return;
        }
        uint undone = 0;
        VectorWidth.DispatchFloats<Gradients, Arguments>(new(source, u, target, length, ref undone));
        for (; undone != 0; undone &= undone - 1)
        {
            int row = BitOperations.TrailingZeroCount(undone) * length;
            base.Rows(source.Slice(row, length), u.Slice(row, length), target.Slice(row, length), length, product);
        }
    }

    private readonly ref struct Arguments(
        ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, int length, ref uint undone)
    {
        public readonly ReadOnlySpan<float> Source = source, U = u;
        public readonly Span<float> Target = target;
        public readonly int Length = length;
        public readonly ref uint Undone = ref undone;
    }

    private readonly struct Forwards : IAtFloatWidth<Arguments>
    {
        public static void Invoke<S>(scoped in Arguments rows)
            where S : struct, IReal<S>, IFloatLanes<S> =>
            rows.Undone = FastSoftmaxLoop<F, S>.Forward(rows.Source, rows.Target, rows.Length);
    }

    private readonly struct Gradients : IAtFloatWidth<Arguments>
    {
        public static void Invoke<S>(scoped in Arguments rows)
            where S : struct, IReal<S>, IFloatLanes<S> =>
            rows.Undone = FastSoftmaxGradient<F, S>.Run(rows.Source, rows.U, rows.Target, rows.Length);
    }
}
