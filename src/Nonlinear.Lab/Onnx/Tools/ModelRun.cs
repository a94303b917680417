using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Inspection;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Sweeping;
using Onnx;

namespace Nonlinear.Lab.Onnx.Tools;

/// <summary>A node of an ONNX model, or the whole of one with one input and one output, as a function of numbers.</summary>
public sealed class ModelRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _where;

    private ModelRun(string path, OnnxFile file, ModelFunction function, NumberType inputs)
    {
        (_where, Inputs) = (function.What, inputs);
        _session = OpenSession(path, file, function, inputs);
        Results = NumberTensor.TypeOf(_session.OutputMetadata[function.Output].ElementDataType);
    }

    /// <summary>Opens a model.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="node">The name of a node, or of a tensor that it makes; null for the whole model.</param>
    /// <param name="type">The type of the inputs; null for that of the model.</param>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, has no such node, or what it has is no function of one number.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelRun Open(string path, string? node, NumberType? type)
    {
        OnnxFile file = OnnxFile.Read(path);
        OnnxScope root = OnnxScope.Of(file);
        ModelFunction function = node is null ? Whole(path, root) : Node(path, root, node);
        NumberType inputs = type ?? SubgraphModel.TypesOf(file, function).In;
        return new(path, file, function, inputs);
    }

    /// <summary>The type of the inputs.</summary>
    public NumberType Inputs { get; }

    /// <summary>The type of the results.</summary>
    public NumberType Results { get; }

    /// <summary>The version of ONNX Runtime.</summary>
    public static string RuntimeVersion => OnnxSession.RuntimeVersion;

    /// <summary>Computes results.</summary>
    /// <param name="x">The inputs, numbers of their type.</param>
    /// <param name="y">Receives the results.</param>
    /// <exception cref="InvalidDataException">It does not run, or gives another number of results.</exception>
    public void Compute(ReadOnlySpan<double> x, Span<double> y)
    {
        try
        {
            using OrtValue input = NumberTensor.Of(Inputs, x.ToArray(), [x.Length]);
            using RunOptions run = new();
            using IDisposableReadOnlyCollection<OrtValue> results =
                _session.Run(run, [_session.InputNames[0]], [input], [_session.OutputNames[0]]);
            double[] numbers = NumberTensor.Read(results[0]);
            if (numbers.Length != x.Length)
                throw new InvalidDataException(
                    $"{_where} gives {numbers.Length} numbers for {x.Length}: it is no function of each number by itself.");
            numbers.CopyTo(y);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidDataException($"ONNX Runtime does not run {_where} on a row of numbers: {RuntimeMessage.Of(refused)}.");
        }
    }

    /// <summary>Closes the session.</summary>
    public void Dispose() => _session.Dispose();

    private static InferenceSession OpenSession(string path, OnnxFile file, ModelFunction function, NumberType inputs)
    {
        try
        {
            using SessionOptions options = OnnxSession.OnOneThread();
            return OnnxSession.Open(SubgraphModel.Of(file, function, inputs).ToByteArray(), options);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidDataException(
                $"ONNX Runtime does not run {function.What} of '{path}' on {OnnxNumbers.NameOf(inputs)}: {RuntimeMessage.Of(refused)}.");
        }
    }

    private static ModelFunction Whole(string path, OnnxScope root)
    {
        HashSet<string> constants = [.. root.Graph.Initializer.Select(tensor => tensor.Name)];
        string[] inputs = [.. root.Graph.Input.Select(input => input.Name).Where(name => !constants.Contains(name))];
        if (inputs.Length != 1 || root.Graph.Output.Count != 1)
            throw new InvalidDataException(
                $"'{path}' has {inputs.Length} inputs and {root.Graph.Output.Count} outputs; name the node to be judged with --node.");
        return new(root, inputs[0], root.Graph.Output[0].Name, [.. root.Graph.Node], null) { What = "the model" };
    }

    private static ModelFunction Node(string path, OnnxScope root, string name)
    {
        (OnnxScope Scope, NodeProto Node)[] found =
        [
            .. root.All.SelectMany(scope => scope.Graph.Node.Select(node => (scope, node)))
                .Where(at => at.node.Name == name || at.scope.NameOf(at.node) == name || at.node.Output.Contains(name)),
        ];
        if (found.Length != 1)
            throw new InvalidDataException(
                found.Length == 0
                    ? $"'{path}' has no node '{name}'; nonlinear model show lists the activations that it has."
                    : $"'{path}' has {found.Length} nodes '{name}'; name the one that is to be judged by the tensor that it makes.");
        (OnnxScope scope, NodeProto node) = found[0];
        string[] inputs = [.. node.Input.Where(input => input.Length > 0 && !scope.IsConstant(input)).Distinct()];
        if (inputs.Length != 1 || node.FirstOutput() is not { } output)
            throw new InvalidDataException(
                $"The node '{name}' of '{path}' ({node.OpType}) has {inputs.Length} inputs that are no constants; only a function of "
                + "one can be judged.");
        return new(scope, inputs[0], output, [node], null) { What = $"the node '{name}' ({node.OpType})" };
    }
}
