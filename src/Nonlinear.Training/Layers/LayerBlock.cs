namespace Nonlinear.Training;

/// <summary>
/// The arrays of a block of rows at one layer, row-major. They are longer than what is filled if the block has fewer rows.
/// </summary>
public sealed class LayerBlock
{
    /// <summary>Makes the arrays.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its inputs, which are the outputs of the layer before.</param>
    /// <param name="dx">The gradient by them.</param>
    /// <param name="capacity">The most rows that fit.</param>
    public LayerBlock(NetworkLayer layer, Memory<float> x, Memory<float> dx, int capacity)
    {
        (X, Dx) = (x, dx);
        Y = new float[capacity * layer.Outputs];
        Dy = new float[capacity * layer.Outputs];
        Gradients = [.. layer.Parameters.Select(parameter => new Memory<float>(new float[parameter.Values.Length]))];
        Scratch = new float[layer.ScratchLength(capacity)];
        Kept = layer.KeepsNumbers ? new int[capacity * layer.Outputs] : default(Memory<int>);
    }

    /// <summary>The inputs, rows × inputs.</summary>
    public Memory<float> X { get; }

    /// <summary>The gradient by the inputs.</summary>
    public Memory<float> Dx { get; }

    /// <summary>The outputs, rows × outputs.</summary>
    public Memory<float> Y { get; }

    /// <summary>The gradient by the outputs.</summary>
    public Memory<float> Dy { get; }

    /// <summary>The gradient by each parameter of the layer, from this block alone.</summary>
    public IReadOnlyList<Memory<float>> Gradients { get; }

    /// <summary>What the layer keeps from forward to backward: which piece won, which unit was dropped.</summary>
    public Memory<int> Kept { get; }

    /// <summary>Room of the layer's own, kept from forward to backward: the means of the block, the patches of its pictures.</summary>
    public Memory<float> Scratch { get; }

    /// <summary>The random numbers of the block, where the layer draws some.</summary>
    public RandomStream? Random { get; set; }
}
