using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Recurrent;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>The gates and candidates inside an LSTM, GRU or RNN of a model, watched while the model runs.</summary>
internal sealed class WatchedRecurrent : WatchedPart
{
    // X, W, R, B, sequence_lens, initial_h, initial_c, P, and Y, Y_h, Y_c.
    private const int MostInputs = 8, MostOutputs = 3;

    // What a node says of its size is not held against its weights before it runs.
    private const int MostUnits = 1 << 20;

    private readonly OnnxScope _scope;
    private readonly NodeProto _node;
    private readonly RecurrentCell _cell;
    private readonly UnitObserver[] _observers;
    private readonly int[] _inputs, _outputs;

    private WatchedRecurrent(OnnxScope scope, NodeProto node, RecurrentCell cell)
    {
        (_scope, _node, _cell) = (scope, node, cell);
        _inputs = [.. Enumerable.Range(0, node.Input.Count).Where(place => node.Input[place].Length > 0)];
        _outputs = [.. Enumerable.Range(0, node.Output.Count).Where(place => node.Output[place].Length > 0)];
        _observers =
        [
            .. cell.Activations.Select(activation => new UnitObserver(
                $"{scope.NameOf(node)}, {activation.Name}", ObservedFunction.Of(activation.Function), cell.HiddenSize)),
        ];
    }

    /// <inheritdoc/>
    public override string Name => _scope.NameOf(_node);

    /// <inheritdoc/>
    public override string Operation => _node.OpType;

    /// <inheritdoc/>
    public override (OnnxScope, IReadOnlyList<string>) Tensors =>
        (_scope, [.. _inputs.Select(place => _node.Input[place]), .. _outputs.Select(place => _node.Output[place])]);

    /// <inheritdoc/>
    public override (OnnxScope, NodeProto) Place => (_scope, _node);

    /// <summary>Watches a node; null, with the reason, if what is inside it cannot be followed.</summary>
    public static WatchedRecurrent? Of(OnnxScope scope, NodeProto node, out Text? reason)
    {
        if (RecurrentCell.Of(node, out reason) is not { } cell)
            return null;
        if (cell.HiddenSize <= MostUnits)
            return new(scope, node, cell);
        reason = new(
            $"it says that it has {cell.HiddenSize} units, too many to keep apart", $"它声称有 {cell.HiddenSize} 个单元，多得无法分别记录");
        return null;
    }

    /// <inheritdoc/>
    public override IEnumerable<ActivationDiagnosis> Diagnose()
    {
        for (int i = 0; i < _observers.Length; i++)
        {
            (_observers[i].Rows, _observers[i].NonFiniteRows) = (Rows, NonFiniteRows);
            yield return _observers[i].Diagnose() with
            {
                Operations = [_node.OpType],
                Role = _cell.Activations[i].IsGate ? ActivationRole.Gate : ActivationRole.Hidden,
                Axis = -1,
            };
        }
    }

    /// <inheritdoc/>
    protected override Text? Watch(TappedTensor[] tensors)
    {
        TappedTensor?[] inputs = new TappedTensor?[Math.Max(MostInputs, _node.Input.Count)],
            outputs = new TappedTensor?[Math.Max(MostOutputs, _node.Output.Count)];
        for (int i = 0; i < _inputs.Length; i++)
            inputs[_inputs[i]] = tensors[i];
        for (int i = 0; i < _outputs.Length; i++)
            outputs[_outputs[i]] = tensors[_inputs.Length + i];
        CountAll();
        try
        {
            _cell.Run(
                inputs,
                outputs,
                (activation, x, y) => _observers[activation].Observe(x, y, [x.Length / _cell.HiddenSize, _cell.HiddenSize]));
            return null;
        }
        catch (UnfollowedException wrong)
        {
            return wrong.Reason;
        }
    }
}
