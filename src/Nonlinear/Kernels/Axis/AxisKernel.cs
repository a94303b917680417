namespace Nonlinear.Kernels;

/// <summary>What functions along an axis can do besides what all can: tensors of any shape, tangents, the whole Jacobian.</summary>
internal abstract class AxisKernel<T>(string name) : Kernel<T>(name)
    where T : unmanaged
{
    protected override string Instead => "Its outputs depend on all inputs: use Backward, JacobianVectorProduct or Jacobian.";

    public void Forward(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis)
    {
        Guard.Length(x.Length, y.Length, nameof(y));
        Guard.Overlap(x, y, nameof(y));
        Strides strides = new(shape, axis, x.Length);
        Vectors(x, y, strides, 0, strides.Vectors);
    }

    public void Product(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, ReadOnlySpan<int> shape, int axis, AxisProduct product)
    {
        string targetName = product.Tangent ? "jv" : "dx", vectorName = product.Tangent ? "v" : "dy";
        Guard.Length(source.Length, u.Length, vectorName);
        Guard.Length(source.Length, target.Length, targetName);
        Guard.Overlap(source, target, targetName);
        Guard.Overlap(u, target, targetName);
        Strides strides = new(shape, axis, source.Length);
        Products(source, u, target, strides, product, 0, strides.Vectors);
    }

    /// <summary>jacobian[i, j] = ∂yᵢ/∂xⱼ: each row is the gradient of one output.</summary>
    public void Jacobian(ReadOnlySpan<T> x, Span<T> jacobian)
    {
        if ((long)x.Length * x.Length != jacobian.Length)
            throw new ArgumentException($"jacobian has {jacobian.Length} elements; it must have {x.Length} × {x.Length}.", nameof(jacobian));
        Guard.Apart(x, jacobian, nameof(jacobian));
        JacobianRows(x, jacobian, 0, x.Length);
    }

    public override Kernel<T> OnThreads(int threads) => new ParallelAxisKernel<T>(this, threads);

    /// <summary>y = F(x) for some of a tensor's vectors.</summary>
    public abstract void Vectors(ReadOnlySpan<T> x, Span<T> y, Strides strides, int first, int count);

    /// <summary>A product with the Jacobian for some of a tensor's vectors.</summary>
    public abstract void Products(
        ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, Strides strides, AxisProduct product, int first, int count);

    /// <summary>Some rows of the Jacobian.</summary>
    public abstract void JacobianRows(ReadOnlySpan<T> x, Span<T> jacobian, int first, int count);
}

/// <summary>Where the vectors along an axis of a row-major tensor lie.</summary>
internal readonly struct Strides
{
    /// <exception cref="ArgumentException">The shape does not hold the elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public Strides(ReadOnlySpan<int> shape, int axis, int length)
    {
        TensorShape.Check(shape, length, nameof(shape));
        axis = TensorShape.Axis(axis, shape.Length);
        Length = Math.Max(shape[axis], 1);
        Inner = length == 0 ? 1 : TensorShape.Product(shape[(axis + 1)..]);
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
