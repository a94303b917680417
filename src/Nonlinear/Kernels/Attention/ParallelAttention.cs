namespace Nonlinear.Kernels;

/// <summary>Rows of attention, divided among threads.</summary>
internal static unsafe class ParallelAttention
{
    public static void Run<T>(AttentionKernel<T> kernel, in AttentionCall<T> call, AttentionTask task, int threads)
        where T : unmanaged
    {
        if (threads == 1 || call.Shape.Rows == 0)
        {
            kernel.Rows(call, task, 0, call.Shape.Rows);
            return;
        }
        fixed (T* source = call.Source, upstream = call.Upstream, target = call.Target, added = call.Mask.Added, sinks = call.Sinks)
        fixed (bool* marks = call.Mask.Marks)
        fixed (double* sinkGradients = call.SinkGradients)
        {
            Part<T> all = new(kernel, task, call.Options, call.Shape, call.Mask.Shape)
            {
                Source = new(source),
                Upstream = new(upstream),
                Target = new(target),
                Sinks = new(sinks),
                SinkGradients = new(sinkGradients),
                IsMasked = call.Mask.IsThere,
                Added = new(added),
                AddedLength = call.Mask.Added.Length,
                Marks = new(marks),
                MarksLength = call.Mask.Marks.Length,
                MarksKept = call.Mask.MarksKept,
            };
            WorkDivision.Run<T, Part<T>>(call.Shape.Rows, call.Shape.Keys, threads, all);
        }
    }

    private readonly struct Part<T>(
        AttentionKernel<T> kernel, AttentionTask task, AttentionOptions options, AttentionShape shape, AttentionShape maskShape)
        : IDivisible
        where T : unmanaged
    {
        public PinnedSpan<T> Source { get; init; }

        public PinnedSpan<T> Upstream { get; init; }

        public PinnedSpan<T> Target { get; init; }

        public PinnedSpan<T> Sinks { get; init; }

        public PinnedSpan<double> SinkGradients { get; init; }

        public bool IsMasked { get; init; }

        public PinnedSpan<T> Added { get; init; }

        public int AddedLength { get; init; }

        public PinnedSpan<bool> Marks { get; init; }

        public int MarksLength { get; init; }

        public bool MarksKept { get; init; }

        public void Do(int start, int count)
        {
            int length = shape.Rows * shape.Keys;
            AttentionMask<T> mask = IsMasked
                ? new(Added.Items(0, AddedLength), Marks.Items(0, MarksLength), maskShape) { MarksKept = MarksKept }
                : default;
            AttentionCall<T> call = new(
                options,
                shape,
                Source.Items(0, length),
                Upstream.Items(0, length),
                Target.Items(0, length),
                mask,
                Sinks.Items(0, shape.Heads),
                SinkGradients.Items(0, shape.Rows));
            kernel.Rows(call, task, start, count);
        }
    }
}
