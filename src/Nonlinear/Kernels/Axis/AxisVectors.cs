using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The work on contiguous vectors of one length: forward, or a product of u with the Jacobian.</summary>
internal readonly ref struct AxisVectors<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, int length, AxisProduct? product)
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _source = source, _u = u;
    private readonly Span<T> _target = target;

    public void Run<F, V, TFormat>(T padding)
        where F : struct, IAlongAxis<F>
        where V : struct, IReal<V>
        where TFormat : struct, IVectorFormat<T, V>
    {
        if (product is { } jacobian)
            SoftmaxLoop<F, T, V, TFormat>.Product(_source, _u, _target, length, jacobian, padding);
        else
            SoftmaxLoop<F, T, V, TFormat>.Forward(_source, _target, length, padding);
    }
}
