using Nonlinear.Layers;

namespace Nonlinear.Lab.Training;

/// <summary>An elementwise activation whose parameter is learned.</summary>
internal sealed class LearnedActivation(LearnableActivation layer, int width) : NetworkLayer(width, width)
{
    /// <summary>The library's layer.</summary>
    public LearnableActivation Layer => layer;

    /// <inheritdoc/>
    public override IReadOnlyList<LearnedParameter> Parameters => layer.Parameters;

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training)
    {
        Span<float> y = block.Y.Span[..(rows * Outputs)];
        // Training that diverges carries the parameter away; the library would refuse it, and the loss is to tell.
        if (layer.Parameters[0].Values.Span.ContainsAnyExceptInRange(-float.MaxValue, float.MaxValue))
            y.Fill(float.NaN);
        else
            layer.Forward(block.X.Span[..(rows * Inputs)], [rows, Inputs], y);
    }

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs) => layer.Backward(
        block.X.Span[..(rows * Inputs)],
        [rows, Inputs],
        block.Dy.Span[..(rows * Outputs)],
        block.Dx.Span[..(rows * Inputs)],
        block.Gradients[0].Span);
}
