namespace Nonlinear.Kernels;

/// <summary>A pooled kernel whose groups, rows of a batch and units are divided among threads; each sum stays on one.</summary>
internal sealed unsafe class ParallelPooledKernel<T>(PooledKernel<T> inner, int threads) : PooledKernel<T>(inner.Name, inner.Pieces)
    where T : unmanaged
{
    public override Kernel<T> OnThreads(int threads) => inner.OnThreads(threads);

    public override void ForwardGroups(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, int outputs)
    {
        int inputs = outputs * Pieces;
        fixed (T* firstX = x, firstY = y)
        fixed (int* firstWinner = winners)
        {
            PinnedSpan<T> allX = new(firstX), allY = new(firstY);
            PinnedSpan<int> allWinners = new(firstWinner);
            Divide(y.Length / outputs, inputs, (start, count) =>
                inner.ForwardGroups(
                    allX.Items(start, count, inputs), allY.Items(start, count, outputs), allWinners.Items(start, count, outputs), outputs));
        }
    }

    public override void BackwardGroups(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, int outputs)
    {
        int inputs = outputs * Pieces;
        fixed (T* firstDy = dy, firstDx = dx)
        fixed (int* firstWinner = winners)
        {
            PinnedSpan<T> allDy = new(firstDy), allDx = new(firstDx);
            PinnedSpan<int> allWinners = new(firstWinner);
            Divide(dy.Length / outputs, inputs, (start, count) =>
                inner.BackwardGroups(
                    allDy.Items(start, count, outputs),
                    allWinners.Items(start, count, outputs),
                    allDx.Items(start, count, inputs),
                    outputs));
        }
    }

    public override void ForwardRows(
        ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, Span<T> y, Span<int> winners, Affine affine)
    {
        int weightCount = weights.Length, biasCount = biases.Length;
        fixed (T* firstX = x, firstWeight = weights, firstBias = biases, firstY = y)
        fixed (int* firstWinner = winners)
        {
            PinnedSpan<T> allX = new(firstX), allWeights = new(firstWeight), allBiases = new(firstBias), allY = new(firstY);
            PinnedSpan<int> allWinners = new(firstWinner);
            Divide(affine.Batch, weightCount, (start, count) => inner.ForwardRows(
                allX.Items(start, count, affine.Inputs),
                allWeights.Items(0, weightCount),
                allBiases.Items(0, biasCount),
                allY.Items(start, count, affine.Outputs),
                allWinners.Items(start, count, affine.Outputs),
                affine));
        }
    }

    public override void BackwardRows(ReadOnlySpan<T> weights, ReadOnlySpan<int> winners, ReadOnlySpan<T> dy, Span<T> dx, Affine affine)
    {
        int weightCount = weights.Length;
        fixed (T* firstWeight = weights, firstDy = dy, firstDx = dx)
        fixed (int* firstWinner = winners)
        {
            PinnedSpan<T> allWeights = new(firstWeight), allDy = new(firstDy), allDx = new(firstDx);
            PinnedSpan<int> allWinners = new(firstWinner);
            Divide(affine.Batch, (long)affine.Inputs * affine.Outputs, (start, count) => inner.BackwardRows(
                allWeights.Items(0, weightCount),
                allWinners.Items(start, count, affine.Outputs),
                allDy.Items(start, count, affine.Outputs),
                allDx.Items(start, count, affine.Inputs),
                affine));
        }
    }

    public override void BackwardUnits(
        ReadOnlySpan<T> x, ReadOnlySpan<int> winners, ReadOnlySpan<T> dy, Span<T> dweights, Span<T> dbiases, Affine affine, int first)
    {
        int inputCount = x.Length, outputCount = dy.Length;
        fixed (T* firstX = x, firstDy = dy, firstDweight = dweights, firstDbias = dbiases)
        fixed (int* firstWinner = winners)
        {
            PinnedSpan<T> allX = new(firstX), allDy = new(firstDy), allDweights = new(firstDweight), allDbiases = new(firstDbias);
            PinnedSpan<int> allWinners = new(firstWinner);
            // A unit wins about every so many rows as there are pieces.
            Divide(dbiases.Length, inputCount / Pieces, (start, count) => inner.BackwardUnits(
                allX.Items(0, inputCount),
                allWinners.Items(0, outputCount),
                allDy.Items(0, outputCount),
                allDweights.Items(start, count, affine.Inputs),
                allDbiases.Items(start, count),
                affine,
                first + start));
        }
    }

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y)
    {
        // Outputs in the place of the inputs lie further ahead than theirs: one thread would write over what another has to read.
        if (x.Overlaps(y))
        {
            inner.Forward(x, y);
            return;
        }
        fixed (T* firstX = x, firstY = y)
        {
            PinnedSpan<T> allX = new(firstX), allY = new(firstY);
            Divide(y.Length, Pieces, (start, count) => inner.Forward(allX.Items(start, count, Pieces), allY.Items(start, count)));
        }
    }

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        Guard.Apart(dy, dx, nameof(dx));
        fixed (T* firstX = x, firstDy = dy, firstDx = dx)
        {
            PinnedSpan<T> allX = new(firstX), allDy = new(firstDy), allDx = new(firstDx);
            Divide(dy.Length, Pieces, (start, count) =>
                inner.Backward(allX.Items(start, count, Pieces), allDy.Items(start, count), allDx.Items(start, count, Pieces)));
        }
    }

    private void Divide(int items, long size, Action<int, int> some) => WorkDivision.Run<T, Part>(items, size, threads, new(some));

    private readonly struct Part(Action<int, int> some) : IDivisible
    {
        public void Do(int start, int count) => some(start, count);
    }
}
