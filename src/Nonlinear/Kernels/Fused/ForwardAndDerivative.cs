namespace Nonlinear.Kernels;

/// <summary>The function and its derivative in one pass over memory.</summary>
/// <remarks>Each block goes through the loop twice, the second time out of the first cache.</remarks>
internal static class ForwardAndDerivative
{
    public static void Run<T>(ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, Span<T> y, Span<T> derivative)
        where T : unmanaged
    {
        Guard.Length(x.Length, y.Length, nameof(y));
        Guard.Length(x.Length, derivative.Length, nameof(derivative));
        Guard.Overlap(x, y, nameof(y));
        Guard.Overlap(x, derivative, nameof(derivative));
        if (y.Overlaps(derivative))
            throw new ArgumentException("derivative overlaps y; pass a span that is apart.", nameof(derivative));
        kernel.ForwardWithDerivative(x, y, derivative);
    }

    /// <summary>A part of the spans, a block at a time.</summary>
    public static void InBlocks<T>(ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, Span<T> y, Span<T> derivative)
        where T : unmanaged
    {
        // Only one of the two can lie in the inputs' place, and that one comes second.
        bool inPlace = x.Overlaps(y);
        for (int start = 0, block = CacheBlock.Length<T>(); start < x.Length; start += block)
        {
            int count = Math.Min(block, x.Length - start);
            ReadOnlySpan<T> input = x.Slice(start, count);
            if (inPlace)
                kernel.Derivative(input, derivative.Slice(start, count));
            kernel.Forward(input, y.Slice(start, count));
            if (!inPlace)
                kernel.Derivative(input, derivative.Slice(start, count));
        }
    }
}
