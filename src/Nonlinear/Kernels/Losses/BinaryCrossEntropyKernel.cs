using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The binary cross-entropy on one type, by way of the loops of elementwise functions.</summary>
internal abstract class BinaryCrossEntropyKernel<T>
    where T : unmanaged
{
    /// <exception cref="NotSupportedException">The library does not compute on that type.</exception>
    public static BinaryCrossEntropyKernel<T> Instance => Unsafe.As<BinaryCrossEntropyKernel<T>>(BinaryCrossEntropyKernels.Of<T>());

    public abstract void Forward(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> losses, in ParameterSet parameters);

    public abstract void Gradient(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> dlogits, double scale, in ParameterSet parameters);

    public abstract double Widen(T value);
}

/// <summary>The kernels of the types.</summary>
internal static class BinaryCrossEntropyKernels
{
    private static readonly BinaryCrossEntropyKernel<float, FloatRunner, FloatConversion> Floats = new();
    private static readonly BinaryCrossEntropyKernel<double, DoubleRunner, DoubleConversion> Doubles = new();
    private static readonly BinaryCrossEntropyKernel<Half, SixteenBitRunner<Half, HalfConversion>, HalfConversion> Halves = new();
    private static readonly BinaryCrossEntropyKernel<BFloat16, SixteenBitRunner<BFloat16, BFloat16Conversion>, BFloat16Conversion> BFloats
        = new();

    public static object Of<T>()
        where T : unmanaged => KernelsByType.Choose<T>(Floats, Doubles, Halves, BFloats);
}

/// <inheritdoc/>
internal sealed class BinaryCrossEntropyKernel<T, TRunner, TConversion> : BinaryCrossEntropyKernel<T>
    where T : unmanaged
    where TRunner : struct, IRunner<T>
    where TConversion : struct, IConversion<T>
{
    public override void Forward(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> losses, in ParameterSet parameters) =>
        TRunner.Run<BinaryCrossEntropyTerm, ForwardOperation, WithParameters, T>(new(logits, default, targets, losses, parameters));

    public override void Gradient(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> dlogits, double scale, in ParameterSet parameters)
    {
        int block = CacheBlock.Length<T>();
        Span<T> upstream = stackalloc T[Math.Min(block, logits.Length)];
        upstream.Fill(TConversion.FromDouble(scale));
        for (int start = 0; start < logits.Length; start += block)
        {
            int count = Math.Min(block, logits.Length - start);
            TRunner.Run<BinaryCrossEntropyTerm, DerivativeOperation, WithUpstreamAndParameters, T>(
                new(logits.Slice(start, count), upstream[..count], targets.Slice(start, count), dlogits.Slice(start, count), parameters));
        }
    }

    public override double Widen(T value) => TConversion.ToDouble(value);
}
