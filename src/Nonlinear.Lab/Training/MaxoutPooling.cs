namespace Nonlinear.Lab.Training;

/// <summary>Maxout over the outputs of a dense layer K times as wide, of which neighbours are the pieces of a unit.</summary>
internal sealed class MaxoutPooling(PooledActivation maxout, int units) : NetworkLayer(units * maxout.Pieces, units)
{
    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training) => maxout.Forward(
        block.X.Span[..(rows * Inputs)], block.Y.Span[..(rows * Outputs)], block.Memory.AsSpan(0, rows * Outputs), [rows, Inputs], 1);

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs) => maxout.Backward(
        block.Dy.Span[..(rows * Outputs)], block.Memory.AsSpan(0, rows * Outputs), block.Dx.Span[..(rows * Inputs)], [rows, Inputs], 1);
}
