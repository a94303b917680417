using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Finds out which function the nodes of an activation compute: by what they do, not by how they are written.</summary>
internal sealed class OnnxFunction : IDisposable
{
    private const int Reach = 10, StepsOfUnit = 40;
    private const double Tolerance = 1e-4;
    private const string In = "in", Out = "out";

    // What ONNX calls the one parameter of an operator.
    private const string Alpha = "alpha";

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    private OnnxFunction(OnnxGraph graph, OnnxActivation activation, ModelProto model)
    {
        GraphProto alone = new() { Name = "activation" };
        alone.Input.Add(OnnxModel.FloatTensor(In, 1));
        alone.Output.Add(OnnxModel.FloatTensor(Out, 1));
        alone.Initializer.Add(graph.Constants(activation.Nodes));
        foreach (NodeProto node in activation.Nodes.Select(node => node.Clone()))
        {
            for (int i = 0; i < node.Input.Count; i++)
                node.Input[i] = node.Input[i] == activation.Input ? In : node.Input[i];
            for (int i = 0; i < node.Output.Count; i++)
                node.Output[i] = node.Output[i] == activation.Output ? Out : node.Output[i];
            alone.Node.Add(node);
        }
        ModelProto whole = new() { IrVersion = model.IrVersion, Graph = alone };
        whole.OpsetImport.Add(model.OpsetImport);
        using SessionOptions options = OnnxSession.OnOneThread();
        _session = OnnxSession.Open(whole.ToByteArray(), options);
    }

    /// <summary>The function of an activation.</summary>
    /// <exception cref="NotSupportedException">It cannot be run by itself on floats.</exception>
    public static ObservedFunction Of(OnnxGraph graph, OnnxActivation activation, ModelProto model)
    {
        if (activation.Nodes is [{ OpType: "PRelu" } prelu])
            return ObservedFunction.Of(Activation.Prelu(), Floats(graph.Constants([prelu]).First()));
        try
        {
#pragma warning disable CA2000 // The slopes of a function that is not known need it for as long as they are asked for.
            OnnxFunction function = new(graph, activation, model);
#pragma warning restore CA2000
            if (function.Recognise(activation) is not { } known)
                return ObservedFunction.ByDifferences(activation.Operations, function.Evaluate);
            function.Dispose();
            return ObservedFunction.Of(known);
        }
        catch (OnnxRuntimeException wrong)
        {
            throw new NotSupportedException(
                $"'{activation.Name}' ({activation.Operations}) cannot be run by itself: {wrong.Message}",
                wrong);
        }
    }

    /// <summary>Frees what the runtime holds.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    // A function of the catalogue up to a factor: dead, saturated and bent do not depend on it.
    private ElementwiseActivation? Recognise(OnnxActivation activation)
    {
        float[] x = [.. Enumerable.Range(-Reach * StepsOfUnit, (2 * Reach * StepsOfUnit) + 1).Select(i => (float)i / StepsOfUnit)],
            y = new float[x.Length];
        Evaluate(x, y);
        (ElementwiseActivation Function, double Error) best = Candidates(activation)
            .Select(candidate => (candidate, Error(candidate, x, y)))
            .MinBy(pair => pair.Item2);
        return best.Error < Tolerance ? best.Function : null;
    }

    private static IEnumerable<ElementwiseActivation> Candidates(OnnxActivation activation)
    {
        foreach (ElementwiseActivation function in Catalog.Defaults.OfType<ElementwiseActivation>())
            yield return function;
        if (activation.Nodes is not [var node] || node.Attribute.FirstOrDefault(attribute => attribute.Name == Alpha) is not { } alpha)
            yield break;
        // The catalogue knows what ONNX calls its functions, and that the one parameter is alpha there.
        foreach (ActivationInfo info in Catalog.All.Where(info => info.Parameters.Count == 1 && OnnxOperator.NameOf(info) == node.OpType))
            yield return (ElementwiseActivation)Activation.Parse(FormattableString.Invariant(
                $"{info.Name}({info.Parameters[0].Name}={alpha.F})"));
    }

    private static double Error(ElementwiseActivation candidate, float[] x, float[] y)
    {
        float[] expected = new float[x.Length];
        candidate.Forward(x, expected);
        double factor = expected.Zip(y, (e, actual) => (double)e * actual).Sum() / expected.Sum(e => (double)e * e);
        return factor > 0
            ? expected.Zip(y, (e, actual) => Math.Abs((factor * e) - actual) / (factor * (1 + Math.Abs(e)))).Max()
            : double.PositiveInfinity;
    }

    private void Evaluate(float[] x, float[] y)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, x.AsMemory(), [x.Length]);
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, y.AsMemory(), [y.Length]);
        _session.Run(_options, [In], [input], [Out], [output]);
    }

    private static float[] Floats(TensorProto tensor) => tensor.RawData.Length > 0
        ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()
        : [.. tensor.FloatData];
}
