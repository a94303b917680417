namespace Nonlinear.Kernels;

/// <summary>An elementwise kernel whose long calls are divided among threads.</summary>
/// <remarks>Gradients by parameters and biases are sums in a fixed order, and stay on the caller's thread.</remarks>
internal sealed unsafe class ParallelElementwiseKernel<T>(ElementwiseKernel<T> inner, int threads) : ElementwiseKernel<T>(inner.Name)
    where T : unmanaged
{
    /// <summary>An operation on a part of the spans; dy is empty where the operation has none.</summary>
    private delegate void Operation(ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> output);

    public override Kernel<T> OnThreads(int threads) => inner.OnThreads(threads);

    public override void ForwardPerChannel(ReadOnlySpan<T> x, ChannelLayout channels, int position, ReadOnlySpan<T> parameter, Span<T> y)
    {
        fixed (T* firstX = x, firstParameter = parameter, firstY = y)
        {
            ChannelsPart all = new(inner, new(firstX), channels, position, new(firstParameter), parameter.Length, new(firstY));
            WorkDivision.Run<T, ChannelsPart>(x.Length, 1, threads, all);
        }
    }

    public override void ForwardWithDerivative(ReadOnlySpan<T> x, Span<T> y, Span<T> derivative)
    {
        fixed (T* firstX = x, firstY = y, firstDerivative = derivative)
            WorkDivision.Run<T, BothPart>(x.Length, 1, threads, new(inner, new(firstX), new(firstY), new(firstDerivative)));
    }

    public override void ForwardWithBias(ReadOnlySpan<T> x, ReadOnlySpan<T> bias, int position, Span<T> y)
    {
        fixed (T* firstX = x, firstBias = bias, firstY = y)
            WorkDivision.Run<T, BiasPart>(
                x.Length, 1, threads, new(inner, new(firstX), new(firstBias), bias.Length, position, new(firstY)));
    }

    public override void ForwardPerElement(ReadOnlySpan<T> x, ReadOnlySpan<T> values, Span<T> y) => inner.ForwardPerElement(x, values, y);

    public override void BackwardPerElement(ReadOnlySpan<T> x, ReadOnlySpan<T> values, ReadOnlySpan<T> dy, Span<T> dx) =>
        inner.BackwardPerElement(x, values, dy, dx);

    public override void ParameterDerivatives(
        int parameter, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> values, Span<double> derivatives) =>
        inner.ParameterDerivatives(parameter, x, dy, values, derivatives);

    public override void Check(ParameterInfo parameter, ReadOnlySpan<T> values) => inner.Check(parameter, values);

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) =>
        Divide(static (kernel, x, _, y) => kernel.Forward(x, y), x, default, y);

    protected override void DerivativeCore(ReadOnlySpan<T> x, Span<T> derivative) =>
        Divide(static (kernel, x, _, derivative) => kernel.Derivative(x, derivative), x, default, derivative);

    protected override void CurvatureCore(ReadOnlySpan<T> x, Span<T> curvature) =>
        Divide(static (kernel, x, _, curvature) => kernel.Curvature(x, curvature), x, default, curvature);

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx) =>
        Divide(static (kernel, x, dy, dx) => kernel.Backward(x, dy, dx), x, dy, dx);

    protected override void BackwardFromOutputCore(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        Divide(static (kernel, y, dy, dx) => kernel.BackwardFromOutput(y, dy, dx), y, dy, dx);

    private void Divide(Operation operation, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> output)
    {
        fixed (T* firstX = x, firstDy = dy, firstOutput = output)
        {
            Part all = new(inner, operation, new(firstX), new(firstDy), new(firstOutput));
            WorkDivision.Run<T, NonTemporalStores.AsWhole<Part>>(x.Length, 1, threads, new(all, (long)output.Length * sizeof(T)));
        }
    }

    private readonly struct Part(
        ElementwiseKernel<T> kernel, Operation operation, PinnedSpan<T> x, PinnedSpan<T> dy, PinnedSpan<T> output) : IDivisible
    {
        public void Do(int start, int count) =>
            operation(kernel, x.Items(start, count), dy.Items(start, count), output.Items(start, count));
    }

    private readonly struct ChannelsPart(
        ElementwiseKernel<T> kernel,
        PinnedSpan<T> x,
        ChannelLayout channels,
        int position,
        PinnedSpan<T> parameter,
        int parameters,
        PinnedSpan<T> y) : IDivisible
    {
        public void Do(int start, int count) =>
            kernel.ForwardPerChannel(
                x.Items(start, count), channels, position + start, parameter.Items(0, parameters), y.Items(start, count));
    }

    private readonly struct BothPart(ElementwiseKernel<T> kernel, PinnedSpan<T> x, PinnedSpan<T> y, PinnedSpan<T> derivative) : IDivisible
    {
        public void Do(int start, int count) =>
            kernel.ForwardWithDerivative(x.Items(start, count), y.Items(start, count), derivative.Items(start, count));
    }

    private readonly struct BiasPart(
        ElementwiseKernel<T> kernel, PinnedSpan<T> x, PinnedSpan<T> bias, int channels, int position, PinnedSpan<T> y) : IDivisible
    {
        public void Do(int start, int count) =>
            kernel.ForwardWithBias(x.Items(start, count), bias.Items(0, channels), position + start, y.Items(start, count));
    }
}
