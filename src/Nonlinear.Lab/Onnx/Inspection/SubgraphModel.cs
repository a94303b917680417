using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Sweeping;
using Onnx;

namespace Nonlinear.Lab.Onnx.Inspection;

/// <summary>The nodes of a function, with the constants they need, as a model of their own.</summary>
internal static class SubgraphModel
{
    /// <summary>Cuts a function out of a model.</summary>
    /// <param name="file">The model.</param>
    /// <param name="function">The function.</param>
    /// <param name="type">The type of the tensor that goes in.</param>
    public static ModelProto Of(OnnxFile file, ModelFunction function, NumberType type)
    {
        GraphProto graph = new() { Name = "function" };
        graph.Input.Add(Tensor(function.Input, type));
        graph.Output.Add(new ValueInfoProto { Name = function.Output });
        HashSet<string> made = [function.Input, .. function.Nodes.SelectMany(node => node.Output)];
        foreach (NodeProto node in function.Nodes)
        {
            foreach (string input in node.Input.Where(input => input.Length > 0))
                AddConstant(function.Scope, input);
            NodeProto copy = node.Clone();
            // Vectors lie along the last axis here.
            if (function.Function is AxisActivation && copy.Find("axis") is { } axis)
                axis.I = -1;
            graph.Node.Add(copy);
        }
        ModelProto model = new() { IrVersion = file.Model.IrVersion, Graph = graph };
        model.OpsetImport.Add(file.Model.OpsetImport);
        return model;

        void AddConstant(OnnxScope scope, string name)
        {
            if (!made.Add(name))
                return;
            if (scope.Maker(name) is var (home, maker))
            {
                foreach (string input in maker.Input.Where(input => input.Length > 0))
                    AddConstant(home, input);
                graph.Node.Add(maker.Clone());
                made.UnionWith(maker.Output);
            }
            else if (Initialiser(scope, name) is { } initialiser)
                graph.Initializer.Add(ExternalData.Load(initialiser, file.Folder));
        }
    }

    /// <summary>
    /// The types of the tensors that go into a function and come out: the first with which the runtime takes its nodes.
    /// </summary>
    /// <param name="file">The model.</param>
    /// <param name="function">The function.</param>
    /// <exception cref="InvalidDataException">The runtime takes them with none.</exception>
    public static (NumberType In, NumberType Out) TypesOf(OnnxFile file, ModelFunction function)
    {
        OnnxRuntimeException? refusal = null;
        foreach (NumberType type in Likely(file, function).Distinct())
        {
            try
            {
                using SessionOptions options = OnnxSession.OnOneThread();
                using InferenceSession session = OnnxSession.Open(Of(file, function, type).ToByteArray(), options);
                return (type, NumberTensor.TypeOf(session.OutputMetadata[function.Output].ElementDataType));
            }
            catch (OnnxRuntimeException refused)
            {
                refusal ??= refused;
            }
        }
        throw new InvalidDataException($"ONNX Runtime does not run {function.Where}: {RuntimeMessage.Of(refusal!)}.");
    }

    // What the model says of the tensor, then what most of its weights are.
    private static IEnumerable<NumberType> Likely(OnnxFile file, ModelFunction function)
    {
        ValueInfoProto? told = function.Scope.Graph.ValueInfo.Concat(function.Scope.Graph.Input).Concat(function.Scope.Graph.Output)
            .FirstOrDefault(info => info.Name == function.Input || info.Name == function.Output);
        if (told?.Type?.TensorType is { } tensor && OnnxNumbers.Of(tensor.ElemType) is { } declared)
            yield return declared;
        foreach (IGrouping<NumberType, NumberType> group in file.Model.Graph.Initializer
            .Select(weight => OnnxNumbers.Of(weight.DataType)).OfType<NumberType>()
            .GroupBy(type => type).OrderByDescending(group => group.Count()))
            yield return group.Key;
        yield return NumberType.Float;
        yield return NumberType.Half;
        yield return NumberType.Double;
    }

    private static TensorProto? Initialiser(OnnxScope scope, string name)
    {
        for (OnnxScope? at = scope; at is not null; at = at.Owner?.Scope)
        {
            if (at.Graph.Initializer.FirstOrDefault(tensor => tensor.Name == name) is { } found)
                return found;
        }
        return null;
    }

    private static ValueInfoProto Tensor(string name, NumberType type) => new()
    {
        Name = name,
        Type = new() { TensorType = new() { ElemType = OnnxNumbers.ElementType(type) } },
    };
}
