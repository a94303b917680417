using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Arrays;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Watches the activations of an ONNX model while it works on a sample of inputs.</summary>
internal static class ModelObserver
{
    private const int RowsAtATime = 256;

    /// <summary>What each activation of a model does with a sample.</summary>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="samplePath">A NumPy file; its first axis is the sample.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be, or the two do not fit; the message says why.</exception>
    public static IReadOnlyList<ActivationDiagnosis> Of(
        string modelPath,
        string samplePath,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        ModelProto model = Load(modelPath);
        OnnxGraph graph = new(model.Graph);
        if (graph.Activations.Count == 0)
            throw new InvalidDataException($"'{modelPath}' has no activation that works on each element by itself.");
        (int[] shape, float[] sample) = NpyFloats.Read(samplePath);
        string[] watched = [.. graph.Activations.SelectMany(activation => new[] { activation.Input, activation.Output }).Distinct()];
        HashSet<string> given = [.. model.Graph.Input.Select(input => input.Name)],
            shown = [.. model.Graph.Output.Select(output => output.Name)];
        model.Graph.Output.Add(
            watched.Where(name => !given.Contains(name) && !shown.Contains(name)).Select(name => new ValueInfoProto { Name = name }));
        using InferenceSession session = Session(modelPath, model);
        if (session.InputMetadata.Count != 1)
            throw new InvalidDataException(
                $"'{modelPath}' takes {session.InputMetadata.Count} inputs ({string.Join(", ", session.InputMetadata.Keys)}); "
                + "a model with one can be diagnosed.");
        (string name, NodeMetadata metadata) = session.InputMetadata.First();
        int batch = Fit(modelPath, name, metadata, samplePath, shape);

        UnitObserver?[] observers = new UnitObserver?[graph.Activations.Count];
        int rowLength = sample.Length / shape[0];
        using RunOptions options = new();
        for (int row = 0; row + batch <= shape[0] || (metadata.Dimensions[0] <= 0 && row < shape[0]); row += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(batch, shape[0] - row);
            float[] part = sample.AsSpan(row * rowLength, rows * rowLength).ToArray();
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(part, [rows, .. shape[1..].Select(extent => (long)extent)]);
            string[] outputs = [.. watched.Where(tensor => tensor != name)];
            using IDisposableReadOnlyCollection<OrtValue> results = Run(
                session,
                options,
                name,
                input,
                outputs,
                $"'{modelPath}' cannot be run on '{samplePath}'");
            Dictionary<string, OrtValue> tensors = outputs.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second);
            tensors[name] = input;
            for (int i = 0; i < observers.Length; i++)
                Observe(ref observers[i], graph, graph.Activations[i], model, tensors);
            progress?.Report((double)(row + rows) / shape[0]);
        }
        return [.. observers.OfType<UnitObserver>().Select(observer => observer.Diagnose())];
    }

    private static IDisposableReadOnlyCollection<OrtValue> Run(
        InferenceSession session,
        RunOptions options,
        string name,
        OrtValue input,
        string[] outputs,
        string refusal)
    {
        try
        {
            return session.Run(options, new Dictionary<string, OrtValue> { [name] = input }, outputs);
        }
        catch (OnnxRuntimeException wrong)
        {
            throw new InvalidDataException($"{refusal}: {wrong.Message}", wrong);
        }
    }

    private static void Observe(
        ref UnitObserver? observer,
        OnnxGraph graph,
        OnnxActivation activation,
        ModelProto model,
        Dictionary<string, OrtValue> tensors)
    {
        (int[] shape, float[] x) = Floats(tensors[activation.Input]);
        (int[] outputShape, float[] y) = Floats(tensors[activation.Output]);
        if (!shape.SequenceEqual(outputShape) || x.Length == 0)
            throw new InvalidDataException(
                $"'{activation.Name}' changes the shape ({string.Join(", ", shape)}) to ({string.Join(", ", outputShape)}); "
                + "it is no activation that can be diagnosed.");
        int axis = graph.UnitAxis(activation.Input, shape.Length), units = shape[axis];
        int inner = shape[(axis + 1)..].Aggregate(1, (product, extent) => product * extent);
        observer ??= new(activation.Name, OnnxFunction.Of(graph, activation, model), units);
        observer.Observe(x, y, [x.Length / units / inner, units, inner]);
    }

    private static ModelProto Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'.");
        try
        {
            using FileStream stream = File.OpenRead(path);
            ModelProto model = ModelProto.Parser.ParseFrom(stream);
            return model.Graph is { Node.Count: > 0 }
                ? model
                : throw new InvalidDataException($"'{path}' is no ONNX model, or an empty one.");
        }
        catch (InvalidProtocolBufferException)
        {
            throw new InvalidDataException($"'{path}' is no ONNX model.");
        }
    }

    private static InferenceSession Session(string path, ModelProto model)
    {
        using SessionOptions options = OnnxSession.OnOneThread();
        options.IntraOpNumThreads = 0;
        // Every tensor is looked at, so none may be optimised away; weights may lie in files beside the model.
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        options.AddSessionConfigEntry(
            "session.model_external_initializers_file_folder_path",
            Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return OnnxSession.Open(model.ToByteArray(), options);
        }
        catch (OnnxRuntimeException wrong)
        {
            throw new InvalidDataException($"'{path}' cannot be run: {wrong.Message}", wrong);
        }
    }

    // How many rows the model takes at a time.
    private static int Fit(string modelPath, string name, NodeMetadata metadata, string samplePath, int[] shape)
    {
        if (metadata.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float)
            throw new InvalidDataException(
                $"The input '{name}' of '{modelPath}' is {metadata.ElementDataType}; models that take float32 can be diagnosed.");
        int[] expected = metadata.Dimensions;
        bool fits = expected.Length == shape.Length
            && expected.Zip(shape).Skip(1).All(pair => pair.First <= 0 || pair.First == pair.Second);
        if (!fits || shape.Any(extent => extent == 0))
            throw new InvalidDataException(
                $"'{samplePath}' has the shape ({string.Join(", ", shape)}); "
                + $"the input '{name}' needs "
                + $"({string.Join(", ", expected.Select((extent, i) => i == 0 || extent <= 0 ? "any" : $"{extent}"))}).");
        if (expected[0] > shape[0])
            throw new InvalidDataException($"'{samplePath}' has {shape[0]} rows; the model takes {expected[0]} at a time.");
        return expected[0] > 0 ? expected[0] : RowsAtATime;
    }

    private static (int[] Shape, float[] Values) Floats(OrtValue tensor)
    {
        OrtTensorTypeAndShapeInfo info = tensor.GetTensorTypeAndShape();
        float[] values = info.ElementDataType switch
        {
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => tensor.GetTensorDataAsSpan<float>().ToArray(),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Double =>
                Array.ConvertAll(tensor.GetTensorDataAsSpan<double>().ToArray(), value => (float)value),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float16 =>
                Array.ConvertAll(tensor.GetTensorDataAsSpan<Float16>().ToArray(), value => (float)value),
            var other => throw new InvalidDataException($"An activation works on {other}; floating-point numbers can be diagnosed."),
        };
        return ([.. info.Shape.Select(extent => checked((int)extent))], values);
    }
}
