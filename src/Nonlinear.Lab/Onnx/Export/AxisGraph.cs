using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>Functions of a vector along an axis, as nodes.</summary>
internal static class AxisGraph
{
    // The axes became an input of this reduction later than of the sum.
    private const int LargestTakesAxes = 18;

    /// <summary>A function of the exponentials, from its own formula.</summary>
    public static string Add<F>(GraphComposer composer, ExportPlan plan, string x)
        where F : struct, IAlongAxis<F>
    {
        if (F.Negates)
            x = composer.Node("Neg", [x]);
        ComposedNumber input = new(composer, x), largest = new(composer, Largest(composer, plan, x, plan.Axis, keep: true));
        ComposedNumber shifted = input - largest, back = shifted - input;
        // What the difference lost in rounding, which the exponential would magnify.
        ComposedNumber lost = input - (shifted - back) - (largest + back);
        ComposedNumber exponential = ComposedNumber.Exp(shifted);
        ComposedNumber exact = exponential + exponential * ComposedNumber.Select(shifted > -1024, lost, 0);
        // All but one of the largest: theirs are 1 each, and NaN where there is a NaN.
        ComposedNumber rest = Sum(composer, plan, ComposedNumber.Select(shifted < 0, exact, 0))
            + (Sum(composer, plan, ComposedNumber.Select(shifted < 0, 0, shifted + 1)) - 1);
        return F.Forward(shifted, exact, F.Normalizer(rest)).In(composer);
    }

    /// <summary>1 at the first of the largest; the runtime's own operator loses a NaN, and a sum keeps it.</summary>
    public static string AddHardmax(GraphComposer composer, ExportPlan plan, string x)
    {
        string lost = composer.Node("Where", [composer.Node("IsNaN", [x]), x, composer.Constant(0)]);
        string sum = composer.Node("ReduceSum", [lost, composer.Whole(plan.Axis)], OnnxModel.Attribute("keepdims", 1));
        return composer.Node("Add", [composer.Node("Hardmax", [x], OnnxModel.Attribute("axis", plan.Axis)), sum]);
    }

    /// <summary>The largest of each group of channels.</summary>
    public static string AddMaxout(GraphComposer composer, ExportPlan plan, string x)
    {
        int axis = plan.Axis;
        long pieces = (long)plan.Function.ParameterValues[0];
        string shape = composer.Node("Shape", [x]);
        List<string> parts = [composer.Node("Slice", [shape, composer.Whole(0), composer.Whole(axis)]), composer.Whole(-1, pieces)];
        if (axis != -1)
            parts.Add(composer.Node("Slice", [shape, composer.Whole(axis + 1), composer.Whole(long.MaxValue)]));
        string grouped = composer.Node("Concat", parts, OnnxModel.Attribute("axis", 0));
        string groups = composer.Node("Reshape", [x, grouped]);
        int groupAxis = axis < 0 ? axis : axis + 1;
        string largest = Largest(composer, plan, groups, groupAxis, keep: false);
        // The runtime's own maximum loses a NaN; a sum keeps it.
        string lost = composer.Node("Where", [composer.Node("IsNaN", [groups]), groups, composer.Constant(0)]);
        string sum = composer.Node("ReduceSum", [lost, composer.Whole(groupAxis)], OnnxModel.Attribute("keepdims", 0));
        return composer.Node("Add", [largest, sum]);
    }

    private static string Largest(GraphComposer composer, ExportPlan plan, string x, int axis, bool keep) =>
        plan.Opset < LargestTakesAxes
            ? composer.Node("ReduceMax", [x], OnnxModel.Attribute("axes", [axis]), OnnxModel.Attribute("keepdims", keep ? 1 : 0))
            : composer.Node("ReduceMax", [x, composer.Whole(axis)], OnnxModel.Attribute("keepdims", keep ? 1 : 0));

    private static ComposedNumber Sum(GraphComposer composer, ExportPlan plan, ComposedNumber x) =>
        new(composer, composer.Node("ReduceSum", [x.In(composer), composer.Whole(plan.Axis)], OnnxModel.Attribute("keepdims", 1)));
}
