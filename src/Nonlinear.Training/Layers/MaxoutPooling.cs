namespace Nonlinear.Training;

/// <summary>Maxout over the outputs of a dense layer K times as wide, of which neighbours are the pieces of a unit.</summary>
/// <param name="maxout">The function.</param>
/// <param name="units">The number of outputs; a row has K times as many inputs.</param>
/// <remarks>Source: Goodfellow et al., 2013, arXiv:1302.4389.</remarks>
public sealed class MaxoutPooling(PooledActivation maxout, int units) : NetworkLayer(units * maxout.Pieces, units)
{
    /// <inheritdoc/>
    public override bool KeepsNumbers => true;

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training) => maxout.Forward(
        block.X.Span[..(rows * Inputs)], block.Y.Span[..(rows * Outputs)], block.Kept.Span[..(rows * Outputs)], [rows, Inputs], 1);

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs) => maxout.Backward(
        block.Dy.Span[..(rows * Outputs)], block.Kept.Span[..(rows * Outputs)], block.Dx.Span[..(rows * Inputs)], [rows, Inputs], 1);
}
