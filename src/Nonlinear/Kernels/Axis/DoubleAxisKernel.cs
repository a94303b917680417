using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on doubles, computed in pairs of doubles.</summary>
internal sealed class DoubleAxisKernel<F>() : RowKernel<double>(F.Info.Name)
    where F : struct, IAlongAxis<F>
{
    protected internal override double One => 1;

    protected internal override void Rows(ReadOnlySpan<double> x, Span<double> y, int length) =>
        VectorWidth.Dispatch<Unchecked, Work, AxisVectors<double>>(new(x, default, y, length, null));

    protected internal override void Rows(
        ReadOnlySpan<double> source, ReadOnlySpan<double> u, Span<double> target, int length, AxisProduct product)
    {
        AxisVectors<double> vectors = new(source, u, target, length, product);
        if (F.IsOfShares && length > 0)
            VectorWidth.Dispatch<Unchecked, ProductOfShares, AxisVectors<double>>(vectors);
        else
            VectorWidth.Dispatch<Unchecked, Work, AxisVectors<double>>(vectors);
    }

    private readonly struct ProductOfShares : IAtDoubleWidth<AxisVectors<double>>
    {
        public static void Invoke<L>(scoped in AxisVectors<double> vectors)
            where L : struct, IReal<L>, IDoubleLanes<L> => vectors.RunProductOfShares<F, L>();
    }

    private readonly struct Work : IAtDoubleWidth<AxisVectors<double>>
    {
        public static void Invoke<L>(scoped in AxisVectors<double> vectors)
            where L : struct, IReal<L>, IDoubleLanes<L> => vectors.Run<F, DoubleDouble<L>, DoubleDoubleFormat<L>>(double.NegativeInfinity);
    }
}
