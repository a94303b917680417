using System.Buffers;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis, computed one contiguous vector after another.</summary>
internal abstract class RowKernel<T>(string name) : AxisKernel<T>(name)
    where T : unmanaged
{
    private static readonly AxisProduct Upstream = new(FromOutput: false, Tangent: false);

    /// <summary>y = F(x) for one contiguous vector.</summary>
    protected internal abstract void Row(ReadOnlySpan<T> x, Span<T> y);

    /// <summary>A product with the Jacobian for one contiguous vector.</summary>
    protected internal abstract void Row(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product);

    /// <summary>The number 1.</summary>
    protected internal abstract T One { get; }

    public override void Vectors(ReadOnlySpan<T> x, Span<T> y, Strides strides, int first, int count)
    {
        if (strides.Inner == 1)
        {
            for (int index = first; index < first + count; index++)
                Row(x.Slice(index * strides.Length, strides.Length), y.Slice(index * strides.Length, strides.Length));
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(strides.Length);
        Span<T> vector = rented.AsSpan(0, strides.Length);
        for (int index = first; index < first + count; index++)
        {
            strides.Gather(x, index, vector);
            Row(vector, vector);
            strides.Scatter(vector, index, y);
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    public override void Products(
        ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, Strides strides, AxisProduct product, int first, int count)
    {
        if (strides.Inner == 1)
        {
            for (int index = first; index < first + count; index++)
            {
                int start = index * strides.Length;
                Row(source.Slice(start, strides.Length), u.Slice(start, strides.Length), target.Slice(start, strides.Length), product);
            }
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(2 * strides.Length);
        Span<T> vector = rented.AsSpan(0, strides.Length), gradient = rented.AsSpan(strides.Length, strides.Length);
        for (int index = first; index < first + count; index++)
        {
            strides.Gather(source, index, vector);
            strides.Gather(u, index, gradient);
            Row(vector, gradient, gradient, product);
            strides.Scatter(gradient, index, target);
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    public override void JacobianRows(ReadOnlySpan<T> x, Span<T> jacobian, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            Span<T> row = jacobian.Slice(i * x.Length, x.Length);
            row.Clear();
            row[i] = One;
            Row(x, row, row, Upstream);
        }
    }

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => Row(x, y);

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) => Row(x, dy, dx, Upstream);
}
