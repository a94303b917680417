using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>A softmax of a model, watched while the model runs.</summary>
/// <param name="scope">The graph in which it is.</param>
/// <param name="node">The node.</param>
/// <param name="role">What it is for.</param>
internal sealed class WatchedSoftmax(OnnxScope scope, NodeProto node, ActivationRole role) : WatchedPart
{
    // Before this version all axes from the given one on were one row.
    private const int VersionWithOneAxis = 13;

    private readonly SoftmaxObserver _observer = new(scope.NameOf(node), node.OpType == "LogSoftmax");
    private int _axis;

    /// <inheritdoc/>
    public override string Name => scope.NameOf(node);

    /// <inheritdoc/>
    public override string Operation => node.OpType;

    /// <inheritdoc/>
    public override (OnnxScope, IReadOnlyList<string>) Tensors => (scope, [node.FirstOutput()!]);

    /// <inheritdoc/>
    public override (OnnxScope, NodeProto) Place => (scope, node);

    /// <inheritdoc/>
    public override IEnumerable<ActivationDiagnosis> Diagnose()
    {
        if (Rows == 0)
            yield break;
        _observer.Rows = Rows;
        yield return _observer.Diagnose(_axis) with { Operations = [node.OpType], Role = role };
    }

    /// <inheritdoc/>
    protected override Text? Watch(TappedTensor[] tensors)
    {
        TappedTensor y = tensors[0];
        if (!y.IsFloatingPoint)
            return new($"it makes {y.Type} numbers", $"它产生 {y.Type} 类型的数");
        int rank = y.Shape.Length;
        bool oneAxis = scope.OperatorVersion >= VersionWithOneAxis;
        long axis = node.Whole("axis", oneAxis ? -1 : 1);
        _axis = (int)(axis < 0 ? axis + rank : axis);
        if (_axis < 0 || _axis >= rank)
            return new($"it has {rank} axes, and works along axis {axis}", $"它有 {rank} 个轴，却沿轴 {axis} 运算");
        long outer = y.Shape[.._axis].Aggregate(1L, (product, extent) => product * extent),
            inner = y.Shape[(_axis + 1)..].Aggregate(1L, (product, extent) => product * extent), classes = y.Shape[_axis];
        (classes, inner) = oneAxis ? (classes, inner) : (classes * inner, 1);
        if (classes * inner > int.MaxValue)
            return new("its rows are longer than can be looked at", "它的行过长，无法查看");
        if (_axis > 0 && CountedShare(y.Shape) is { } share)
            outer = outer * share.Rows / share.Batch;
        else
            CountAll();
        if (classes > 0)
            _observer.Observe(y, outer, (int)classes, inner);
        return null;
    }
}
