using Nonlinear.Numerics;
using Onnx;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>A function as nodes of an ONNX graph.</summary>
internal static class FunctionGraph
{
    /// <summary>What the input and the output of an exported model are called.</summary>
    public const string Input = "x", Output = "y";

    /// <summary>A model of one function.</summary>
    /// <param name="plan">What is to be exported.</param>
    /// <param name="form">As what.</param>
    /// <returns>The model; null if the function has no such form in that version of the operators.</returns>
    public static ModelProto? Model(ExportPlan plan, ExportForm form)
    {
        GraphProto graph = new() { Name = plan.Function.ToString() };
        graph.Input.Add(Tensor(Input, plan.Type));
        graph.Output.Add(Tensor(Output, plan.Type));
        return Add(graph, plan, form, Input, Output, "") ? OnnxModel.Of(graph, plan.Opset) : null;
    }

    /// <summary>Whether a function can be written as a model at all.</summary>
    public static bool CanExport(Activation function) => function is ElementwiseActivation or PooledActivation or GatedActivation
        or AxisActivation { Info.Name: "softmax" or "log_softmax" or "softmin" or "hardmax" };

    /// <summary>Adds a function to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="plan">What is to be added.</param>
    /// <param name="form">As what.</param>
    /// <param name="input">The tensor that goes in.</param>
    /// <param name="output">The tensor that comes out.</param>
    /// <param name="prefix">What the names of tensors between begin with.</param>
    /// <returns>Whether there is such a form.</returns>
    public static bool Add(GraphProto graph, ExportPlan plan, ExportForm form, string input, string output, string prefix)
    {
        NumberType? inner = Inner(plan.Type, form);
        if (inner is not { } type || (form == ExportForm.Operator && !StandardOperator.Exists(plan)))
            return false;
        GraphComposer composer = new(graph, type, prefix);
        string x = type == plan.Type ? input : composer.Cast(input, type);
        string y = form == ExportForm.Operator ? StandardOperator.Add(composer, plan, x) : Compose(composer, plan, x);
        if (type == plan.Type && y == x)
            y = composer.Node("Identity", [x]);
        Finish(composer, graph, plan, y, output, prefix);
        return true;
    }

    /// <summary>Adds a gated function of two tensors to a graph, as basic operations.</summary>
    public static void AddGated(GraphProto graph, ExportPlan plan, string gate, string value, string output, string prefix)
    {
        NumberType type = Inner(plan.Type, ExportForm.Composed)!.Value;
        GraphComposer composer = new(graph, type, prefix);
        if (type != plan.Type)
            (gate, value) = (composer.Cast(gate, type), composer.Cast(value, type));
        Finish(composer, graph, plan, GatedGraph.Add(composer, (GatedActivation)plan.Function, gate, value), output, prefix);
    }

    private static void Finish(GraphComposer composer, GraphProto graph, ExportPlan plan, string y, string output, string prefix)
    {
        if (composer.Type != plan.Type)
            y = composer.Cast(y, plan.Type);
        if (plan.Function is ElementwiseActivation)
            composer.Keep(y);
        // What made the output last makes it under the name that is wanted.
        NodeProto last = graph.Node[^1];
        if (last.Output[0] != y)
            throw new InvalidOperationException($"{plan.Function} does not end in its last operation.");
        (last.Output[0], last.Name) = (output, prefix + output);
    }

    // The type that is computed in.
    private static NumberType? Inner(NumberType type, ExportForm form) => (type, form) switch
    {
        (NumberType.Half, ExportForm.Operator) => NumberType.Half,
        (NumberType.Half or NumberType.BFloat16, not ExportForm.Widened) => NumberType.Float,
        (NumberType.Double or NumberType.Half or NumberType.BFloat16, ExportForm.Widened) => null,
        (_, ExportForm.Widened) => NumberType.Double,
        _ => type,
    };

    private static string Compose(GraphComposer composer, ExportPlan plan, string x) => plan.Function switch
    {
        ElementwiseActivation function => function.EvaluateKeepingDigits(new ComposedNumber(composer, x)).In(composer),
        AxisActivation { Info.Name: "softmax" } => AxisGraph.Add<Softmax>(composer, plan, x),
        AxisActivation { Info.Name: "log_softmax" } => AxisGraph.Add<LogSoftmax>(composer, plan, x),
        AxisActivation { Info.Name: "softmin" } => AxisGraph.Add<Softmin>(composer, plan, x),
        AxisActivation { Info.Name: "hardmax" } => AxisGraph.AddHardmax(composer, plan, x),
        PooledActivation => AxisGraph.AddMaxout(composer, plan, x),
        GatedActivation function => GatedGraph.Add(composer, plan, function, x),
        _ => throw new NotSupportedException(
            $"{plan.Function} has no form in ONNX that is written here; {string.Join(", ", Catalog.Defaults
                .Where(known => !CanExport(known)).Select(known => known.Info.Name))} have none."),
    };

    // Of any shape.
    private static ValueInfoProto Tensor(string name, NumberType type) => new()
    {
        Name = name,
        Type = new() { TensorType = new() { ElemType = OnnxNumbers.ElementType(type) } },
    };
}
