using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Runtime;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>
/// The sample that a model is shown: independent examples for all of its inputs, read from files a batch at a time, so that only the batch
/// is in memory.
/// </summary>
internal sealed class ModelSample : IDisposable
{
    private readonly IReadOnlyList<GivenInput> _given;
    private readonly InputTensor[] _tensors;
    private readonly List<OrtValue> _shown = [];

    private ModelSample(IReadOnlyList<GivenInput> given, SampleAxes axes)
    {
        _given = given;
        _tensors = [.. given.Select((input, i) => new InputTensor(input, axes.Of(i), axes))];
        (Rows, FixedBatch, Notes) = (axes.Rows, axes.FixedBatch, axes.Notes);
    }

    /// <summary>How many independent examples there are.</summary>
    public long Rows { get; }

    /// <summary>How many examples the model takes at a time; null if any number.</summary>
    public int? FixedBatch { get; }

    /// <summary>What had to be guessed about the inputs, in sentences.</summary>
    public IReadOnlyList<Text> Notes { get; }

    /// <summary>Opens a sample.</summary>
    /// <param name="specifications">
    /// What is given, as it was typed: x.npy for the only input or the only one left, ids=ids.npy, all.npz with an array for each input,
    /// table.csv, rate=16000 for a number throughout, state=zeros.
    /// </param>
    /// <param name="inputs">The inputs that the model declares.</param>
    /// <param name="model">What to call the model in messages.</param>
    /// <exception cref="ArgumentException">An input is missing, given twice, or not the model's.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be, or does not fit the model or the others.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ModelSample Open(IReadOnlyList<string> specifications, IReadOnlyList<ModelInput> inputs, string model)
    {
        IReadOnlyList<GivenInput> given = new SampleSpecification(inputs, model).Read(specifications);
        try
        {
            return new(given, new(given));
        }
        catch
        {
            Close(given);
            throw;
        }
    }

    /// <summary>Reads some examples; fastest in the order of the files, after which 0 starts again.</summary>
    /// <param name="row">The first example.</param>
    /// <param name="rows">How many of them.</param>
    /// <param name="batch">How many each tensor is to hold; if that is more, the same examples are repeated.</param>
    /// <returns>A tensor for each input, by name; they are valid until the next call and need not be disposed.</returns>
    /// <exception cref="InvalidDataException">A file ends too early, or holds what the input's type does not take.</exception>
    public IReadOnlyDictionary<string, OrtValue> Read(long row, int rows, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows - row);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, rows);
        if (FixedBatch is { } needed && batch != needed)
            throw new ArgumentException($"The model takes {needed} examples at a time, not {batch}.", nameof(batch));
        // Tensors of the runtime must not be what wakes its telemetry.
        _ = OnnxSession.RuntimeVersion;
        Release();
        Dictionary<string, OrtValue> tensors = [];
        for (int i = 0; i < _tensors.Length; i++)
        {
            OrtValue tensor = _tensors[i].Create(row, rows, batch);
            _shown.Add(tensor);
            tensors.Add(_given[i].Input.Name, tensor);
        }
        return tensors;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        Close(_given);
    }

    private static void Close(IReadOnlyList<GivenInput> given)
    {
        foreach (GivenInput input in given)
            input.Dispose();
    }

    private void Release()
    {
        foreach (OrtValue tensor in _shown)
            tensor.Dispose();
        _shown.Clear();
    }
}
