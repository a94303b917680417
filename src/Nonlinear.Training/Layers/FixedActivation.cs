namespace Nonlinear.Training;

/// <summary>An elementwise activation whose parameters do not change.</summary>
/// <param name="function">The function.</param>
/// <param name="width">The number of units.</param>
public sealed class FixedActivation(ElementwiseActivation function, int width) : NetworkLayer(width, width)
{
    /// <summary>The function.</summary>
    public ElementwiseActivation Function => function;

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training) =>
        function.Forward(block.X.Span[..(rows * Inputs)], block.Y.Span[..(rows * Outputs)]);

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs) =>
        function.Backward(block.X.Span[..(rows * Inputs)], block.Dy.Span[..(rows * Outputs)], block.Dx.Span[..(rows * Inputs)]);
}
