using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Samples;
using Nonlinear.Lab.Onnx.Sweeping;

namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>Two models on the same sample: how far outputs differ, and which is faster.</summary>
internal sealed class ModelComparison
{
    private const int UsualBatch = 16, LeastRounds = 7, MostRounds = 101;

    private static readonly TimeSpan TimeForRounds = TimeSpan.FromSeconds(4);

    private readonly InferenceSession _before, _after;
    private readonly ModelSample _sample;

    private ModelComparison(InferenceSession before, InferenceSession after, ModelSample sample) =>
        (_before, _after, _sample) = (before, after, sample);

    /// <summary>The changes, output by output; those that hold no floating-point numbers are left out.</summary>
    public IReadOnlyList<OutputChange> Changes { get; private set; } = [];

    /// <summary>The median time of a run of the first model, in milliseconds.</summary>
    public double Before { get; private set; }

    /// <summary>That of the second.</summary>
    public double After { get; private set; }

    /// <summary>How many runs of each were timed.</summary>
    public int Rounds { get; private set; }

    /// <summary>How many examples the sample has.</summary>
    public long Rows => _sample.Rows;

    /// <summary>How many of them a run that was timed took.</summary>
    public int Batch => _sample.FixedBatch ?? (int)Math.Min(Rows, UsualBatch);

    /// <summary>Opens a model as people run it.</summary>
    /// <param name="model">Its file.</param>
    /// <param name="folder">Where its weights may lie.</param>
    /// <param name="operators">A library of operators that it needs, if any.</param>
    /// <exception cref="InvalidDataException">The runtime refuses it.</exception>
    public static InferenceSession Open(byte[] model, string folder, string? operators = null)
    {
        using SessionOptions options = OnnxSession.OnOneThread();
        options.IntraOpNumThreads = 0;
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        try
        {
            if (operators is not null)
                options.RegisterCustomOpLibrary(operators);
            return OnnxSession.Open(model, options);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidDataException($"ONNX Runtime {OnnxSession.RuntimeVersion} refuses the model: {RuntimeMessage.Of(refused)}.");
        }
    }

    /// <summary>Runs both models.</summary>
    /// <param name="before">The first.</param>
    /// <param name="after">The second.</param>
    /// <param name="sample">What they are given.</param>
    /// <param name="name">What to call the model in messages.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidDataException">They do not run on the sample.</exception>
    public static ModelComparison Of(
        InferenceSession before, InferenceSession after, ModelSample sample, string name, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        ModelComparison comparison = new(before, after, sample);
        try
        {
            comparison.Compare(progress, cancellation);
            comparison.Time(cancellation);
            return comparison;
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidDataException($"'{name}' cannot be run on the sample: {RuntimeMessage.Of(refused)}.");
        }
    }

    private void Compare(IProgress<double>? progress, CancellationToken cancellation)
    {
        OutputChange[] changes = [.. _before.OutputNames.Select(output => new OutputChange(output))];
        HashSet<string> compared = [];
        for (long row = 0; row < Rows; row += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = (int)Math.Min(Batch, Rows - row);
            IReadOnlyDictionary<string, OrtValue> inputs = _sample.Read(row, rows, _sample.FixedBatch ?? rows);
            using RunOptions run = new();
            using IDisposableReadOnlyCollection<OrtValue> one = _before.Run(run, inputs, _before.OutputNames);
            using IDisposableReadOnlyCollection<OrtValue> other = _after.Run(run, inputs, _before.OutputNames);
            for (int i = 0; i < changes.Length; i++)
            {
                if (!one[i].IsTensor || !IsNumbers(one[i].GetTensorTypeAndShape().ElementDataType))
                    continue;
                changes[i].Add(NumberTensor.Read(one[i]), NumberTensor.Read(other[i]));
                compared.Add(changes[i].Name);
            }
            progress?.Report((double)(row + rows) / Rows);
        }
        Changes = [.. changes.Where(change => compared.Contains(change.Name))];
    }

    private static bool IsNumbers(TensorElementType type) =>
        type is TensorElementType.Float or TensorElementType.Double or TensorElementType.Float16 or TensorElementType.BFloat16;

    // In turns, so that whatever else the machine does falls on both.
    private void Time(CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, OrtValue> inputs = _sample.Read(0, (int)Math.Min(Batch, Rows), Batch);
        List<double> before = [], after = [];
        Stopwatch all = Stopwatch.StartNew();
        while (before.Count < MostRounds && (before.Count < LeastRounds || all.Elapsed < TimeForRounds))
        {
            cancellation.ThrowIfCancellationRequested();
            bool first = before.Count % 2 == 0;
            if (first)
                before.Add(Run(_before, inputs));
            after.Add(Run(_after, inputs));
            if (!first)
                before.Add(Run(_before, inputs));
        }
        (Before, After, Rounds) = (Median(before), Median(after), before.Count);
    }

    private static double Run(InferenceSession session, IReadOnlyDictionary<string, OrtValue> inputs)
    {
        long start = Stopwatch.GetTimestamp();
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, inputs, session.OutputNames);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        double[] sorted = [.. times.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
