using System.Buffers;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis on a 16-bit type, widened to doubles for whole vectors and rounded once.</summary>
internal sealed class SixteenBitAxisKernel<F, T, TConversion>() : RowKernel<T>(F.Info.Name)
    where F : struct, IAlongAxis<F>
    where T : unmanaged
    where TConversion : struct, ISixteenBit<T>
{
    protected internal override T One => TConversion.FromDouble(1);

    protected internal override void Rows(ReadOnlySpan<T> x, Span<T> y, int length) => Run(x, default, y, length, null);

    protected internal override void Rows(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, int length, AxisProduct product) =>
        Run(source, u, target, length, product);

    private static void Run(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, int length, AxisProduct? product)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(2 * source.Length);
        Span<double> wide = rented.AsSpan(0, source.Length), gradient = rented.AsSpan(source.Length, u.Length);
        SixteenBit.Widen<T, TConversion>(source, wide);
        SixteenBit.Widen<T, TConversion>(u, gradient);
        VectorWidth.Dispatch<Unchecked, Work, AxisVectors<double>>(new(wide, gradient, wide, length, product));
        SixteenBit.Narrow<T, TConversion>(wide, target);
        ArrayPool<double>.Shared.Return(rented);
    }

    private readonly struct Work : IAtDoubleWidth<AxisVectors<double>>
    {
        public static void Invoke<L>(scoped in AxisVectors<double> vectors)
            where L : struct, IReal<L>, IDoubleLanes<L> => vectors.Run<F, L, PlainDoubleFormat<L>>(double.NegativeInfinity);
    }
}
