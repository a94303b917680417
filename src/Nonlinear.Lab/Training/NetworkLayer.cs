using Nonlinear.Lab.Data;
using Nonlinear.Layers;

namespace Nonlinear.Lab.Training;

/// <summary>
/// A layer of a network. It holds what is learned and nothing of any batch: inputs, outputs and gradients belong to the
/// <see cref="Pass"/> of a block of rows, so that several blocks can be worked on at the same time.
/// </summary>
/// <param name="inputs">The number of inputs of a row.</param>
/// <param name="outputs">The number of outputs of a row.</param>
internal abstract class NetworkLayer(int inputs, int outputs)
{
    /// <summary>The number of inputs of a row.</summary>
    public int Inputs => inputs;

    /// <summary>The number of outputs of a row.</summary>
    public int Outputs => outputs;

    /// <summary>What is learned.</summary>
    public virtual IReadOnlyList<LearnedParameter> Parameters => [];

    /// <summary>Computes the outputs of a block of rows.</summary>
    /// <param name="block">The block's arrays for this layer.</param>
    /// <param name="rows">How many rows of them are filled.</param>
    /// <param name="training">Whether the network is being trained, so that units may be dropped.</param>
    public abstract void Forward(LayerBlock block, int rows, bool training);

    /// <summary>Carries the gradient of a block of rows back to the inputs and the parameters.</summary>
    /// <param name="block">The block's arrays for this layer.</param>
    /// <param name="rows">How many rows of them are filled.</param>
    /// <param name="toInputs">Whether anybody asks for the gradient by the inputs.</param>
    public abstract void Backward(LayerBlock block, int rows, bool toInputs);
}

/// <summary>The arrays of a block of rows at one layer.</summary>
/// <param name="layer">The layer.</param>
/// <param name="x">Its inputs, which are the outputs of the layer before.</param>
/// <param name="dx">The gradient by them.</param>
/// <param name="capacity">The most rows that fit.</param>
internal sealed class LayerBlock(NetworkLayer layer, Memory<float> x, Memory<float> dx, int capacity)
{
    /// <summary>The inputs.</summary>
    public Memory<float> X { get; } = x;

    /// <summary>The gradient by the inputs.</summary>
    public Memory<float> Dx { get; } = dx;

    /// <summary>The outputs.</summary>
    public Memory<float> Y { get; } = new float[capacity * layer.Outputs];

    /// <summary>The gradient by the outputs.</summary>
    public Memory<float> Dy { get; } = new float[capacity * layer.Outputs];

    /// <summary>The gradient by each parameter, from this block alone.</summary>
    public Memory<float>[] Gradients { get; } =
        [.. layer.Parameters.Select(parameter => new Memory<float>(new float[parameter.Values.Length]))];

    /// <summary>What the layer remembers from forward to backward: which piece won, which unit was dropped.</summary>
    public int[] Memory { get; } = layer is MaxoutPooling or Dropout ? new int[capacity * layer.Outputs] : [];

    /// <summary>The random numbers of the block, where the layer needs some.</summary>
    public RandomStream? Random { get; set; }
}
