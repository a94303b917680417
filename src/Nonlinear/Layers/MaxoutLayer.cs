using System.Text.Json;

namespace Nonlinear.Layers;

/// <summary>Maxout with its weights: each output is the largest of K affine functions of all inputs, y = maxₖ (wₖ · x + bₖ).</summary>
/// <remarks>
/// Every output is summed in double precision and rounded once. That is exact and slow; a trainer in a hurry multiplies matrices with a
/// library and takes <see cref="PooledActivation"/> for the rest. Source: Goodfellow et al., 2013, arXiv:1302.4389.
/// </remarks>
public sealed class MaxoutLayer : Layer
{
    internal const string SavedAs = "maxout";

    private const string PiecesProperty = "pieces", InputsProperty = "inputs", OutputsProperty = "outputs";

    private readonly PooledActivation _maxout;
    private readonly LearnedParameter _weights, _biases;
    private int[] _winners = [];

    /// <summary>Makes a layer.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="weights">The weights, row-major with the shape pieces × outputs × inputs; the array is not copied.</param>
    /// <param name="biases">The biases, row-major with the shape pieces × outputs; the array is not copied.</param>
    /// <param name="pieces">The number of affine functions for each output.</param>
    /// <exception cref="ArgumentException">The number of weights or biases does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or there are fewer than two pieces.</exception>
    public MaxoutLayer(int inputs, int outputs, float[] weights, float[] biases, int pieces = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        _maxout = Activation.Maxout(pieces);
        long rows = (long)pieces * outputs;
        if (biases.Length != rows)
            throw new ArgumentException(
                $"There are {biases.Length} biases; {pieces} pieces of {outputs} outputs need {rows}.", nameof(biases));
        if (weights.Length != rows * inputs)
            throw new ArgumentException(
                $"There are {weights.Length} weights; {pieces} pieces of {outputs} outputs and {inputs} inputs need {rows * inputs}.",
                nameof(weights));
        (Inputs, Outputs) = (inputs, outputs);
        (_weights, _biases) = (new("weights", weights), new("biases", biases));
    }

    /// <summary>The number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>The number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>The number of affine functions for each output.</summary>
    public int Pieces => _maxout.Pieces;

    /// <inheritdoc/>
    public override IReadOnlyList<LearnedParameter> Parameters => [_weights, _biases];

    private protected override string KindName => SavedAs;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> y)
    {
        int batch = Batch(shape, x.Length);
        if (y.Length != batch * Outputs)
            throw new ArgumentException($"y has {y.Length} elements; {batch} rows of {Outputs} outputs need {batch * Outputs}.", nameof(y));
        int[] winners = new int[y.Length];
        _maxout.ForwardAffine(x, _weights.Values.Span, _biases.Values.Span, y, winners);
        _winners = winners;
    }

    /// <inheritdoc/>
    public override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, ReadOnlySpan<float> dy, Span<float> dx)
    {
        int batch = Batch(shape, x.Length);
        if (_winners.Length != batch * Outputs)
            throw new ArgumentException(
                $"The last forward pass was over {_winners.Length / Outputs} rows, and x has {batch}.", nameof(shape));
        _maxout.BackwardAffine(x, _weights.Values.Span, _winners, dy, dx, _weights.Gradient.Span, _biases.Gradient.Span);
    }

    internal static MaxoutLayer LoadFrom(JsonElement saved) => new(
        saved.GetProperty(InputsProperty).GetInt32(),
        saved.GetProperty(OutputsProperty).GetInt32(),
        Numbers(saved, "weights"),
        Numbers(saved, "biases"),
        saved.GetProperty(PiecesProperty).GetInt32());

    private protected override void SaveSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber(PiecesProperty, Pieces);
        writer.WriteNumber(InputsProperty, Inputs);
        writer.WriteNumber(OutputsProperty, Outputs);
    }

    private int Batch(ReadOnlySpan<int> shape, int length)
    {
        if (shape.Length != 2 || shape[1] != Inputs || (long)shape[0] * Inputs != length)
            throw new ArgumentException($"The shape must be (batch, {Inputs}) and hold the {length} elements of x.", nameof(shape));
        return shape[0];
    }
}
