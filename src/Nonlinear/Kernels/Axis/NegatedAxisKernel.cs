using System.Buffers;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis of the inputs with their signs changed, such as softmin; it rounds where the function does.</summary>
internal sealed class NegatedAxisKernel<T>(RowKernel<T> inner) : RowKernel<T>(inner.Name)
    where T : unmanaged
{
    protected internal override T One => inner.One;

    protected internal override void Rows(ReadOnlySpan<T> x, Span<T> y, int length)
    {
        SignFlip.Run(x, y);
        inner.Rows(y, y, length);
    }

    protected internal override void Rows(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, int length, AxisProduct product)
    {
        T[] rented = product.FromOutput ? [] : ArrayPool<T>.Shared.Rent(source.Length);
        Span<T> negated = rented.AsSpan(0, product.FromOutput ? 0 : source.Length);
        if (!product.FromOutput)
            SignFlip.Run(source, negated);
        inner.Rows(product.FromOutput ? source : negated, u, target, length, product);
        SignFlip.Run<T>(target, target);
        NaNs.Settle(target);
        if (!product.FromOutput)
            ArrayPool<T>.Shared.Return(rented);
    }
}
