using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>A part of a model that is watched while the model runs.</summary>
internal abstract class WatchedPart
{
    private readonly HashSet<long> _badRows = [];
    private ModelRun? _run;

    /// <summary>What to call it.</summary>
    public abstract string Name { get; }

    /// <summary>Its operations.</summary>
    public abstract string Operation { get; }

    /// <summary>The tensors that it must see together, and the graph in which they are.</summary>
    public abstract (OnnxScope Scope, IReadOnlyList<string> Tensors) Tensors { get; }

    /// <summary>Where it stands: its graph and its last node.</summary>
    public abstract (OnnxScope Scope, NodeProto Node) Place { get; }

    /// <summary>Why it can be watched no longer, if so.</summary>
    public Text? Problem { get; private set; }

    /// <summary>The rows of the sample that it saw.</summary>
    public long Rows { get; private set; }

    /// <summary>Those of them with NaN or infinity.</summary>
    public long NonFiniteRows { get; private set; }

    /// <summary>Whether rows that only fill up a batch were counted as well, because it could not be told which they are.</summary>
    public bool CountsFilling { get; private set; }

    /// <summary>What it did.</summary>
    public abstract IEnumerable<ActivationDiagnosis> Diagnose();

    /// <summary>Shows it its tensors.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="run">The run of the model; a loop shows tensors several times in one.</param>
    public void Show(TappedTensor[] tensors, ModelRun run)
    {
        if (Problem is not null)
            return;
        if (_run != run)
        {
            _run = run;
            _badRows.Clear();
            Rows += run.Rows;
        }
        int before = _badRows.Count;
        Problem = Watch(tensors);
        NonFiniteRows += _badRows.Count - before;
    }

    /// <summary>Looks at the tensors; the reason if they cannot be understood.</summary>
    protected abstract Text? Watch(TappedTensor[] tensors);

    /// <summary>The share of a tensor that belongs to rows of the sample, where its first axis is the batch.</summary>
    protected (long Rows, long Batch)? CountedShare(long[] shape) =>
        shape.Length > 0 && _run is { } run && shape[0] % run.Batch == 0 && shape[0] > 0 ? (run.Rows, run.Batch) : null;

    /// <summary>Remembers that all of a tensor was counted; some of it may only fill up a batch.</summary>
    protected void CountAll() => CountsFilling |= _run is { } run && run.Rows < run.Batch;

    /// <summary>Remembers the rows in which there is NaN or infinity.</summary>
    /// <param name="x">A piece of what came in.</param>
    /// <param name="y">The same piece of what came out.</param>
    /// <param name="start">Where the piece begins.</param>
    /// <param name="tensor">The whole.</param>
    protected void MarkNonFinite(ReadOnlySpan<float> x, ReadOnlySpan<float> y, long start, TappedTensor tensor)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!float.IsFinite(x[i]) || !float.IsFinite(y[i]))
                _badRows.Add(CountedShare(tensor.Shape) is { } share ? (start + i) / (tensor.Count / share.Batch) : 0);
        }
    }
}

/// <summary>A run of a model on some rows of the sample.</summary>
/// <param name="Row">The first row.</param>
/// <param name="Rows">How many.</param>
/// <param name="Batch">How many the model was given; more than there are if a fixed batch had to be filled.</param>
internal sealed record ModelRun(long Row, int Rows, int Batch);
