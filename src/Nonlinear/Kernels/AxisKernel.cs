using System.Buffers;

namespace Nonlinear.Kernels;

/// <summary>What functions along an axis can do besides what all can: tensors of any shape, tangents, the whole Jacobian.</summary>
internal abstract class AxisKernel<T>(string name) : Kernel<T>(name)
    where T : unmanaged
{
    private static readonly AxisProduct Upstream = new(FromOutput: false, Tangent: false);

    protected override string Instead => "Its outputs depend on all inputs: use Backward, JacobianVectorProduct or Jacobian.";

    /// <summary>y = F(x) for one contiguous vector.</summary>
    protected abstract void Row(ReadOnlySpan<T> x, Span<T> y);

    /// <summary>A product with the Jacobian for one contiguous vector.</summary>
    protected abstract void Row(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, AxisProduct product);

    /// <summary>The number 1.</summary>
    protected abstract T One { get; }

    public void Forward(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis)
    {
        Guard.Length(x.Length, y.Length, nameof(y));
        Guard.Overlap(x, y, nameof(y));
        Strides strides = new(shape, axis, x.Length);
        if (strides.Inner == 1)
        {
            for (int start = 0; start < x.Length; start += strides.Length)
                Row(x.Slice(start, strides.Length), y.Slice(start, strides.Length));
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(strides.Length);
        Span<T> vector = rented.AsSpan(0, strides.Length);
        for (int index = 0; index < strides.Vectors; index++)
        {
            strides.Gather(x, index, vector);
            Row(vector, vector);
            strides.Scatter(vector, index, y);
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    public void Product(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, ReadOnlySpan<int> shape, int axis, AxisProduct product)
    {
        string targetName = product.Tangent ? "jv" : "dx", vectorName = product.Tangent ? "v" : "dy";
        Guard.Length(source.Length, u.Length, vectorName);
        Guard.Length(source.Length, target.Length, targetName);
        Guard.Overlap(source, target, targetName);
        Guard.Overlap(u, target, targetName);
        Strides strides = new(shape, axis, source.Length);
        if (strides.Inner == 1)
        {
            for (int start = 0; start < source.Length; start += strides.Length)
                Row(source.Slice(start, strides.Length), u.Slice(start, strides.Length), target.Slice(start, strides.Length), product);
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(2 * strides.Length);
        Span<T> vector = rented.AsSpan(0, strides.Length), gradient = rented.AsSpan(strides.Length, strides.Length);
        for (int index = 0; index < strides.Vectors; index++)
        {
            strides.Gather(source, index, vector);
            strides.Gather(u, index, gradient);
            Row(vector, gradient, gradient, product);
            strides.Scatter(gradient, index, target);
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>jacobian[i, j] = ∂yᵢ/∂xⱼ: each row is the gradient of one output.</summary>
    public void Jacobian(ReadOnlySpan<T> x, Span<T> jacobian)
    {
        if ((long)x.Length * x.Length != jacobian.Length)
            throw new ArgumentException($"jacobian has {jacobian.Length} elements; it must have {x.Length} × {x.Length}.", nameof(jacobian));
        Guard.Apart(x, jacobian, nameof(jacobian));
        jacobian.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            Span<T> row = jacobian.Slice(i * x.Length, x.Length);
            row[i] = One;
            Row(x, row, row, Upstream);
        }
    }

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => Row(x, y);

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) => Row(x, dy, dx, Upstream);

    protected override void BackwardFromOutputCore(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Row(y, dy, dx, new(FromOutput: true, Tangent: false));
}

/// <summary>Where the vectors along an axis of a row-major tensor lie.</summary>
internal readonly struct Strides
{
    /// <exception cref="ArgumentException">The shape does not hold the elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public Strides(ReadOnlySpan<int> shape, int axis, int length)
    {
        Shape.Check(shape, length, nameof(shape));
        axis = Shape.Axis(axis, shape.Length);
        Length = Math.Max(shape[axis], 1);
        Inner = length == 0 ? 1 : Shape.Product(shape[(axis + 1)..]);
        Vectors = length / Length;
    }

    /// <summary>The number of elements of a vector.</summary>
    public int Length { get; }

    /// <summary>The distance between neighbours in a vector.</summary>
    public int Inner { get; }

    /// <summary>The number of vectors.</summary>
    public int Vectors { get; }

    public void Gather<T>(ReadOnlySpan<T> tensor, int index, Span<T> vector)
    {
        for (int i = 0, position = Start(index); i < vector.Length; i++, position += Inner)
            vector[i] = tensor[position];
    }

    public void Scatter<T>(ReadOnlySpan<T> vector, int index, Span<T> tensor)
    {
        for (int i = 0, position = Start(index); i < vector.Length; i++, position += Inner)
            tensor[position] = vector[i];
    }

    private int Start(int index) => (index / Inner * Inner * Length) + (index % Inner);
}
