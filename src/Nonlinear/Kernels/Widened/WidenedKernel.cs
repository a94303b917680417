namespace Nonlinear.Kernels;

/// <summary>What functions that give two outputs for each input can do besides what all can: tensors of any shape.</summary>
/// <remarks>A block is what lies together in memory: the inputs at all places of the axis. Its outputs are two blocks.</remarks>
internal abstract class WidenedKernel<T>(string name) : Kernel<T>(name, outputsPerInput: Outputs)
    where T : unmanaged
{
    /// <summary>The number of outputs for each input.</summary>
    public const int Outputs = 2;

    public void Forward(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis)
    {
        int block = Block(x.Length, shape, axis);
        Guard.Length(Outputs * x.Length, y.Length, nameof(y));
        Guard.Apart(x, y, nameof(y));
        ForwardBlocks(x, y, block);
    }

    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis)
    {
        int block = Block(x.Length, shape, axis);
        Guard.Length(Outputs * x.Length, dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Overlap(x, dx, nameof(dx));
        Guard.Apart(dy, dx, nameof(dx));
        BackwardBlocks(x, dy, dx, block);
    }

    /// <summary>The two blocks of outputs for a block of inputs, from which they are apart.</summary>
    protected abstract void ForwardBlock(ReadOnlySpan<T> x, Span<T> first, Span<T> second);

    /// <summary>The gradient by a block of inputs, in whose place it may be.</summary>
    protected abstract void BackwardBlock(ReadOnlySpan<T> x, ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> dx);

    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y)
    {
        Guard.Apart(x, y, nameof(y));
        ForwardBlocks(x, y, Math.Max(x.Length, 1));
    }

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        Guard.Apart(dy, dx, nameof(dx));
        BackwardBlocks(x, dy, dx, Math.Max(x.Length, 1));
    }

    private static int Block(int length, ReadOnlySpan<int> shape, int axis)
    {
        TensorShape.Check(shape, length, nameof(shape));
        axis = TensorShape.Axis(axis, shape.Length);
        return length == 0 ? 1 : TensorShape.Product(shape[axis..]);
    }

    private void ForwardBlocks(ReadOnlySpan<T> x, Span<T> y, int block)
    {
        for (int start = 0; start < x.Length; start += block)
            ForwardBlock(x.Slice(start, block), y.Slice(Outputs * start, block), y.Slice((Outputs * start) + block, block));
    }

    private void BackwardBlocks(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, int block)
    {
        for (int start = 0; start < x.Length; start += block)
        {
            ReadOnlySpan<T> upstream = dy.Slice(Outputs * start, Outputs * block);
            BackwardBlock(x.Slice(start, block), upstream[..block], upstream[block..], dx.Slice(start, block));
        }
    }
}
