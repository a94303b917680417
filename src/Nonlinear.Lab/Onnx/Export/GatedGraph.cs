using Onnx;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>Gated units, as nodes: what is gate and what is value is cut out of one tensor, as the layout says.</summary>
internal static class GatedGraph
{
    // From it on the number of parts is said; before, it is that of the outputs.
    private const int SplitSaysItsParts = 18;

    public static string Add(GraphComposer composer, ExportPlan plan, GatedActivation function, string x)
    {
        Gates.MustSayLayout(function);
        (string first, string second) = function.Layout == GateLayout.Interleaved
            ? (EverySecond(composer, plan, x, 0), EverySecond(composer, plan, x, 1))
            : Halves(composer, plan, x);
        (string gate, string value) = function.Layout == GateLayout.GateLast ? (second, first) : (first, second);
        return Add(composer, function, gate, value);
    }

    /// <summary>Of gates and values that are tensors of their own.</summary>
    public static string Add(GraphComposer composer, GatedActivation function, string gate, string value) =>
        function.Evaluate(new ComposedNumber(composer, gate), new ComposedNumber(composer, value)).In(composer);

    private static (string First, string Second) Halves(GraphComposer composer, ExportPlan plan, string x)
    {
        AttributeProto axis = OnnxModel.Attribute("axis", plan.Axis);
        IReadOnlyList<string> halves = plan.Opset < SplitSaysItsParts
            ? composer.Nodes("Split", [x], 2, axis)
            : composer.Nodes("Split", [x], 2, axis, OnnxModel.Attribute("num_outputs", 2));
        return (halves[0], halves[1]);
    }

    private static string EverySecond(GraphComposer composer, ExportPlan plan, string x, int from) => composer.Node(
        "Slice", [x, composer.Whole(from), composer.Whole(long.MaxValue), composer.Whole(plan.Axis), composer.Whole(2)]);
}
