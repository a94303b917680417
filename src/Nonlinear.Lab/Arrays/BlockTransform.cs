namespace Nonlinear.Lab.Arrays;

/// <summary>Reads a block, computes it in place where it can, and writes it.</summary>
internal sealed class BlockTransform<T>
    where T : unmanaged
{
    private readonly ArrayOperation _operation;
    private readonly BlockLayout _layout;
    private readonly Activation _activation;
    private readonly T[] _x, _dy;
    private readonly int[] _winners;

    public BlockTransform(Activation activation, ArrayOperation operation, BlockLayout layout)
    {
        (_activation, _operation, _layout) = (activation, operation, layout);
        int outputs = layout.LargestBlock / layout.Along * layout.AlongOutput;
        _x = new T[layout.LargestBlock];
        _dy = operation == ArrayOperation.Backward || layout.AlongOutput != layout.Along ? new T[outputs] : [];
        _winners = activation is PooledActivation ? new int[outputs] : [];
    }

    public void Apply(Block block, ArraySource source, ArraySource? upstream, ArrayTarget target)
    {
        int vectors = block.Rows * block.Columns;
        Span<T> x = _x.AsSpan(0, vectors * _layout.Along);
        source.Read(x, block, _layout.Along, _layout.Columns);
        Span<T> dy = _dy.AsSpan(0, Math.Min(_dy.Length, vectors * _layout.AlongOutput));
        upstream?.Read(dy, block, _layout.AlongOutput, _layout.Columns);
        bool apart = _operation == ArrayOperation.Forward && _layout.AlongOutput != _layout.Along;
        Compute(x, dy, [block.Rows, _layout.Along, block.Columns], (block.Row * _layout.Columns) + block.Column);
        target.Write(apart ? dy : x, block, apart ? _layout.AlongOutput : _layout.Along, _layout.Columns);
    }

    // The result is left in x, or in dy where it has another length than x.
    private void Compute(Span<T> x, Span<T> dy, ReadOnlySpan<int> shape, long firstVector)
    {
        const int Axis = 1;
        switch (_activation, _operation)
        {
            case (PooledActivation pooled, ArrayOperation.Forward):
                pooled.Forward(x, dy, _winners.AsSpan(0, dy.Length), shape, Axis);
                break;
            case (PooledActivation pooled, _):
                T[] y = new T[dy.Length];
                Span<int> winners = _winners.AsSpan(0, dy.Length);
                pooled.Forward(x, y, winners, shape, Axis);
                pooled.Backward(dy, winners, x, shape, Axis);
                break;
            case (AxisActivation along, ArrayOperation.Forward):
                along.Forward(x, x, shape, Axis, firstVector);
                break;
            case (AxisActivation along, _):
                along.Backward(x, dy, x, shape, Axis, firstVector);
                break;
            case (WidenedActivation widened, ArrayOperation.Forward):
                widened.Forward(x, dy, shape, Axis);
                break;
            case (WidenedActivation widened, _):
                widened.Backward(x, dy, x, shape, Axis);
                break;
            case (GatedActivation gated, ArrayOperation.Forward):
                gated.Forward(x, dy, shape, Axis);
                break;
            case (GatedActivation gated, _):
                gated.Backward(x, dy, x, shape, Axis);
                break;
            case (_, ArrayOperation.Forward):
                _activation.Forward(x, x);
                break;
            case (ElementwiseActivation elementwise, ArrayOperation.Derivative):
                elementwise.Derivative(x, x);
                break;
            default:
                _activation.Backward(x, dy, x);
                break;
        }
    }
}
