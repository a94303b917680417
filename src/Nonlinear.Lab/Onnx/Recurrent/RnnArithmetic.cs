namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>A direction of a plain recurrent operator: h ← f(Wx + Rh + b).</summary>
internal sealed class RnnArithmetic : CellArithmetic
{
    private readonly CellWeights _weights;
    private readonly float[] _sums;

    /// <inheritdoc cref="CellArithmetic(RecurrentNode, int, IReadOnlyList{CellActivation}, ShowActivation)"/>
    public RnnArithmetic(RecurrentNode node, int direction, OperatorTensors tensors, ShowActivation show)
        : base(node, direction, ActivationsOf(node, direction), show)
    {
        _weights = new(tensors, direction, gates: 1, node.HiddenSize);
        _sums = new float[checked(tensors.Sequences * node.HiddenSize)];
    }

    /// <inheritdoc cref="CellArithmetic.ActivationsOf"/>
    public static new IReadOnlyList<CellActivation> ActivationsOf(RecurrentNode node, int direction) =>
        [new("state", node.Functions[direction][0], IsGate: false)];

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<float> x, Span<float> h, Span<float> c)
    {
        Span<float> sums = _sums.AsSpan(0, h.Length);
        sums.Clear();
        _weights.AddInput(0, x, sums);
        _weights.AddState(0, h, sums);
        Activate(0, sums, h);
    }
}
