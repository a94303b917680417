using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>
/// A layer of a network. It holds what is learned and nothing of any batch: inputs, outputs and gradients belong to the
/// <see cref="Pass"/> of a block of rows, so that several blocks can be worked on at the same time.
/// </summary>
/// <remarks>A layer of your own computes outputs in <see cref="Forward"/> and gradients in <see cref="Backward"/>, from one block to the
/// same block.</remarks>
public abstract class NetworkLayer
{
    /// <summary>Says how wide a layer is.</summary>
    /// <param name="inputs">The number of inputs of a row.</param>
    /// <param name="outputs">The number of outputs of a row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    protected NetworkLayer(int inputs, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (Inputs, Outputs) = (inputs, outputs);
    }

    /// <summary>The number of inputs of a row.</summary>
    public int Inputs { get; }

    /// <summary>The number of outputs of a row.</summary>
    public int Outputs { get; }

    /// <summary>What is learned.</summary>
    public virtual IReadOnlyList<LearnedParameter> Parameters => [];

    /// <summary>Whether <see cref="LayerBlock.Kept"/> has a number for each output, to be kept from forward to backward.</summary>
    public virtual bool KeepsNumbers => false;

    /// <summary>Whether <see cref="LayerBlock.Random"/> has random numbers.</summary>
    public virtual bool DrawsNumbers => false;

    /// <summary>
    /// Numbers that follow from the rows learned from without a gradient, such as running means; <see cref="Observe"/> changes them.
    /// </summary>
    public virtual IReadOnlyList<Memory<float>> Statistics => [];

    /// <summary>How many floats <see cref="LayerBlock.Scratch"/> has.</summary>
    /// <param name="capacity">The most rows of a block.</param>
    public virtual int ScratchLength(int capacity) => 0;

    /// <summary>Computes the outputs of a block of rows.</summary>
    /// <param name="block">The block's arrays for this layer.</param>
    /// <param name="rows">How many rows of them are filled.</param>
    /// <param name="training">Whether the network is being trained, so that units may be dropped and rows are normalised by themselves.
    /// </param>
    public abstract void Forward(LayerBlock block, int rows, bool training);

    /// <summary>Carries the gradient of a block of rows back to the inputs and the parameters.</summary>
    /// <param name="block">The block's arrays for this layer.</param>
    /// <param name="rows">How many rows of them are filled.</param>
    /// <param name="toInputs">Whether anybody asks for the gradient by the inputs.</param>
    public abstract void Backward(LayerBlock block, int rows, bool toInputs);

    /// <summary>Takes a block that was learned from into the statistics; called for one block after another, in their order.</summary>
    /// <param name="block">The block's arrays for this layer.</param>
    /// <param name="rows">How many rows of them are filled.</param>
    public virtual void Observe(LayerBlock block, int rows)
    {
    }
}
