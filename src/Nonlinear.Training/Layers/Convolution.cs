using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>
/// A convolution of pictures: each filter is a dense unit of the square of places about every place, or every second or third. Beyond the
/// edges there is 0, as many places as are missing to the middle of a square.
/// </summary>
/// <remarks>A step longer than 1 makes the picture smaller, which needs no pooling (Springenberg et al., 2015, arXiv:1412.6806).</remarks>
public sealed class Convolution : NetworkLayer
{
    private readonly PictureShape _input;
    private readonly int _side, _step, _run;
    private readonly LearnedParameter _weights, _biases;

    /// <summary>Makes a layer with normally distributed weights.</summary>
    /// <param name="input">The pictures that it takes.</param>
    /// <param name="filters">The number of filters, which are the channels that it gives.</param>
    /// <param name="side">The places of a side of the square, an odd number.</param>
    /// <param name="step">From how many places to how many places a square is laid.</param>
    /// <param name="deviation">The weights' standard deviation.</param>
    /// <param name="bias">What all biases start at.</param>
    /// <param name="random">Where the weights are drawn.</param>
    /// <exception cref="ArgumentException">The side is even.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public Convolution(PictureShape input, int filters, int side, int step, double deviation, double bias, RandomStream random)
        : base(input.Length, OutputOf(input, filters, step).Length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        if (side % 2 == 0)
            throw new ArgumentException($"The side is {side}; it must be odd, so that a square has a middle.", nameof(side));
        (_input, _side, _step, _run) = (input, side, step, side * input.Channels);
        Output = OutputOf(input, filters, step);
        float[] weights = new float[filters * Patch], biases = new float[filters];
        random.Fill(weights, deviation);
        Array.Fill(biases, (float)bias);
        (_weights, _biases) = (new("weights", weights), new("biases", biases));
    }

    /// <summary>The pictures that it takes.</summary>
    public PictureShape Input => _input;

    /// <summary>The pictures that it gives, a channel for each filter.</summary>
    public PictureShape Output { get; }

    /// <summary>The places of a side of the square.</summary>
    public int Side => _side;

    /// <summary>From how many places to how many places a square is laid.</summary>
    public int Step => _step;

    /// <summary>The inputs of a filter: side × side × channels.</summary>
    public int Patch => _side * _run;

    /// <summary>The weights, a row for each filter: line after line of the square, the channels of a place side by side.</summary>
    public LearnedParameter Weights => _weights;

    /// <summary>The biases.</summary>
    public LearnedParameter Biases => _biases;

    /// <inheritdoc cref="Dense.LearnsBiases"/>
    public bool LearnsBiases { get; init; } = true;

    /// <inheritdoc cref="Dense.Product"/>
    public MatrixProduct Product { get; init; } = MatrixProduct.Managed;

    /// <inheritdoc/>
    public override IReadOnlyList<LearnedParameter> Parameters => LearnsBiases ? [_weights, _biases] : [_weights];

    /// <inheritdoc/>
    public override int ScratchLength(int capacity) => capacity * Output.Positions * Patch;

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training)
    {
        int places = rows * Output.Positions;
        for (int place = 0; place < places; place++)
            Gather(block.X.Span, place, block.Scratch.Span.Slice(place * Patch, Patch));
        Product.Multiply(block.Scratch, _weights.Values, block.Y, places, Output.Channels, Patch, transposeB: true);
        for (int place = 0; place < places; place++)
            Spans.Add(_biases.Values.Span, block.Y.Span.Slice(place * Output.Channels, Output.Channels));
    }

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs)
    {
        int places = rows * Output.Positions;
        Product.Multiply(block.Dy, block.Scratch, block.Gradients[0], Output.Channels, Patch, places, transposeA: true);
        if (LearnsBiases)
            Spans.SumRows(block.Dy.Span[..(places * Output.Channels)], block.Gradients[1].Span);
        if (!toInputs)
            return;
        // The squares themselves are no longer needed: their gradients take their room.
        Product.Multiply(block.Dy, _weights.Values, block.Scratch, places, Patch, Output.Channels);
        block.Dx.Span[..(rows * Inputs)].Clear();
        for (int place = 0; place < places; place++)
            Scatter(block.Scratch.Span.Slice(place * Patch, Patch), place, block.Dx.Span);
    }

    private static PictureShape OutputOf(PictureShape input, int filters, int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return new(((input.Height - 1) / step) + 1, ((input.Width - 1) / step) + 1, filters);
    }

    private void Gather(ReadOnlySpan<float> pictures, int place, Span<float> patch)
    {
        patch.Clear();
        for (int line = 0; line < _side; line++)
        {
            (int from, int at, int length) = Run(place, line);
            pictures.Slice(from, length).CopyTo(patch[at..]);
        }
    }

    private void Scatter(ReadOnlySpan<float> patch, int place, Span<float> pictures)
    {
        for (int line = 0; line < _side; line++)
        {
            (int from, int at, int length) = Run(place, line);
            Spans.Add(patch.Slice(at, length), pictures.Slice(from, length));
        }
    }

    // What of a line of the square lies within the picture: where it begins in the pictures and in the square, and how long it is.
    private (int From, int At, int Length) Run(int place, int line)
    {
        int picture = Math.DivRem(place, Output.Positions, out int within), half = _side / 2;
        int y = (within / Output.Width * _step) + line - half, left = (within % Output.Width * _step) - half;
        if (y < 0 || y >= _input.Height)
            return default;
        int first = Math.Max(0, left), last = Math.Min(_input.Width, left + _side);
        return (
            (picture * _input.Length) + (((y * _input.Width) + first) * _input.Channels),
            (line * _run) + ((first - left) * _input.Channels),
            (last - first) * _input.Channels);
    }
}
