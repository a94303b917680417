using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on floats, computed in doubles.</summary>
internal class FloatAxisKernel<F>() : RowKernel<float>(F.Info.Name)
    where F : struct, IAlongAxis<F>
{
    protected internal override float One => 1;

    protected internal override void Rows(ReadOnlySpan<float> x, Span<float> y, int length) =>
        VectorWidth.Dispatch<ShortSeries, Work, AxisVectors<float>>(new(x, default, y, length, null));

    protected internal override void Rows(
        ReadOnlySpan<float> source, ReadOnlySpan<float> u, Span<float> target, int length, AxisProduct product) =>
        VectorWidth.Dispatch<ShortSeries, Work, AxisVectors<float>>(new(source, u, target, length, product));

    private readonly struct Work : IAtDoubleWidth<AxisVectors<float>>
    {
        public static void Invoke<L>(scoped in AxisVectors<float> vectors)
            where L : struct, IReal<L>, IDoubleLanes<L> => vectors.Run<F, L, FloatFormat<L>>(float.NegativeInfinity);
    }
}
