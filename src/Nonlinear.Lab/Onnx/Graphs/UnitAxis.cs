using Onnx;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>
/// Finds the axis along which the units of a tensor lie: the one that a convolution calls its channels, or a matrix product its columns,
/// followed from there through what moves, splits and joins axes.
/// </summary>
internal static class UnitAxis
{
    private static readonly HashSet<string> ChannelsSecond =
    [
        "Conv", "ConvTranspose", "ConvInteger", "QLinearConv", "FusedConv", "DeformConv", "BatchNormalization", "InstanceNormalization",
        "GroupNormalization", "LpPool", "AveragePool", "MaxPool", "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "LRN",
        "DepthToSpace", "SpaceToDepth", "QLinearAveragePool", "QLinearGlobalAveragePool",
    ];

    private static readonly HashSet<string> ChannelsLast =
    [
        "Gemm", "FusedGemm", "MatMulInteger", "QLinearMatMul", "QGemm", "FusedMatMul", "MatMulNBits", "MatMulIntegerToFloat",
        "DynamicQuantizeMatMul", "LayerNormalization", "SimplifiedLayerNormalization", "SkipLayerNormalization",
        "SkipSimplifiedLayerNormalization", "RMSNormalization", "EmbedLayerNormalization", "LSTM", "GRU", "RNN", "Attention",
        "MultiHeadAttention", "GroupQueryAttention", "NhwcConv", "NhwcFusedConv", "NhwcMaxPool",
    ];

    /// <summary>The axis of the units of a tensor; null if its elements are one unit, because their axis was taken away.</summary>
    /// <param name="scope">The graph in which the tensor is.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="shapeOf">The shapes of tensors in the model, as far as they are known.</param>
    /// <param name="rank">The number of the tensor's axes.</param>
    public static int? Of(OnnxScope scope, string tensor, Func<OnnxScope, string, long[]?> shapeOf, int rank)
    {
        if (rank == 0)
            return null;
        Stack<Func<int, int?>> moves = new();
        int? axis = null;
        (OnnxScope Scope, string Tensor) at = (scope, tensor);
        // As many steps as there can be nodes on a way without circles.
        while (axis is null && at.Scope.Maker(at.Tensor) is var (home, maker))
        {
            at = (home, at.Tensor);
            int atRank = shapeOf(home, at.Tensor)?.Length ?? -1;
            if (atRank < 0)
                break;
            if (ChannelsSecond.Contains(maker.OpType))
                axis = Math.Min(1, atRank - 1);
            else if (ChannelsLast.Contains(maker.OpType))
                axis = atRank - 1;
            else if (maker.OpType == "MatMul")
                // A constant on the left has the units in its rows.
                axis = maker.InputAt(0) is { } left && home.IsConstant(left) ? Math.Max(atRank - 2, 0) : atRank - 1;
            else if (Source(home, maker, shapeOf) is { } source && shapeOf(home, source) is { } from)
            {
                long[] to = shapeOf(home, at.Tensor)!;
                moves.Push(place => Move(home, maker, place, from, to));
                at = (home, source);
            }
            else
                break;
        }
        // Nothing says where the units of the first tensor on the way are; of up to three axes they are the last.
        if (axis is null && shapeOf(at.Scope, at.Tensor) is { Length: 2 or 3 } first)
            axis = Usual(first.Length);
        if (axis is null)
            return Usual(rank);
        while (moves.TryPop(out Func<int, int?>? move))
        {
            if (move(axis.Value) is not { } moved)
                return null;
            axis = moved;
        }
        return axis < rank ? axis : Usual(rank);
    }

    private static int Usual(int rank) => rank > 3 ? 1 : rank - 1;

    // The tensor whose axes an output has.
    private static string? Source(OnnxScope scope, NodeProto node, Func<OnnxScope, string, long[]?> shapeOf)
    {
        string[] moving = [.. node.Input.Where(input => input.Length > 0 && !scope.IsConstant(input))];
        if (node.Bodies().Any() || moving.Length == 0)
            return null;
        return node.OpType switch
        {
            "Where" or "Add" or "Sub" or "Mul" or "Div" or "Max" or "Min" or "Sum" or "Mean" =>
                moving.MaxBy(input => shapeOf(scope, input) is { } shape ? shape.Aggregate(1L, (product, extent) => product * extent) : -1),
            "Gather" when node.InputAt(0) is { } data && scope.IsConstant(data) => null,
            _ => node.InputAt(0) is { } first && !scope.IsConstant(first) ? first : null,
        };
    }

    private static int? Move(OnnxScope scope, NodeProto node, int axis, long[] from, long[] to)
    {
        switch (node.OpType)
        {
            case "Transpose":
                long[] order = node.Find("perm")?.Ints.ToArray() ?? [.. Enumerable.Range(0, from.Length).Reverse()];
                return Array.IndexOf(order, axis) is >= 0 and var place ? place : axis;
            case "Squeeze" when Axes(scope, node, from.Length) is { } gone:
                return gone.Contains(axis) ? null : axis - gone.Count(place => place < axis);
            case "Unsqueeze" when Axes(scope, node, to.Length) is { } added:
                return Enumerable.Range(0, to.Length).Where(place => !added.Contains(place)).ElementAt(axis);
            case "Squeeze" or "Unsqueeze" or "Reshape" or "Flatten" or "Expand" or "Tile":
                return Reshaped(axis, from, to);
            case "Gather":
                int gathered = Positive(node.Whole("axis", 0), from.Length), more = to.Length - from.Length;
                return axis < gathered ? axis : axis > gathered ? axis + more : more < 0 ? null : axis;
            default:
                if (to.Length == from.Length)
                    return axis;
                if (node.OpType.StartsWith("Reduce", StringComparison.Ordinal) || node.OpType is "ArgMax" or "ArgMin")
                    return Reduced(scope, node, axis, from);
                // Broadcasting puts new axes in front.
                return to.Length > from.Length ? axis + to.Length - from.Length : Reshaped(axis, from, to);
        }
    }

    private static int? Reduced(OnnxScope scope, NodeProto node, int axis, long[] from)
    {
        if (node.Whole("keepdims", 1) != 0)
            return axis;
        int[] gone = Axes(scope, node, from.Length) ?? [.. Enumerable.Range(0, from.Length)];
        return gone.Contains(axis) ? null : axis - gone.Count(place => place < axis);
    }

    // The axes that a node names, as an attribute or, in later versions, as an input.
    private static int[]? Axes(OnnxScope scope, NodeProto node, int rank)
    {
        IEnumerable<long>? named = node.Find("axes")?.Ints
            ?? (node.InputAt(1) is { } axes && scope.Constant(axes) is { } numbers ? numbers.Values.Select(value => (long)value) : null)
            ?? (node.Find("axis") is { } one ? [one.I] : null);
        return named is null ? null : [.. named.Select(place => Positive(place, rank))];
    }

    private static int Positive(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    // The axis that has the same extent with as many elements behind it; or the one in which it was joined with others.
    private static int? Reshaped(int axis, long[] from, long[] to)
    {
        long behind = Product(from, axis + 1), whole = behind * from[axis];
        for (int place = to.Length - 1; place >= 0; place--)
        {
            if (to[place] == from[axis] && Product(to, place + 1) == behind && (from[axis] != 1 || SamePlace(from, axis, to, place)))
                return place;
        }
        if (from[axis] == 1)
            return null;
        for (int place = to.Length - 1; place >= 0; place--)
        {
            if (Product(to, place + 1) <= behind && Product(to, place) >= whole)
                return place;
        }
        // Split into several, as where channels are shuffled, the part whose elements lie closest together is followed.
        for (int place = to.Length - 1; place >= 0; place--)
        {
            if (to[place] > 1 && Product(to, place + 1) == behind && from[axis] % to[place] == 0)
                return place;
        }
        return null;
    }

    // Axes of extent 1 look alike; the one with as many others of any extent on either side is meant.
    private static bool SamePlace(long[] from, int axis, long[] to, int place) =>
        from.Length - axis == to.Length - place || axis == place;

    private static long Product(long[] shape, int start) => shape.Skip(start).Aggregate(1L, (product, extent) => product * extent);
}
