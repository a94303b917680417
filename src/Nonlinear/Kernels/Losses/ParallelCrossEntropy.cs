namespace Nonlinear.Kernels;

/// <summary>Rows of a cross-entropy, divided among threads.</summary>
internal static unsafe class ParallelCrossEntropy
{
    public static void Run<T>(CrossEntropyKernel<T> kernel, in CrossEntropyCall<T> call, int threads)
        where T : unmanaged
    {
        if (threads == 1 || call.Rows == 0)
        {
            kernel.Rows(call);
            return;
        }
        fixed (T* logits = call.Logits, soft = call.Soft, losses = call.Losses, gradients = call.Gradients)
        fixed (int* targets = call.Targets)
        fixed (double* exactLosses = call.ExactLosses)
        {
            Part<T> all = new(kernel, call.Options, call.Scale, call.Classes, call.HasGradients)
            {
                Logits = new(logits),
                Soft = new(soft),
                Targets = new(targets),
                Losses = new(losses),
                ExactLosses = new(exactLosses),
                Gradients = new(gradients),
            };
            WorkDivision.Run<T, Part<T>>(call.Rows, call.Classes, threads, all);
        }
    }

    private readonly struct Part<T>(CrossEntropyKernel<T> kernel, CrossEntropyOptions options, double scale, int classes, bool hasGradients)
        : IDivisible
        where T : unmanaged
    {
        public PinnedSpan<T> Logits { get; init; }

        public PinnedSpan<T> Soft { get; init; }

        public PinnedSpan<int> Targets { get; init; }

        public PinnedSpan<T> Losses { get; init; }

        public PinnedSpan<double> ExactLosses { get; init; }

        public PinnedSpan<T> Gradients { get; init; }

        public void Do(int start, int count) => kernel.Rows(
            new(options, Logits.Items(start, count, classes), Targets.Items(start, count), Soft.Items(start, count, classes), count)
            {
                Losses = Losses.Items(start, count),
                ExactLosses = ExactLosses.Items(start, count),
                Gradients = Gradients.Items(start, count, classes),
                HasGradients = hasGradients,
                Scale = scale,
            });
    }
}
