using System.Numerics.Tensors;
using Nonlinear.Lab.Onnx.Runtime;

namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>The weights of one direction of a recurrent operator.</summary>
internal sealed class CellWeights
{
    private readonly int _hidden, _inputs;
    private readonly float[] _input, _state, _inputBias, _stateBias, _peepholes;

    /// <summary>Reads the weights of a direction.</summary>
    /// <param name="inputs">The inputs of the operator: X, W, R, B, sequence_lens, initial_h, initial_c, P.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="gates">How many gates and candidates there are.</param>
    /// <param name="hidden">The number of units.</param>
    public CellWeights(OperatorTensors inputs, int direction, int gates, int hidden)
    {
        _hidden = hidden;
        _inputs = inputs.InputSize;
        _input = inputs.Slice(1, direction, gates * hidden, _inputs);
        _state = inputs.Slice(2, direction, gates * hidden, hidden);
        float[] biases = inputs.SliceOrZeros(3, direction, 2 * gates * hidden);
        (_inputBias, _stateBias) = (biases[..(gates * hidden)], biases[(gates * hidden)..]);
        _peepholes = inputs.SliceOrZeros(7, direction, 3 * hidden);
    }

    /// <summary>Adds W·x + Wb of a gate.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="x">The inputs: rows × input size.</param>
    /// <param name="sums">What is added to: rows × hidden size.</param>
    public void AddInput(int gate, ReadOnlySpan<float> x, Span<float> sums) => Add(_input, _inputBias, gate, x, _inputs, sums);

    /// <summary>Adds R·h + Rb of a gate.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="h">The states: rows × hidden size.</param>
    /// <param name="sums">What is added to: rows × hidden size.</param>
    public void AddState(int gate, ReadOnlySpan<float> h, Span<float> sums) => Add(_state, _stateBias, gate, h, _hidden, sums);

    /// <summary>Adds P ⊙ c of a gate of an LSTM.</summary>
    /// <param name="gate">The gate: 0 for input, 1 for output, 2 for forget.</param>
    /// <param name="c">The cells: rows × hidden size.</param>
    /// <param name="sums">What is added to: rows × hidden size.</param>
    public void AddPeephole(int gate, ReadOnlySpan<float> c, Span<float> sums)
    {
        ReadOnlySpan<float> weights = _peepholes.AsSpan(gate * _hidden, _hidden);
        for (int i = 0; i < sums.Length; i += _hidden)
        {
            Span<float> row = sums.Slice(i, _hidden);
            TensorPrimitives.MultiplyAdd(weights, c.Slice(i, _hidden), row, row);
        }
    }

    // A row of the matrix stays in the cache while it meets all sequences.
    private void Add(float[] matrix, float[] bias, int gate, ReadOnlySpan<float> vectors, int length, Span<float> sums)
    {
        for (int unit = 0; unit < _hidden; unit++)
        {
            int row = (gate * _hidden) + unit;
            ReadOnlySpan<float> weights = matrix.AsSpan(row * length, length);
            for (int i = 0; i * _hidden < sums.Length; i++)
                sums[(i * _hidden) + unit] += TensorPrimitives.Dot(weights, vectors.Slice(i * length, length)) + bias[row];
        }
    }
}
