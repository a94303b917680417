namespace Nonlinear.Training;

/// <summary>
/// A block of rows on its way through a network and back: all intermediate numbers, and the gradients from these rows alone.
/// </summary>
public sealed class Pass
{
    private readonly Sequential _network;
    private readonly LayerBlock[] _blocks;

    /// <summary>Makes room for a block.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">The most rows of a block.</param>
    /// <param name="seed">The seed of what is dropped.</param>
    /// <param name="number">Which of the blocks of a batch this is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public Pass(Sequential network, int capacity, int seed = 0, int number = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _network = network;
        Capacity = capacity;
        Input = new float[capacity * network.Inputs];
        _blocks = new LayerBlock[network.Layers.Count];
        Memory<float> x = Input, dx = new float[Input.Length];
        for (int i = 0; i < _blocks.Length; i++)
        {
            LayerBlock block = new(network.Layers[i], x, dx, capacity);
            if (network.Layers[i].DrawsNumbers)
                block.Random = new(seed, FormattableString.Invariant($"dropout {i} {number}"));
            _blocks[i] = block;
            (x, dx) = (block.Y, block.Dy);
        }
    }

    /// <summary>The most rows of a block.</summary>
    public int Capacity { get; }

    /// <summary>Where the inputs go, row after row.</summary>
    public Memory<float> Input { get; }

    /// <summary>What the network puts out, row after row.</summary>
    public Memory<float> Output => _blocks[^1].Y;

    /// <summary>Where the gradient by the outputs goes.</summary>
    public Memory<float> OutputGradient => _blocks[^1].Dy;

    /// <summary>The arrays at each layer.</summary>
    public IReadOnlyList<LayerBlock> Blocks => _blocks;

    /// <summary>The gradients by the network's parameters, in their order.</summary>
    public IEnumerable<Memory<float>> Gradients => _blocks.SelectMany(block => block.Gradients);

    /// <summary>Sends the inputs through.</summary>
    /// <param name="rows">How many rows of them there are.</param>
    /// <param name="training">Whether units may be dropped, and rows are normalised by themselves.</param>
    public void Forward(int rows, bool training)
    {
        for (int i = 0; i < _blocks.Length; i++)
        {
            _network.Layers[i].Forward(_blocks[i], rows, training);
            foreach ((int from, int to) in _network.Shortcuts)
            {
                if (to == i)
                    AddRows(_blocks[from].X, _blocks[i].Y, rows * _network.Layers[i].Outputs);
            }
        }
    }

    /// <summary>Carries the gradient by the outputs back, as far as the parameters of the first layer.</summary>
    /// <param name="rows">How many rows of it there are.</param>
    public void Backward(int rows)
    {
        for (int i = _blocks.Length - 1; i >= 0; i--)
        {
            _network.Layers[i].Backward(_blocks[i], rows, toInputs: i > 0);
            foreach ((int from, int to) in _network.Shortcuts)
            {
                if (from == i && i > 0)
                    AddRows(_blocks[to].Dy, _blocks[i].Dx, rows * _network.Layers[i].Inputs);
            }
        }
    }

    /// <summary>Takes the rows, once a step was taken with them, into the statistics of the layers.</summary>
    /// <param name="rows">How many rows there are.</param>
    public void Observe(int rows)
    {
        for (int i = 0; i < _blocks.Length; i++)
            _network.Layers[i].Observe(_blocks[i], rows);
    }

    private static void AddRows(Memory<float> numbers, Memory<float> to, int count) =>
        Spans.Add(numbers.Span[..count], to.Span[..count]);
}
