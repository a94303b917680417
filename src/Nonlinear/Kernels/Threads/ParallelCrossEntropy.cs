namespace Nonlinear.Kernels;

/// <summary>Rows of a cross-entropy, divided among threads.</summary>
internal static unsafe class ParallelCrossEntropy
{
    public static void Rows<T>(
        CrossEntropyKernel<T> kernel,
        ReadOnlySpan<T> logits,
        ReadOnlySpan<int> targets,
        Span<T> losses,
        Span<T> dlogits,
        T scale,
        int threads)
        where T : unmanaged
    {
        if (threads == 1 || targets.IsEmpty)
        {
            kernel.Rows(logits, targets, losses, dlogits, scale);
            return;
        }
        int classes = logits.Length / targets.Length;
        fixed (T* firstLogit = logits, firstLoss = losses, firstGradient = dlogits)
        fixed (int* firstTarget = targets)
        {
            Part<T> all = new(kernel, new(firstLogit), new(firstTarget), new(firstLoss), new(firstGradient), scale, classes);
            WorkDivision.Run<T, Part<T>>(targets.Length, classes, threads, all);
        }
    }

    private readonly struct Part<T>(
        CrossEntropyKernel<T> kernel,
        PinnedSpan<T> logits,
        PinnedSpan<int> targets,
        PinnedSpan<T> losses,
        PinnedSpan<T> dlogits,
        T scale,
        int classes) : IDivisible
        where T : unmanaged
    {
        public void Do(int start, int count) => kernel.Rows(
            logits.Items(start, count, classes),
            targets.Items(start, count),
            losses.Items(start, count),
            dlogits.Items(start, count, classes),
            scale);
    }
}
