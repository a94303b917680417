using System.Numerics.Tensors;
using Nonlinear.Lab.Data;
using Nonlinear.Layers;

namespace Nonlinear.Lab.Training;

/// <summary>A dense layer, y = W x + b.</summary>
internal sealed class Dense : NetworkLayer
{
    private readonly LearnedParameter _weights, _biases;

    /// <summary>Makes a layer with random weights.</summary>
    public Dense(int inputs, int outputs, double deviation, double bias, RandomStream random)
        : base(inputs, outputs)
    {
        float[] weights = new float[inputs * outputs], biases = new float[outputs];
        random.Fill(weights, deviation);
        Array.Fill(biases, (float)bias);
        (_weights, _biases) = (new("weights", weights), new("biases", biases));
    }

    /// <summary>The weights, a row for each output.</summary>
    public LearnedParameter Weights => _weights;

    /// <summary>The biases.</summary>
    public LearnedParameter Biases => _biases;

    /// <inheritdoc/>
    public override IReadOnlyList<LearnedParameter> Parameters => [_weights, _biases];

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training)
    {
        MatrixProduct.Best.Multiply(block.X, _weights.Values, block.Y, rows, Outputs, Inputs, transposeB: true);
        ReadOnlySpan<float> biases = _biases.Values.Span;
        for (int row = 0; row < rows; row++)
        {
            Span<float> y = block.Y.Span.Slice(row * Outputs, Outputs);
            TensorPrimitives.Add(y, biases, y);
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs)
    {
        MatrixProduct.Best.Multiply(block.Dy, block.X, block.Gradients[0], Outputs, Inputs, rows, transposeA: true);
        Span<float> biases = block.Gradients[1].Span;
        biases.Clear();
        for (int row = 0; row < rows; row++)
            TensorPrimitives.Add(biases, block.Dy.Span.Slice(row * Outputs, Outputs), biases);
        if (toInputs)
            MatrixProduct.Best.Multiply(block.Dy, _weights.Values, block.Dx, rows, Inputs, Outputs);
    }
}
