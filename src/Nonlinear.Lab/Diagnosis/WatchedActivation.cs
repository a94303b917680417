using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Recognition;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>An activation of a model, watched while the model runs.</summary>
/// <param name="activation">The activation.</param>
/// <param name="role">What it is for.</param>
/// <param name="axis">The axis of its units, if somebody has said it.</param>
/// <param name="shapeOf">The shapes of the model's tensors, as far as they are known.</param>
/// <param name="buffers">Where pieces are converted, one at a time.</param>
internal sealed class WatchedActivation(
    FoundActivation activation, ActivationRole role, int? axis, Func<OnnxScope, string, long[]?> shapeOf, PieceBuffers buffers)
    : WatchedPart
{
    // What is kept of each unit takes some 150 bytes.
    private const int MostUnits = 1 << 19;

    private UnitObserver? _observer;
    private int? _axis;
    private bool _eachElement;

    /// <inheritdoc/>
    public override string Name => activation.Name;

    /// <inheritdoc/>
    public override string Operation => activation.Operations;

    /// <inheritdoc/>
    public override (OnnxScope, IReadOnlyList<string>) Tensors => (activation.Scope, [activation.Input, activation.Output]);

    /// <inheritdoc/>
    public override (OnnxScope, NodeProto) Place => (activation.Scope, activation.Nodes[^1]);

    /// <inheritdoc/>
    public override IEnumerable<ActivationDiagnosis> Diagnose()
    {
        if (_observer is null)
            yield break;
        _observer.Rows = Rows;
        _observer.NonFiniteRows = NonFiniteRows;
        yield return _observer.Diagnose() with
        {
            Operations = [.. activation.Nodes.Select(node => node.OpType)],
            Role = role,
            Axis = _axis ?? -1,
        };
    }

    /// <inheritdoc/>
    protected override Text? Watch(TappedTensor[] tensors)
    {
        (TappedTensor x, TappedTensor y) = (tensors[0], tensors[1]);
        if (!x.IsFloatingPoint || !y.IsFloatingPoint)
        {
            string type = $"{(x.IsFloatingPoint ? y : x).Type}";
            return new(
                $"it works on {type} numbers, and an activation works on floating-point ones", $"它处理 {type} 类型的数，而激活函数处理浮点数");
        }
        if (x.Shape.Length == 0)
            return new("it works on a single number for all rows together", "它只处理所有行共用的一个数");
        if (x.Count != y.Count)
        {
            string from = string.Join(", ", x.Shape), to = string.Join(", ", y.Shape);
            return new($"it makes ({to}) of ({from}), more than an element for each", $"它由 ({from}) 得到 ({to})，每个元素对应不止一个");
        }
        if (x.Count == 0)
            return null;
        if (_observer is null && Prepare(x.Shape) is { } problem)
            return problem;
        (long outer, long units, long inner) = Layout(x.Shape);
        if (units != _observer!.Units)
            return new(
                $"the axis {_axis} of its units has an extent that changes, {_observer.Units} and {units}; name another with --axis",
                $"其单元所在的轴 {_axis} 长度会变（{_observer.Units} 和 {units}）；请用 --axis 指定另一个轴");
        // Rows that only fill a batch come last, and are not counted where the batch is the first axis.
        long counted = outer;
        if (CountedShare(x.Shape) is { } share && _axis != 0)
            counted = outer * share.Rows / share.Batch;
        else
            CountAll();
        foreach ((long start, int firstUnit, int[] shape) in TensorPieces.Cut(counted, (int)units, inner))
        {
            int count = shape[0] * shape[1] * shape[2];
            ReadOnlySpan<float> from = x.Floats(start, count, buffers.X), to = y.Floats(start, count, buffers.Y);
            if (!_observer.Observe(from, to, shape, firstUnit))
                MarkNonFinite(from, to, start, x);
        }
        return null;
    }

    private (long Outer, long Units, long Inner) Layout(long[] shape) => _eachElement
        ? (shape[0], Product(shape, 1, shape.Length), 1)
        : _axis is not { } place
            ? (Product(shape, 0, shape.Length), 1, 1)
            : (Product(shape, 0, place), shape[place], Product(shape, place + 1, shape.Length));

    // Finds the units, and the function of each.
    private Text? Prepare(long[] shape)
    {
        if (axis is { } asked && (asked >= shape.Length || asked < -shape.Length))
            return new($"it has {shape.Length} axes, and --axis names {asked}", $"它有 {shape.Length} 个轴，而 --axis 指定了 {asked}");
        _axis = axis is { } said
            ? (said < 0 ? said + shape.Length : said)
            : UnitAxis.Of(activation.Scope, activation.Input, shapeOf, shape.Length);
        ObservedFunction function;
        if (activation.Slopes is { } slopes)
        {
            if (Slopes(slopes, shape) is not { } each)
                return new(
                    $"its slopes of shape ({string.Join(", ", slopes.Shape)}) do not fit ({string.Join(", ", shape)})",
                    $"其斜率的形状 ({string.Join(", ", slopes.Shape)}) 与 ({string.Join(", ", shape)}) 不符");
            if (!each.All(float.IsFinite))
                return new("some of its slopes are NaN or infinite", "它的斜率中有 NaN 或无穷");
            function = ObservedFunction.OfSlopes(each);
        }
        else
        {
            function = activation.Function is { } known
                ? ObservedFunction.Of(known)
                : ObservedFunction.Of(activation.Operations, activation.Program!);
        }
        long units = Layout(shape).Units;
        if (units > MostUnits)
            return new(
                $"it has {units:N0} units along axis {_axis}, too many to keep apart; name another with --axis",
                $"它沿轴 {_axis} 有 {units:N0} 个单元，多得无法分别记录；请用 --axis 指定另一个轴");
        _observer = new(Name, function, (int)units);
        return null;
    }

    // The slope of each unit, by ONNX's rule for shapes that do not agree: they are aligned at their last axes.
    private float[]? Slopes(TensorNumbers slopes, long[] shape)
    {
        int missing = shape.Length - slopes.Shape.Count;
        if (slopes.Values.Length == 1)
            return [(float)slopes.Values[0]];
        int[] varying = [.. Enumerable.Range(0, slopes.Shape.Count).Where(place => slopes.Shape[place] > 1)];
        if (missing < 0 || varying.Any(place => shape[missing + place] != slopes.Shape[place]))
            return null;
        if (varying is [var one])
        {
            _axis = missing + one;
            return [.. slopes.Values.Select(value => (float)value)];
        }
        // A slope for each element: each is a unit.
        if (missing == 0 && slopes.Shape[0] > 1)
            return null;
        (_eachElement, _axis) = (true, 1);
        long[] row = shape[1..];
        float[] all = new float[Product(row, 0, row.Length)];
        for (long i = 0; i < all.Length; i++)
        {
            long rest = i, at = 0, stride = 1;
            for (int place = row.Length - 1; place >= 0; place--)
            {
                (rest, long index) = Math.DivRem(rest, row[place]);
                int own = place + 1 - missing;
                long extent = own >= 0 ? slopes.Shape[own] : 1;
                at += extent > 1 ? index * stride : 0;
                stride *= extent;
            }
            all[i] = (float)slopes.Values[at];
        }
        return all;
    }

    private static long Product(long[] shape, int start, int end)
    {
        long product = 1;
        for (int place = start; place < end; place++)
            product *= shape[place];
        return product;
    }
}
