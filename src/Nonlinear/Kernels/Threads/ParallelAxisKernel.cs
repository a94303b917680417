using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>A function along an axis whose vectors are divided among threads; a single vector stays on the caller's.</summary>
internal sealed unsafe class ParallelAxisKernel<T>(AxisKernel<T> inner, int threads) : AxisKernel<T>(inner.Name)
    where T : unmanaged
{
    private const int CacheLine = 64;

    public override Kernel<T> OnThreads(int threads) => inner.OnThreads(threads);

    public override void Vectors(ReadOnlySpan<T> x, Span<T> y, Strides strides, int first, int count)
    {
        fixed (T* firstX = x, firstY = y)
            WorkDivision.Run<T, Part>(
                count, strides.Length, threads, new(inner, new(firstX), new(firstY), x.Length, strides, first), Least(strides));
    }

    public override void Products(
        ReadOnlySpan<T> source, ReadOnlySpan<T> u, Span<T> target, Strides strides, AxisProduct product, int first, int count)
    {
        fixed (T* firstSource = source, firstU = u, firstTarget = target)
        {
            ProductsPart all = new(inner, new(firstSource), new(firstU), new(firstTarget), source.Length, strides, product, first);
            WorkDivision.Run<T, ProductsPart>(count, strides.Length, threads, all, Least(strides));
        }
    }

    public override void JacobianRows(ReadOnlySpan<T> x, Span<T> jacobian, int first, int count)
    {
        fixed (T* firstX = x, firstElement = jacobian)
            WorkDivision.Run<T, RowsPart>(count, x.Length, threads, new(inner, new(firstX), new(firstElement), x.Length, first));
    }

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => inner.Forward(x, y);

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) => inner.Backward(x, dy, dx);

    // Vectors that lie side by side share cache lines, which no two threads should write to at the same time.
    private static int Least(Strides strides) => strides.Inner == 1 ? 1 : CacheLine / Unsafe.SizeOf<T>();

    private readonly struct Part(
        AxisKernel<T> kernel, PinnedSpan<T> x, PinnedSpan<T> y, int length, Strides strides, int first) : IDivisible
    {
        public void Do(int start, int count) => kernel.Vectors(x.Items(0, length), y.Items(0, length), strides, first + start, count);
    }

    private readonly struct ProductsPart(
        AxisKernel<T> kernel,
        PinnedSpan<T> source,
        PinnedSpan<T> u,
        PinnedSpan<T> target,
        int length,
        Strides strides,
        AxisProduct product,
        int first) : IDivisible
    {
        public void Do(int start, int count) =>
            kernel.Products(source.Items(0, length), u.Items(0, length), target.Items(0, length), strides, product, first + start, count);
    }

    private readonly struct RowsPart(AxisKernel<T> kernel, PinnedSpan<T> x, PinnedSpan<T> jacobian, int length, int first) : IDivisible
    {
        public void Do(int start, int count) =>
            kernel.JacobianRows(x.Items(0, length), jacobian.Items(0, length, length), first + start, count);
    }
}
