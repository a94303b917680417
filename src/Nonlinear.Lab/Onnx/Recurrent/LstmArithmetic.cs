using System.Numerics.Tensors;

namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>A direction of an LSTM.</summary>
/// <remarks>
/// i = f(Wx + Rh + Pc + b), likewise the forget gate, and the output gate with the new cell; c̃ = g(Wx + Rh + b), c ← forget ⊙ c + i ⊙ c̃,
/// h = o ⊙ h(c). As in ONNX Runtime the cell is not clipped before its function.
/// </remarks>
internal sealed class LstmArithmetic : CellArithmetic
{
    // The order in which ONNX stacks the weights. The activations follow it, with the cell's output last.
    private const int Input = 0, Output = 1, Forget = 2, Candidate = 3, Gates = 4;

    private readonly CellWeights _weights;
    private readonly bool _coupled;
    private readonly float[] _sums, _input, _output, _forget, _candidate;

    /// <inheritdoc cref="CellArithmetic(RecurrentNode, int, IReadOnlyList{CellActivation}, ShowActivation)"/>
    public LstmArithmetic(RecurrentNode node, int direction, OperatorTensors tensors, ShowActivation show)
        : base(node, direction, ActivationsOf(node, direction), show)
    {
        _weights = new(tensors, direction, Gates, node.HiddenSize);
        _coupled = node.CoupledForgetGate;
        int size = checked(tensors.Sequences * node.HiddenSize);
        (_sums, _input, _output, _forget, _candidate) =
            (new float[size], new float[size], new float[size], new float[size], new float[size]);
    }

    /// <inheritdoc cref="CellArithmetic.ActivationsOf"/>
    public static new IReadOnlyList<CellActivation> ActivationsOf(RecurrentNode node, int direction)
    {
        IReadOnlyList<ElementwiseActivation> functions = node.Functions[direction];
        CellActivation input = new("input gate", functions[0], IsGate: true), output = new("output gate", functions[0], IsGate: true),
            forget = new("forget gate", functions[0], IsGate: true), candidate = new("candidate", functions[1], IsGate: false),
            cell = new("cell output", functions[2], IsGate: false);
        // A coupled forget gate is 1 - i, and no function of its own.
        return node.CoupledForgetGate ? [input, output, candidate, cell] : [input, output, forget, candidate, cell];
    }

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<float> x, Span<float> h, Span<float> c)
    {
        int size = h.Length;
        Span<float> sums = _sums.AsSpan(0, size), input = _input.AsSpan(0, size), output = _output.AsSpan(0, size),
            forget = _forget.AsSpan(0, size), candidate = _candidate.AsSpan(0, size);
        Sum(Input, x, h, sums);
        _weights.AddPeephole(Input, c, sums);
        Activate(0, sums, input);
        if (_coupled)
        {
            TensorPrimitives.Subtract(1, input, forget);
        }
        else
        {
            Sum(Forget, x, h, sums);
            _weights.AddPeephole(Forget, c, sums);
            Activate(2, sums, forget);
        }
        Sum(Candidate, x, h, sums);
        Activate(_coupled ? 2 : 3, sums, candidate);
        TensorPrimitives.Multiply(forget, c, c);
        TensorPrimitives.MultiplyAdd(input, candidate, c, c);
        // The output gate looks at the cell as it is now.
        Sum(Output, x, h, sums);
        _weights.AddPeephole(Output, c, sums);
        Activate(1, sums, output);
        Apply(_coupled ? 3 : 4, c, candidate);
        TensorPrimitives.Multiply(output, candidate, h);
    }

    private void Sum(int gate, ReadOnlySpan<float> x, ReadOnlySpan<float> h, Span<float> sums)
    {
        sums.Clear();
        _weights.AddInput(gate, x, sums);
        _weights.AddState(gate, h, sums);
    }
}
