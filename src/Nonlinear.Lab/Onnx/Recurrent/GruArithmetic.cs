using System.Numerics.Tensors;

namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>A direction of a GRU.</summary>
/// <remarks>
/// z = f(Wx + Rh + b), likewise r; h̃ = g(Wx + R(r ⊙ h) + b), or g(Wx + r ⊙ (Rh + Rb) + Wb) if the linear part comes before the reset;
/// h ← (1 - z) ⊙ h̃ + z ⊙ h.
/// </remarks>
internal sealed class GruArithmetic : CellArithmetic
{
    // The order in which ONNX stacks the weights; the activations have it too.
    private const int Update = 0, Reset = 1, Candidate = 2, Gates = 3;

    private readonly CellWeights _weights;
    private readonly bool _linearBeforeReset;
    private readonly float[] _sums, _update, _reset, _candidate;

    /// <inheritdoc cref="CellArithmetic(RecurrentNode, int, IReadOnlyList{CellActivation}, ShowActivation)"/>
    public GruArithmetic(RecurrentNode node, int direction, OperatorTensors tensors, ShowActivation show)
        : base(node, direction, ActivationsOf(node, direction), show)
    {
        _weights = new(tensors, direction, Gates, node.HiddenSize);
        _linearBeforeReset = node.LinearBeforeReset;
        int size = checked(tensors.Sequences * node.HiddenSize);
        (_sums, _update, _reset, _candidate) = (new float[size], new float[size], new float[size], new float[size]);
    }

    /// <inheritdoc cref="CellArithmetic.ActivationsOf"/>
    public static new IReadOnlyList<CellActivation> ActivationsOf(RecurrentNode node, int direction)
    {
        IReadOnlyList<ElementwiseActivation> functions = node.Functions[direction];
        return
        [
            new("update gate", functions[0], IsGate: true), new("reset gate", functions[0], IsGate: true),
            new("candidate", functions[1], IsGate: false),
        ];
    }

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<float> x, Span<float> h, Span<float> c)
    {
        int size = h.Length;
        Span<float> sums = _sums.AsSpan(0, size), update = _update.AsSpan(0, size), reset = _reset.AsSpan(0, size),
            candidate = _candidate.AsSpan(0, size);
        Gate(Update, x, h, sums, update);
        Gate(Reset, x, h, sums, reset);
        sums.Clear();
        if (_linearBeforeReset)
        {
            _weights.AddState(Candidate, h, sums);
            TensorPrimitives.Multiply(sums, reset, sums);
        }
        else
        {
            TensorPrimitives.Multiply(reset, h, reset);
            _weights.AddState(Candidate, reset, sums);
        }
        _weights.AddInput(Candidate, x, sums);
        Activate(Candidate, sums, candidate);
        // In this form, and not as h̃ + z(h - h̃), an infinite candidate behind a closed gate gives what it gives in the runtime.
        TensorPrimitives.Multiply(update, h, h);
        TensorPrimitives.Subtract(1, update, update);
        TensorPrimitives.MultiplyAdd(update, candidate, h, h);
    }

    private void Gate(int gate, ReadOnlySpan<float> x, ReadOnlySpan<float> h, Span<float> sums, Span<float> y)
    {
        sums.Clear();
        _weights.AddInput(gate, x, sums);
        _weights.AddState(gate, h, sums);
        Activate(gate, sums, y);
    }
}
