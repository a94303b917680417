
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
            Part<T> all = new(
                kernel,
                task,
                call.Options,
                call.Shape,
                new(source),
                new(upstream),
                new(target),
                new(added),
                new(marks),
                call.Mask,
                new(sinks),
                new(sinkGradients));
            WorkDivision.Run<T, Part<T>>(call.Shape.Rows, call.Shape.Keys, threads, all);
        }
    }

    private readonly struct Part<T> : IDivisible
        where T : unmanaged
    {
        private readonly AttentionKernel<T> _kernel;
        private readonly AttentionTask _task;
        private readonly AttentionOptions _options;
        private readonly AttentionShape _shape, _maskShape;
        private readonly PinnedSpan<T> _source, _upstream, _target, _added, _sinks;
        private readonly PinnedSpan<bool> _marks;
        private readonly PinnedSpan<double> _sinkGradients;
        private readonly int _numbersAdded, _numberOfMarks;
        private readonly bool _isMasked, _marksKept;

        public Part(
            AttentionKernel<T> kernel,
            AttentionTask task,
            AttentionOptions options,
            AttentionShape shape,
            PinnedSpan<T> source,
            PinnedSpan<T> upstream,
            PinnedSpan<T> target,
            PinnedSpan<T> added,
            PinnedSpan<bool> marks,
            AttentionMask<T> mask,
            PinnedSpan<T> sinks,
            PinnedSpan<double> sinkGradients)
        {
            (_kernel, _task, _options, _shape) = (kernel, task, options, shape);
            (_source, _upstream, _target, _added, _sinks) = (source, upstream, target, added, sinks);
            (_marks, _sinkGradients) = (marks, sinkGradients);
            (_maskShape, _isMasked, _marksKept) = (mask.Shape, mask.IsThere, mask.MarksKept);
            (_numbersAdded, _numberOfMarks) = (mask.Added.Length, mask.Marks.Length);
        }

        public void Do(int start, int count)
        {
            int length = _shape.Rows * _shape.Keys;
            AttentionMask<T> mask = _isMasked
                ? new(_added.Items(0, _numbersAdded), _marks.Items(0, _numberOfMarks), _maskShape) { MarksKept = _marksKept }
                : default;
            AttentionCall<T> call = new(
                _options,
                _shape,
                _source.Items(0, length),
                _upstream.Items(0, length),
                _target.Items(0, length),
                mask,
                _sinks.Items(0, _shape.Heads),
                _sinkGradients.Items(0, _shape.Rows));
            _kernel.Rows(call, _task, start, count);
        }
    }
}
