using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Recognition;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Samples;
using Onnx;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Watches the activations of an ONNX model while it works on a sample of inputs.</summary>
internal sealed class ModelObserver : IDisposable
{
    // As many rows at a time as make this many bytes of tensors, and no more than these.
    private const long BytesOfBatch = 64L << 20;
    private const int MostRows = 256;

    private static readonly Text BranchNotTaken = new(
            "it is in a branch that the model did not take on this sample", "它在模型对这个样本没有走的分支里"),
        WholeNumbers = new(
            "it works on whole numbers, and an activation works on floating-point ones", "它处理整数，而激活函数处理浮点数");

    private readonly DiagnosisOptions _options;
    private readonly ReadableModel _model;
    private readonly List<WatchedPart> _parts = [];
    private readonly List<LeftOut> _left = [];
    private readonly Dictionary<(OnnxScope, string), long[]> _shapes = [];
    private readonly HashSet<(OnnxScope, string)> _wholeNumbers = [];
    private readonly TappedModel _tapped;
    private readonly ModelSample _sample;
    private readonly CancellationToken _cancellation;

    private ModelObserver(DiagnosisOptions options, CancellationToken cancellation)
    {
        (_options, _cancellation) = (options, cancellation);
        _model = ReadableModel.Read(options.Model);
        Dictionary<string, int> axes = AxesOf(options.Axes);
        PieceBuffers buffers = new();
        foreach (FoundActivation activation in _model.Activations)
        {
            (bool isOutput, bool isGate) = _model.RoleOf(activation);
            ActivationRole role = isOutput ? ActivationRole.Output : isGate ? ActivationRole.Gate : ActivationRole.Hidden;
            int? axis = axes.TryGetValue(activation.Name, out int own) || axes.TryGetValue("", out own) ? own : null;
            _parts.Add(new WatchedActivation(activation, role, axis, ShapeOf, buffers));
        }
        foreach ((OnnxScope scope, NodeProto node) in _model.Softmaxes)
            _parts.Add(new WatchedSoftmax(
                scope, node, Roles.IsOutput(scope, node.FirstOutput()!) ? ActivationRole.Output : ActivationRole.Hidden));
        foreach ((OnnxScope scope, NodeProto node) in _model.Recurrent)
        {
            if (WatchedRecurrent.Of(scope, node, out Text? reason) is { } recurrent)
                _parts.Add(recurrent);
            else
                _left.Add(new(scope.NameOf(node), node.OpType, new(
                    $"its gates are hidden in the operator, and {reason!.English}", $"它的门隐藏在算子内部，且{reason.Chinese}")));
        }
        if (axes.Keys.FirstOrDefault(name => name.Length > 0 && _parts.All(part => part.Name != name)) is { } unknown)
            throw new ArgumentException($"There is no activation '{unknown}' in '{options.Model}' whose axis could be set.");
        _tapped = new(_model.File, _model.Scope, [.. _parts.Select(part => part.Tensors)]);
        try
        {
            _sample = ModelSample.Open(options.Inputs, ModelInput.Of(_tapped.Session, _model.File.Model), options.Model);
        }
        catch
        {
            _tapped.Dispose();
            throw;
        }
    }

    /// <summary>What each activation of a model does with a sample.</summary>
    /// <param name="options">The model and the sample.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be, or the two do not fit; the message says why.</exception>
    /// <exception cref="ArgumentException">An input or an axis is not the model's.</exception>
    public static ModelDiagnosis Of(DiagnosisOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        using ModelObserver observer = new(options, cancellation);
        return observer.Diagnose(progress);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sample.Dispose();
        _tapped.Dispose();
    }

    private ModelDiagnosis Diagnose(IProgress<double>? progress)
    {
        if (_parts.Count == 0 && _model.Left.Count == 0 && _left.Count == 0)
            throw new InvalidDataException(
                $"'{_options.Model}' has no activation: no node of it bends what it receives, element by element or along an axis.");
        int batch = ChooseBatch();
        NonFiniteSearch ends = new();
        HashSet<TensorPlace> shown = new(_tapped.Places.Where(IsInputOrOutput), ReferenceEqualityComparer.Instance);
        RunAll(
            batch,
            (place, tensor, run) =>
            {
                if (shown.Contains(place))
                    ends.Look(place, tensor, run);
            },
            (part, tensors, run) => _parts[part].Show(tensors, run),
            progress);
        NonFiniteOrigin? origin = null;
        if (ends.Any || _parts.Any(part => part.NonFiniteRows > 0))
        {
            NonFiniteSearch everywhere = new();
            RunAll(batch, everywhere.Look, null, progress);
            origin = everywhere.Origin();
        }
        Dictionary<OnnxScope, int> order = _model.Scope.All.Select((scope, i) => (scope, i)).ToDictionary();
        ActivationDiagnosis[] activations =
        [
            .. _parts.Where(part => part.Problem is null && part.Rows > 0)
                .OrderBy(part => order[part.Place.Scope]).ThenBy(part => part.Place.Scope.OrderOf(part.Place.Node))
                .SelectMany(part => part.Diagnose()),
        ];
        return new(_options.Model, _sample.Rows, batch, activations, [.. LeftOut()], origin) { Notes = [.. _sample.Notes, .. Filling()] };
    }

    private IEnumerable<Text> Filling()
    {
        string[] names = [.. _parts.Where(part => part.CountsFilling).Select(part => part.Name)];
        if (names.Length > 0)
            yield return new(
                $"The model takes a fixed number of rows, and the last were given more than once to fill it; they count more than "
                + $"once in {string.Join(", ", names)}. A sample of a whole number of batches does without.",
                $"模型接受固定的行数，最后几行被重复给出以凑满一批；它们在 {string.Join('、', names)} 中不止计一次。"
                + "若样本恰为整数批，则无此问题。");
    }

    private IEnumerable<LeftOut> LeftOut()
    {
        foreach (LeftOut left in _left)
            yield return left;
        foreach (WatchedPart part in _parts.Where(part => part.Problem is not null))
            yield return new(part.Name, part.Operation, part.Problem!);
        foreach (WatchedPart part in _parts.Where(part => part is { Problem: null, Rows: 0 }))
            yield return new(part.Name, part.Operation, BranchNotTaken);
        foreach ((OnnxScope scope, NodeProto node, Text reason) in _model.Left)
        {
            bool whole = node.Input.Concat(node.Output).Any(tensor => _wholeNumbers.Contains((scope, tensor)));
            yield return new(
                scope.NameOf(node),
                node.OpType,
                whole ? WholeNumbers : reason);
        }
    }

    // A first run on few rows tells types, shapes and sizes.
    private int ChooseBatch()
    {
        // Two rows: axes of extent 1 would look alike.
        int first = _sample.FixedBatch ?? (int)Math.Min(_options.Batch ?? 2, _sample.Rows);
        try
        {
            return Survey(first);
        }
        catch (InvalidDataException wrong) when (wrong.InnerException is OnnxRuntimeException && _sample.FixedBatch is null
            && _options.Batch is null && first > 1)
        {
            // Some models take a single row, and do not declare it.
            return Survey(1);
        }
    }

    private int Survey(int rows)
    {
        long bytes = 0;
        int counted = (int)Math.Min(rows, _sample.Rows);
        Run(new(0, counted, rows), (place, tensor, _) =>
        {
            _shapes[(place.Scope, place.Tensor)] = tensor.Shape;
            if (!tensor.IsFloatingPoint)
                _wholeNumbers.Add((place.Scope, place.Tensor));
            bytes += tensor.Count * sizeof(float) / rows;
        }, null);
        if (_options.Batch is { } asked && _sample.FixedBatch is { } fixedBatch && asked != fixedBatch)
            throw new ArgumentException($"The model takes {fixedBatch} rows at a time; leave out --batch {asked}.");
        return _options.Batch ?? _sample.FixedBatch
            ?? (rows == 1 ? 1 : (int)Math.Clamp(Math.Min(BytesOfBatch / Math.Max(1, bytes), _sample.Rows), 1, MostRows));
    }

    private void RunAll(
        int batch,
        Action<TensorPlace, TappedTensor, ModelRun>? showTensor,
        Action<int, TappedTensor[], ModelRun>? showPart,
        IProgress<double>? progress)
    {
        for (long row = 0; row < _sample.Rows; row += batch)
        {
            int rows = (int)Math.Min(batch, _sample.Rows - row);
            Run(new(row, rows, _sample.FixedBatch is null && _options.Batch is null ? rows : batch), showTensor, showPart);
            progress?.Report((double)(row + rows) / _sample.Rows);
        }
    }

    private void Run(ModelRun run, Action<TensorPlace, TappedTensor, ModelRun>? showTensor, Action<int, TappedTensor[], ModelRun>? showPart)
    {
        _cancellation.ThrowIfCancellationRequested();
        try
        {
            _tapped.Run(
                _sample.Read(run.Row, run.Rows, run.Batch),
                showTensor is null ? null : (place, tensor) => showTensor(place, tensor, run),
                showPart is null ? null : (part, tensors) => showPart(part, tensors, run),
                _cancellation);
        }
        catch (OnnxRuntimeException wrong)
        {
            throw new InvalidDataException(
                $"'{_options.Model}' cannot be run on rows {run.Row} to {run.Row + run.Rows - 1} of this sample "
                + $"({RuntimeMessage.Of(wrong)}); check the inputs' shapes and values"
                + (run.Batch > 1 && _sample.FixedBatch is null ? ", or try --batch 1." : "."),
                wrong);
        }
    }

    private long[]? ShapeOf(OnnxScope scope, string tensor) =>
        _shapes.GetValueOrDefault((scope, tensor)) ?? scope.Constant(tensor)?.Shape.ToArray();

    private bool IsInputOrOutput(TensorPlace place) => place.Scope == _model.Scope
        && (place.Maker is null || _model.Scope.Graph.Output.Any(output => output.Name == place.Tensor));

    private static Dictionary<string, int> AxesOf(IReadOnlyList<string> axes)
    {
        Dictionary<string, int> parsed = [];
        foreach (string text in axes)
        {
            int sign = text.LastIndexOf('=');
            if (!int.TryParse(text[(sign + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int axis))
                throw new ArgumentException($"'{text}' names no axis; write a number, or an activation's name and one as in relu_3=1.");
            parsed[sign < 0 ? "" : text[..sign]] = axis;
        }
        return parsed;
    }
}
