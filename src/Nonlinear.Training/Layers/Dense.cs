using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>A dense layer, y = W x + b.</summary>
public sealed class Dense : NetworkLayer
{
    private readonly LearnedParameter _weights, _biases;

    /// <summary>Makes a layer with given weights.</summary>
    /// <param name="inputs">The number of inputs of a row.</param>
    /// <param name="outputs">The number of outputs of a row.</param>
    /// <param name="weights">The weights, outputs × inputs, row-major; the array is not copied.</param>
    /// <param name="biases">The biases, one for each output; the array is not copied.</param>
    /// <exception cref="ArgumentException">The number of weights or biases does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A width is not positive.</exception>
    public Dense(int inputs, int outputs, float[] weights, float[] biases)
        : base(inputs, outputs)
    {
        if (weights.Length != (long)inputs * outputs)
            throw new ArgumentException(
                $"There are {weights.Length} weights; {outputs} outputs of {inputs} inputs need {(long)inputs * outputs}.",
                nameof(weights));
        if (biases.Length != outputs)
            throw new ArgumentException($"There are {biases.Length} biases; {outputs} outputs need as many.", nameof(biases));
        (_weights, _biases) = (new("weights", weights), new("biases", biases));
    }

    /// <summary>Makes a layer with normally distributed weights, and biases of 0.</summary>
    /// <param name="inputs">The number of inputs of a row.</param>
    /// <param name="outputs">The number of outputs of a row.</param>
    /// <param name="initialisation">The rule for the weights' deviation.</param>
    /// <param name="random">Where the weights are drawn.</param>
    public Dense(int inputs, int outputs, Initialisation initialisation, RandomStream random)
        : this(inputs, outputs, initialisation.Deviation(inputs, outputs), bias: 0, random)
    {
    }

    /// <summary>Makes a layer with normally distributed weights.</summary>
    /// <param name="inputs">The number of inputs of a row.</param>
    /// <param name="outputs">The number of outputs of a row.</param>
    /// <param name="deviation">The weights' standard deviation.</param>
    /// <param name="bias">What all biases start at.</param>
    /// <param name="random">Where the weights are drawn.</param>
    public Dense(int inputs, int outputs, double deviation, double bias, RandomStream random)
        : this(inputs, outputs, new float[(long)inputs * outputs], new float[outputs])
    {
        random.Fill(_weights.Values.Span, deviation);
        _biases.Values.Span.Fill((float)bias);
    }

    /// <summary>The weights, a row for each output.</summary>
    public LearnedParameter Weights => _weights;

    /// <summary>The biases.</summary>
    public LearnedParameter Biases => _biases;

    /// <summary>
    /// Whether biases are learned; otherwise they stay as they are. In front of a normalisation, which takes them away again, their
    /// gradients are roundings, and steps by them astray.
    /// </summary>
    public bool LearnsBiases { get; init; } = true;

    /// <summary>What multiplies the matrices; the managed product by default.</summary>
    public MatrixProduct Product { get; init; } = MatrixProduct.Managed;

    /// <inheritdoc/>
    public override IReadOnlyList<LearnedParameter> Parameters => LearnsBiases ? [_weights, _biases] : [_weights];

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training)
    {
        Product.Multiply(block.X, _weights.Values, block.Y, rows, Outputs, Inputs, transposeB: true);
        for (int row = 0; row < rows; row++)
            Spans.Add(_biases.Values.Span, block.Y.Span.Slice(row * Outputs, Outputs));
    }

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs)
    {
        Product.Multiply(block.Dy, block.X, block.Gradients[0], Outputs, Inputs, rows, transposeA: true);
        if (LearnsBiases)
            Spans.SumRows(block.Dy.Span[..(rows * Outputs)], block.Gradients[1].Span);
        if (toInputs)
            Product.Multiply(block.Dy, _weights.Values, block.Dx, rows, Inputs, Outputs);
    }
}
