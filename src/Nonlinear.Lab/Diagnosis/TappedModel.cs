using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>A tensor somewhere in a model, and the node that makes it; null where the model or a body is given it.</summary>
internal sealed record TensorPlace(OnnxScope Scope, string Tensor, NodeProto? Maker);

/// <summary>A model that runs with a tap at every tensor, and at groups of tensors that are asked for.</summary>
internal sealed class TappedModel : IDisposable
{
    // The runtime takes longer than in proportion to open a model with more; then only what is asked for has taps.
    private const int MostPlaces = 20_000;

    private readonly OnnxFile _file;
    private readonly IReadOnlyList<(OnnxScope Scope, IReadOnlyList<string> Tensors)> _groups;
    private readonly TensorTaps _taps;
    private List<TensorPlace> _places = [];
    private Action<TensorPlace, TappedTensor>? _showTensor;
    private Action<int, TappedTensor[]>? _showGroup;

    /// <summary>Opens a model.</summary>
    /// <param name="file">The model.</param>
    /// <param name="root">Its graph.</param>
    /// <param name="groups">Tensors that are to be seen together.</param>
    /// <exception cref="InvalidDataException">The runtime refuses the model.</exception>
    public TappedModel(OnnxFile file, OnnxScope root, IReadOnlyList<(OnnxScope Scope, IReadOnlyList<string> Tensors)> groups)
    {
        (_file, _groups) = (file, groups);
        _taps = new(Show);
        try
        {
            Session = Open(root);
        }
        catch
        {
            _taps.Dispose();
            throw;
        }
    }

    /// <summary>The session, which knows the model's inputs.</summary>
    public InferenceSession Session { get; }

    /// <summary>The tensors with a tap each.</summary>
    public IReadOnlyList<TensorPlace> Places => _places;

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="showTensor">Is shown each tensor, if anything.</param>
    /// <param name="showGroup">Is shown each group of tensors, by its number, if anything.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OnnxRuntimeException">The model cannot be run on these inputs.</exception>
    public void Run(
        IReadOnlyDictionary<string, OrtValue> inputs,
        Action<TensorPlace, TappedTensor>? showTensor,
        Action<int, TappedTensor[]>? showGroup,
        CancellationToken cancellation = default)
    {
        (_showTensor, _showGroup) = (showTensor, showGroup);
        using RunOptions options = new();
        using CancellationTokenRegistration stop = cancellation.Register(() => options.Terminate = true);
        try
        {
            // Whatever is asked for, all of the model runs.
            using IDisposableReadOnlyCollection<OrtValue> results = Session.Run(options, inputs, [Session.OutputNames[0]]);
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
        }
        _taps.ThrowIfFailed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Session.Dispose();
        _taps.Dispose();
    }

    private void Show(int tap, TappedTensor[] tensors)
    {
        if (tap < _groups.Count)
            _showGroup?.Invoke(tap, tensors);
        else
            _showTensor?.Invoke(_places[tap - _groups.Count], tensors[0]);
    }

    // With a tap at every tensor; or, where some are no tensors but sequences, at fewer.
    private InferenceSession Open(OnnxScope root)
    {
        List<TensorPlace> all = Find(root, sequences: true);
        List<TensorPlace>[] attempts = all.Count > MostPlaces ? [[]] : [all, Find(root, sequences: false), []];
        for (int attempt = 0; ; attempt++)
        {
            _places = attempts[attempt];
            try
            {
                return OpenWithTaps(root);
            }
            catch (OnnxRuntimeException) when (attempt < attempts.Length - 1)
            {
                // The model may be at fault as well; then the last attempt says so.
            }
            catch (OnnxRuntimeException wrong)
            {
                throw new InvalidDataException(
                    $"'{_file.Path}' cannot be run: ONNX Runtime {OnnxSession.RuntimeVersion} refuses it ({RuntimeMessage.Of(wrong)}).",
                    wrong);
            }
        }
    }

    private InferenceSession OpenWithTaps(OnnxScope root)
    {
        List<(OnnxScope Scope, NodeProto Tap)> taps =
        [
            .. _groups.Select((group, i) => (group.Scope, TensorTaps.Node(i, group.Tensors))),
            .. _places.Select((place, i) => (place.Scope, TensorTaps.Node(_groups.Count + i, place.Tensor))),
        ];
        foreach (IGrouping<OnnxScope, NodeProto> scope in taps.GroupBy(tap => tap.Scope, tap => tap.Tap))
            TensorTaps.Append(scope.Key.Graph, scope);
        TensorTaps.Admit(_file.Model);
        byte[] bytes;
        try
        {
            bytes = _file.Model.ToByteArray();
        }
        finally
        {
            foreach (GraphProto graph in root.All.Select(scope => scope.Graph))
            {
                while (graph.Node is [.., var last] && TensorTaps.IsTap(last))
                    graph.Node.RemoveAt(graph.Node.Count - 1);
            }
        }
        using SessionOptions options = OnnxSession.OnOneThread();
        options.IntraOpNumThreads = 0;
        // Every tensor is looked at, so none may be optimised away; and none is kept for longer than the model needs it.
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        options.EnableMemoryPattern = false;
        options.EnableCpuMemArena = false;
        // Weights may lie in files beside the model.
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", _file.Folder);
        _taps.Register(options);
        return OnnxSession.Open(bytes, options);
    }

    private static List<TensorPlace> Find(OnnxScope root, bool sequences)
    {
        List<TensorPlace> places = [];
        foreach (OnnxScope scope in root.All)
        {
            places.AddRange(scope.Graph.Input.Where(input => !scope.IsConstant(input.Name) && (sequences || scope.Owner is null))
                .Select(input => new TensorPlace(scope, input.Name, null)));
            foreach (NodeProto node in scope.Graph.Node.Where(node => sequences || !MayMakeSequences(node)))
                places.AddRange(node.Output.Where(output => output.Length > 0 && !scope.IsConstant(output))
                    .Select(output => new TensorPlace(scope, output, node)));
        }
        return places;
    }

    private static bool MayMakeSequences(NodeProto node) =>
        node.OpType.Contains("Sequence", StringComparison.Ordinal) || node.OpType.Contains("Optional", StringComparison.Ordinal)
        || node.OpType is "If" or "Loop" or "Scan" or "Identity" or "ZipMap" or "StringSplit" || node.Domain == "ai.onnx.ml";
}
