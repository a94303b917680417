using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on doubles, computed in pairs of doubles.</summary>
internal sealed class DoubleAxisKernel<F>() : RowKernel<double>(F.Info.Name)
    where F : struct, IAlongAxis<F>
{
    protected internal override double One => 1;

    protected internal override void Row(ReadOnlySpan<double> x, Span<double> y) =>
        VectorWidth.Dispatch<Unchecked, Work, AxisVector<double>>(new(x, default, y, null));

    protected internal override void Row(ReadOnlySpan<double> source, ReadOnlySpan<double> u, Span<double> target, AxisProduct product) =>
        VectorWidth.Dispatch<Unchecked, Work, AxisVector<double>>(new(source, u, target, product));

    private readonly struct Work : IAtDoubleWidth<AxisVector<double>>
    {
        public static void Invoke<L>(scoped in AxisVector<double> vector)
            where L : struct, IReal<L>, IDoubleLanes<L> => vector.Run<F, DoubleDouble<L>, DoubleDoubleFormat<L>>(double.NegativeInfinity);
    }
}
