using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The work on contiguous vectors of one length: forward, or a product of u with the Jacobian.</summary>
internal readonly ref struct AxisVectors<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, int length, AxisProduct? product)
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _source = source, _u = u;
    private readonly Span<T> _target = target;

    /// <summary>Forward, side by side.</summary>
    public void RunInColumns<F, L>()
        where F : struct, IAlongAxis<F>
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        FloatSoftmaxColumns<F, L>.Forward(
            MemoryMarshal.Cast<T, float>(_source), MemoryMarshal.Cast<T, float>(_target), length);

    /// <summary>Forward, one vector behind the other, on floats.</summary>
    public void RunInRows<F, L>()
        where F : struct, IAlongAxis<F>
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        FloatSoftmax<F, L>.Forward(MemoryMarshal.Cast<T, float>(_source), MemoryMarshal.Cast<T, float>(_target), length);

    // Conversions of eight numbers take as long as two of four, and so does storing them; four suit short vectors better. An exponential
    // wants eight.
    /// <summary>Back from saved outputs, on floats.</summary>
    public void RunBackFromOutputs<F, L>()
        where F : struct, IAlongAxis<F>
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        ReadOnlySpan<float> y = MemoryMarshal.Cast<T, float>(_source), dy = MemoryMarshal.Cast<T, float>(_u);
        Span<float> dx = MemoryMarshal.Cast<T, float>(_target);
        if (L.Count > DoubleLanes4<Unchecked>.Count && !F.BackwardUsesExponential)
            FloatSoftmaxGradient<F, DoubleLanes4<Unchecked>>.Run(y, dy, dx, length);
        else
            FloatSoftmaxGradient<F, L>.Run(y, dy, dx, length);
    }

    /// <summary>A product on doubles, by way of the shares.</summary>
    public void RunProductOfShares<F, L>()
        where F : struct, IAlongAxis<F>
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        DoubleSoftmaxProduct<F, L>.Run(
            MemoryMarshal.Cast<T, double>(_source), MemoryMarshal.Cast<T, double>(_u), MemoryMarshal.Cast<T, double>(_target), length,
            product.GetValueOrDefault());

    /// <summary>Forward or a product, one vector after another.</summary>
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
