namespace Nonlinear.Kernels;

/// <summary>What functions along an axis can do besides what all can: tensors of any shape, tangents, the whole Jacobian.</summary>
internal abstract class AxisKernel<T>(string name) : Kernel<T>(name)
    where T : unmanaged
{
    public void Forward(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis, long firstVector = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstVector);
        Guard.Length(x.Length, y.Length, nameof(y));
        Guard.Overlap(x, y, nameof(y));
        Strides strides = new(shape, axis, x.Length) { FirstVector = firstVector };
        Vectors(x, y, strides, 0, strides.Vectors);
    }

    public void Product(
        ReadOnlySpan<T> source,
        ReadOnlySpan<T> u,
        Span<T> target,
        ReadOnlySpan<int> shape,
        int axis,
        AxisProduct product,
        long firstVector = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstVector);
        string targetName = product.Tangent ? "jv" : "dx", vectorName = product.Tangent ? "v" : "dy";
        Guard.Length(source.Length, u.Length, vectorName);
        Guard.Length(source.Length, target.Length, targetName);
        Guard.Overlap(source, target, targetName);
        Guard.Overlap(u, target, targetName);
        Strides strides = new(shape, axis, source.Length) { FirstVector = firstVector };
        Products(source, u, target, strides, product, 0, strides.Vectors);
    }

    /// <summary>jacobian[i, j] = ∂yᵢ/∂xⱼ: each row is the gradient of one output.</summary>
    public void Jacobian(ReadOnlySpan<T> x, Span<T> jacobian)
    {
        if ((long)x.Length * x.Length != jacobian.Length)
            throw new ArgumentException(
                $"jacobian has {jacobian.Length} elements; it must have {x.Length} × {x.Length}.", nameof(jacobian));
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
