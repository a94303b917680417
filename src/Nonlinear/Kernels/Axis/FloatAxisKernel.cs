using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on floats, computed in doubles.</summary>
internal class FloatAxisKernel<F>() : RowKernel<float>(F.Info.Name)
    where F : struct, IAlongAxis<F>
{
    protected internal override float One => 1;

    protected internal override void Row(ReadOnlySpan<float> x, Span<float> y) =>
        VectorWidth.Dispatch<ShortSeries, Work, AxisVector<float>>(new(x, default, y, null));

    protected internal override void Row(ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, AxisProduct product) =>
        VectorWidth.Dispatch<ShortSeries, Work, AxisVector<float>>(new(source, u, target, product));

    private readonly struct Work : IAtDoubleWidth<AxisVector<float>>
    {
        public static void Invoke<L>(scoped in AxisVector<float> vector)
            where L : struct, IReal<L>, IDoubleLanes<L> => vector.Run<F, L, FloatFormat<L>>(float.NegativeInfinity);
    }
}
