using System.Runtime.InteropServices;
using Nonlinear.Native.Boundary;

namespace Nonlinear.Native.Onnx;

/// <summary>A node of a session that computes a function.</summary>
/// <param name="function">The function.</param>
/// <param name="type">The type of its elements.</param>
internal sealed unsafe class NodeKernel(NodeFunction function, ElementType type)
{
    // Long enough that handing a part to another thread costs little beside it.
    private const int ElementsOfAPart = 16 * 1024;

    /// <summary>Runs the node.</summary>
    /// <exception cref="ArgumentException">Its inputs do not fit the function.</exception>
    public void Run(nint context)
    {
        switch (type)
        {
            case ElementType.Float: Run<float>(context); break;
            case ElementType.Double: Run<double>(context); break;
            case ElementType.Half: Run<Half>(context); break;
            default: Run<BFloat16>(context); break;
        }
    }

    private void Run<T>(nint context)
        where T : unmanaged
    {
        nint input = RuntimeApi.Input(context, 0), second = RuntimeApi.Input(context, 1);
        long[] extents = RuntimeApi.Shape(input);
        int[] shape;
        fixed (long* each = extents)
            shape = Memory.Shape(each, extents.Length);
        void* x = RuntimeApi.Data(input);
        if (second != 0)
            RunOnTwo<T>(context, x, second, shape);
        else
            RunOnOne<T>(context, x, shape);
    }

    // Gates and values apart, or a parameter for each channel.
    private void RunOnTwo<T>(nint context, void* x, nint second, int[] shape)
        where T : unmanaged
    {
        long[] extents = RuntimeApi.Shape(second);
        void* other = RuntimeApi.Data(second), y = RuntimeApi.Output(context, Wide(shape));
        long count = Memory.CountOf(shape);
        if (function.Activation is ElementwiseActivation elementwise)
        {
            int[] ofParameter;
            fixed (long* each = extents)
                ofParameter = Memory.Shape(each, extents.Length);
            elementwise.ForwardPerChannel(
                Memory.In<T>(x, count, "x"), shape, Memory.In<T>(other, Memory.CountOf(ofParameter), "parameter"),
                Memory.Out<T>(y, count, "y"));
            return;
        }
        if (!extents.SequenceEqual(Wide(shape)))
            throw new ArgumentException(
                $"the gates have the shape {string.Join(" × ", shape)}, the values {string.Join(" × ", extents)}");
        GatedActivation gated = (GatedActivation)function.Activation;
        Parts parts = new((int)count, 1, ElementsOfAPart);
        Divide(context, parts, (start, length) => gated.Forward(
            new ReadOnlySpan<T>((T*)x + start, length),
            new ReadOnlySpan<T>((T*)other + start, length),
            new Span<T>((T*)y + start, length)));
    }

    private void RunOnOne<T>(nint context, void* x, int[] shape)
        where T : unmanaged
    {
        Activation activation = function.Activation;
        int[] outputs = Lengths.OutputShape(activation, shape, function.Axis);
        int count = (int)Memory.CountOf(shape), outputCount = (int)Memory.CountOf(outputs);
        void* y = RuntimeApi.Output(context, Wide(outputs));
        if (activation is ElementwiseActivation)
        {
            Divide(context, new Parts(count, 1, ElementsOfAPart), (start, length) => activation.Forward(
                new ReadOnlySpan<T>((T*)x + start, length), new Span<T>((T*)y + start, length)));
            return;
        }
        int axis = function.Axis < 0 ? function.Axis + shape.Length : function.Axis;
        int outer = axis >= 0 && axis < shape.Length ? (int)Memory.CountOf(shape.AsSpan(0, axis)) : 0;
        // Noise depends on the place of a vector among all; and where there is nothing to divide, whatever is wrong is told.
        if (outer < 2 || count == 0 || activation is AxisActivation { IsRandom: true })
        {
            AlongAxis.Forward(
                activation, Memory.In<T>(x, count, "x"), Memory.Out<T>(y, outputCount, "y"), shape, function.Axis);
            return;
        }
        int block = count / outer, outputBlock = outputCount / outer;
        Divide(context, new Parts(outer, block, ElementsOfAPart), (start, length) => AlongAxis.Forward(
            activation,
            new ReadOnlySpan<T>((T*)x + ((long)start * block), length * block),
            new Span<T>((T*)y + ((long)start * outputBlock), length * outputBlock),
            [length, .. shape.AsSpan(axis)],
            1));
    }

    private static long[] Wide(int[] shape) => [.. shape.Select(extent => (long)extent)];

    // Everything at once where it is short; else in parts, on the session's threads.
    private static void Divide(nint context, Parts parts, Action<int, int> work)
    {
        if (parts.Count < 2)
        {
            work(0, parts.Items);
            return;
        }
        SharedWork shared = new(parts, work);
        GCHandle handle = GCHandle.Alloc(shared);
        try
        {
            RuntimeApi.InParallel(context, &DoPart, parts.Count, (void*)GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }
        if (shared.Failure is { } failure)
            throw new InvalidOperationException(failure.Message, failure);
    }

    [UnmanagedCallersOnly]
    private static void DoPart(void* state, nuint part)
    {
        using HostState thread = HostState.Enter();
        SharedWork shared = (SharedWork)GCHandle.FromIntPtr((nint)state).Target!;
        try
        {
            (int start, int length) = shared.Parts.At((int)part);
            shared.Work(start, length);
        }
#pragma warning disable CA1031 // No exception may cross into the runtime; whoever asked for the work throws it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            shared.Failure = failure;
        }
    }

    private sealed class SharedWork(Parts parts, Action<int, int> work)
    {
        public Parts Parts => parts;

        public Action<int, int> Work => work;

        public Exception? Failure { get; set; }
    }

    // Items in parts, each of as many elements as are worth the way to another thread.
    private readonly record struct Parts(int Items, int ElementsOfAnItem, int ElementsOfAPart)
    {
        private int ItemsOfAPart => Math.Max(1, ElementsOfAPart / Math.Max(1, ElementsOfAnItem));

        public int Count => (int)(((long)Items + ItemsOfAPart - 1) / ItemsOfAPart);

        public (int Start, int Length) At(int part) => (part * ItemsOfAPart, Math.Min(ItemsOfAPart, Items - (part * ItemsOfAPart)));
    }
}
