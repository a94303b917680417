namespace Nonlinear.Kernels;

/// <summary>A gated unit whose long calls are divided among threads.</summary>
internal sealed unsafe class ParallelGatedKernel<T>(GatedKernel<T> inner, int threads) : GatedKernel<T>(inner.Name, inner.Layout)
    where T : unmanaged
{
    public override GatedKernel<T> With(GateLayout layout) => new ParallelGatedKernel<T>(inner.With(layout), threads);

    public override Kernel<T> OnThreads(int threads) => inner.OnThreads(threads);

    public override void ForwardPairs(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, Span<T> y)
    {
        fixed (T* firstGate = gate, firstValue = value, firstY = y)
            WorkDivision.Run<T, PairsPart>(y.Length, 2, threads, new(inner, new(firstGate), new(firstValue), new(firstY)));
    }

    public override void BackwardPairs(ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<T> dgate, Span<T> dvalue)
    {
        fixed (T* firstGate = gate, firstValue = value, firstDy = dy, firstDgate = dgate, firstDvalue = dvalue)
        {
            GradientsPart all = new(inner, new(firstGate), new(firstValue), new(firstDy), new(firstDgate), new(firstDvalue));
            WorkDivision.Run<T, GradientsPart>(dy.Length, 3, threads, all);
        }
    }

    public override void ParameterDerivatives(
        int parameter, ReadOnlySpan<T> gate, ReadOnlySpan<T> value, ReadOnlySpan<T> dy, Span<double> derivatives) =>
        inner.ParameterDerivatives(parameter, gate, value, dy, derivatives);

    // A single row is divided as the pairs that it is.
    public override void ForwardRows(ReadOnlySpan<T> x, Span<T> y, int row)
    {
        if (row == y.Length)
        {
            base.ForwardRows(x, y, row);
            return;
        }
        fixed (T* firstX = x, firstY = y)
            WorkDivision.Run<T, RowsPart>(y.Length / row, 2L * row, threads, new(inner, new(firstX), default, new(firstY), row));
    }

    public override void BackwardRows(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, int row)
    {
        if (row == dy.Length)
        {
            base.BackwardRows(x, dy, dx, row);
            return;
        }
        fixed (T* firstX = x, firstDy = dy, firstDx = dx)
            WorkDivision.Run<T, RowsPart>(dy.Length / row, 3L * row, threads, new(inner, new(firstX), new(firstDy), new(firstDx), row));
    }

    private readonly struct PairsPart(GatedKernel<T> kernel, PinnedSpan<T> gate, PinnedSpan<T> value, PinnedSpan<T> y) : IDivisible
    {
        public void Do(int start, int count) =>
            kernel.ForwardPairs(gate.Items(start, count), value.Items(start, count), y.Items(start, count));
    }

    private readonly struct GradientsPart(
        GatedKernel<T> kernel, PinnedSpan<T> gate, PinnedSpan<T> value, PinnedSpan<T> dy, PinnedSpan<T> dgate, PinnedSpan<T> dvalue)
        : IDivisible
    {
        public void Do(int start, int count) => kernel.BackwardPairs(
            gate.Items(start, count),
            value.Items(start, count),
            dy.Items(start, count),
            dgate.Items(start, count),
            dvalue.Items(start, count));
    }

    // Without gradients forward, with them backward.
    private readonly struct RowsPart(GatedKernel<T> kernel, PinnedSpan<T> x, PinnedSpan<T> dy, PinnedSpan<T> output, int row) : IDivisible
    {
        public void Do(int start, int count)
        {
            ReadOnlySpan<T> inputs = x.Items(start, count, 2 * row), upstream = dy.Items(start, count, row);
            if (upstream.IsEmpty)
                kernel.ForwardRows(inputs, output.Items(start, count, row), row);
            else
                kernel.BackwardRows(inputs, upstream, output.Items(start, count, 2 * row), row);
        }
    }
}
