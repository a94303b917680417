using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>An elementwise activation whose parameter is learned, as one value or as one for each unit.</summary>
public sealed class LearnedActivation : NetworkLayer
{
    private readonly int _width, _positions;

    /// <summary>Makes a layer of a library's layer.</summary>
    /// <param name="layer">The library's layer, of one channel or of as many as there are units.</param>
    /// <param name="width">The number of units.</param>
    /// <param name="positions">How many numbers of each unit a row has, units last: 1, or the places of a picture.</param>
    /// <exception cref="ArgumentException">The layer has another number of channels.</exception>
    public LearnedActivation(LearnableActivation layer, int width, int positions = 1)
        : base(width * positions, width * positions)
    {
        if (layer.Channels != 1 && layer.Channels != width)
            throw new ArgumentException($"The activation has {layer.Channels} channels; it must have 1 or {width}.", nameof(layer));
        (Layer, _width, _positions) = (layer, width, positions);
    }

    /// <summary>Makes a layer with a value for each channel.</summary>
    /// <param name="layer">The library's layer; there are as many units as it has channels.</param>
    public LearnedActivation(LearnableActivation layer)
        : this(layer, layer.Channels)
    {
    }

    /// <summary>The library's layer.</summary>
    public LearnableActivation Layer { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LearnedParameter> Parameters => Layer.Parameters;

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training)
    {
        Span<float> y = block.Y.Span[..(rows * Outputs)];
        // Training that diverges carries the parameter away; the library would refuse it, and the loss is to tell.
        if (Layer.Parameters[0].Values.Span.ContainsAnyExceptInRange(-float.MaxValue, float.MaxValue))
            y.Fill(float.NaN);
        else
            Layer.Forward(block.X.Span[..(rows * Inputs)], [rows * _positions, _width], y);
    }

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs) => Layer.Backward(
        block.X.Span[..(rows * Inputs)],
        [rows * _positions, _width],
        block.Dy.Span[..(rows * Outputs)],
        block.Dx.Span[..(rows * Inputs)],
        block.Gradients[0].Span);
}
