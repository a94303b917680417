using System.Buffers;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis, computed one contiguous vector after another.</summary>
internal abstract class RowKernel<T>(string name) : AxisKernel<T>(name)
    where T : unmanaged
{
    /// <summary>
    /// So many short vectors are worked on together: one by one, each would wait for its maximum, its sum and its quotient.
    /// </summary>
    public const int MostRows = 16;

    /// <summary>The number of elements of several vectors: with all that is kept of them they stay in the nearest cache.</summary>
    public const int LongestTogether = 4096;

    private static readonly AxisProduct Upstream = new(FromOutput: false, Tangent: false);

    /// <summary>
    /// y = F(x) for contiguous vectors of one length, one behind the other: <see cref="MostRows"/> at most, and but one where it is long.
    /// </summary>
    protected internal abstract void Rows(ReadOnlySpan<T> x, Span<T> y, int length);

    /// <summary>A product with the Jacobian for vectors as in <see cref="Rows(ReadOnlySpan{T}, Span{T}, int)"/>.</summary>
    protected internal abstract void Rows(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, int length, AxisProduct product);

    /// <summary>Whether a product may be asked for any number of vectors of any length, as its loop divides them by itself.</summary>
    protected virtual bool TakesAnyRows(AxisProduct product) => false;

    /// <summary>y = F(x) for one contiguous vector.</summary>
    public void Row(ReadOnlySpan<T> x, Span<T> y) => Rows(x, y, x.Length);

    /// <summary>A product with the Jacobian for one contiguous vector.</summary>
    public void Row(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product) =>
        Rows(source, u, target, source.Length, product);

    /// <summary>The number 1.</summary>
    protected internal abstract T One { get; }

    public override void Vectors(ReadOnlySpan<T> x, Span<T> y, Strides strides, int first, int count)
    {
        int most = RowsAtOnce(strides.Length), room = Math.Min(most, count) * strides.Length;
        T[] rented = strides.Inner == 1 ? [] : ArrayPool<T>.Shared.Rent(room);
        for (int done = 0; done < count; done += most)
        {
            int rows = Math.Min(most, count - done), elements = rows * strides.Length, start = (first + done) * strides.Length;
            if (strides.Inner == 1)
            {
                Rows(x.Slice(start, elements), y.Slice(start, elements), strides.Length);
                continue;
            }
            Span<T> vectors = rented.AsSpan(0, elements);
            strides.Gather(x, first + done, rows, vectors);
            Rows(vectors, vectors, strides.Length);
            strides.Scatter(vectors, first + done, rows, y);
        }
        if (strides.Inner != 1)
            ArrayPool<T>.Shared.Return(rented);
    }

    public override void Products(
        ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, Strides strides, AxisProduct product, int first, int count)
    {
        if (strides.Inner == 1 && TakesAnyRows(product))
        {
            int begin = first * strides.Length, all = count * strides.Length;
            Rows(source.Slice(begin, all), u.Slice(begin, all), target.Slice(begin, all), strides.Length, product);
            return;
        }
        int most = RowsAtOnce(strides.Length), room = Math.Min(most, count) * strides.Length;
        T[] rented = strides.Inner == 1 ? [] : ArrayPool<T>.Shared.Rent(2 * room);
        for (int done = 0; done < count; done += most)
        {
            int rows = Math.Min(most, count - done), elements = rows * strides.Length, start = (first + done) * strides.Length;
            if (strides.Inner == 1)
            {
                Rows(source.Slice(start, elements), u.Slice(start, elements), target.Slice(start, elements), strides.Length, product);
                continue;
            }
            Span<T> vectors = rented.AsSpan(0, elements), gradients = rented.AsSpan(room, elements);
            strides.Gather(source, first + done, rows, vectors);
            strides.Gather(u, first + done, rows, gradients);
            Rows(vectors, gradients, gradients, strides.Length, product);
            strides.Scatter(gradients, first + done, rows, target);
        }
        if (strides.Inner != 1)
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

    private static int RowsAtOnce(int length) => Math.Clamp(LongestTogether / length, 1, MostRows);

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => Row(x, y);

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) => Row(x, dy, dx, Upstream);
}
