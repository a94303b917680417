using System.Buffers;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis of the inputs with their signs changed, such as softmin; it rounds where the function does.</summary>
internal sealed class NegatedAxisKernel<T>(RowKernel<T> inner) : RowKernel<T>(inner.Name)
    where T : unmanaged
{
    protected internal override T One => inner.One;

    protected internal override void Row(ReadOnlySpan<T> x, Span<T> y)
    {
        SignFlip.Run(x, y);
        inner.Row(y, y);
    }

    protected internal override void Row(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product)
    {
        T[] rented = product.FromOutput ? [] : ArrayPool<T>.Shared.Rent(source.Length);
        Span<T> negated = rented.AsSpan(0, product.FromOutput ? 0 : source.Length);
        if (!product.FromOutput)
            SignFlip.Run(source, negated);
        inner.Row(product.FromOutput ? source : negated, u, target, product);
        SignFlip.Run<T>(target, target);
        NaNs.Settle(target);
        if (!product.FromOutput)
            ArrayPool<T>.Shared.Return(rented);
    }
}
