using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>Layers, one after another.</summary>
/// <remarks>
/// It holds what is learned and nothing of any batch, so that several threads may send rows through it at the same time, each with a
/// <see cref="Pass"/> of its own, as long as nobody moves the parameters.
/// </remarks>
public class Sequential
{
    private const int RowsOfBlock = 256;

    /// <summary>Puts layers one after another.</summary>
    /// <param name="layers">The layers, the first of which takes the inputs.</param>
    /// <exception cref="ArgumentException">There is no layer, or one takes more or fewer numbers than the one before gives.</exception>
    public Sequential(params IReadOnlyList<NetworkLayer> layers)
        : this(layers, [])
    {
    }

    /// <summary>Puts layers one after another, with residual connections.</summary>
    /// <param name="layers">The layers, the first of which takes the inputs.</param>
    /// <param name="shortcuts">The connections, by the places of the layers.</param>
    /// <exception cref="ArgumentException">There is no layer, or what one takes does not fit what it is given.</exception>
    public Sequential(IReadOnlyList<NetworkLayer> layers, IReadOnlyList<Shortcut> shortcuts)
    {
        if (layers.Count == 0)
            throw new ArgumentException("A network needs a layer.", nameof(layers));
        for (int i = 1; i < layers.Count; i++)
        {
            if (layers[i].Inputs != layers[i - 1].Outputs)
                throw new ArgumentException(
                    $"Layer {i}, {layers[i].GetType().Name}, takes {layers[i].Inputs} inputs; the layer before it gives "
                    + $"{layers[i - 1].Outputs}.",
                    nameof(layers));
        }
        foreach ((int from, int to) in shortcuts)
        {
            if (from < 0 || to < from || to >= layers.Count || layers[from].Inputs != layers[to].Outputs)
                throw new ArgumentException(
                    $"A shortcut from {from} to {to} does not fit: among the {layers.Count} layers the first must not come after the "
                    + "second and must take as many numbers as the second gives.",
                    nameof(shortcuts));
        }
        Layers = [.. layers];
        Shortcuts = [.. shortcuts];
        Statistics = [.. layers.SelectMany(layer => layer.Statistics)];
        Parameters = [.. layers.SelectMany(layer => layer.Parameters)];
    }

    /// <summary>The number of inputs of a row.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>The number of outputs of a row.</summary>
    public int Outputs => Layers[^1].Outputs;

    /// <summary>The layers, in their order.</summary>
    public IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>The residual connections.</summary>
    public IReadOnlyList<Shortcut> Shortcuts { get; }

    /// <summary>Everything that is learned, layer by layer.</summary>
    public IReadOnlyList<LearnedParameter> Parameters { get; }

    /// <summary>What follows from the rows learned from without a gradient, layer by layer; a copy of a network needs these too.</summary>
    public IReadOnlyList<Memory<float>> Statistics { get; }

    /// <summary>Computes the outputs of any number of rows, as it is used: with nothing dropped, and normalised by running means.</summary>
    /// <param name="x">The inputs, rows × inputs, row-major.</param>
    /// <param name="y">Receives the outputs, rows × outputs.</param>
    /// <exception cref="ArgumentException">The lengths do not fit; nothing has been written.</exception>
    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        int rows = x.Length / Inputs;
        if (x.Length != rows * Inputs)
            throw new ArgumentException($"x has {x.Length} elements, which are no whole rows of {Inputs}.", nameof(x));
        if (y.Length != (long)rows * Outputs)
            throw new ArgumentException(
                $"y has {y.Length} elements; {rows} rows of {Outputs} outputs need {(long)rows * Outputs}.", nameof(y));
        if (rows == 0)
            return;
        Pass pass = new(this, Math.Min(RowsOfBlock, rows));
        for (int start = 0; start < rows; start += pass.Capacity)
        {
            int count = Math.Min(pass.Capacity, rows - start);
            x.Slice(start * Inputs, count * Inputs).CopyTo(pass.Input.Span);
            pass.Forward(count, training: false);
            pass.Output.Span[..(count * Outputs)].CopyTo(y[(start * Outputs)..]);
        }
    }
}
