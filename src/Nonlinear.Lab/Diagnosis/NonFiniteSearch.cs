using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Runtime;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Looks for the first tensor of a model that holds NaN or infinity.</summary>
internal sealed class NonFiniteSearch
{
    private readonly Dictionary<TensorPlace, Found> _found = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TensorPlace, int> _order = new(ReferenceEqualityComparer.Instance);
    private readonly float[] _buffer = new float[TensorPieces.Most];

    /// <summary>Whether anything was found.</summary>
    public bool Any => _found.Count > 0;

    /// <summary>Looks at a tensor.</summary>
    public void Look(TensorPlace place, TappedTensor tensor, ModelRun run)
    {
        // Tensors come in the order in which the model makes them, but for those that do not wait for each other.
        _order.TryAdd(place, _order.Count);
        if (!tensor.IsFloatingPoint)
            return;
        long count = tensor.Count;
        bool batched = tensor.Shape is [var first, ..] && first > 0 && first % run.Batch == 0;
        long row = batched ? count / run.Batch : count, end = batched ? row * run.Rows : count, last = -1;
        for (long start = 0; start < end; start += TensorPieces.Most)
        {
            ReadOnlySpan<float> piece = tensor.Floats(start, (int)Math.Min(TensorPieces.Most, end - start), _buffer);
            for (int i = 0; i < piece.Length; i++)
            {
                if (float.IsFinite(piece[i]))
                    continue;
                if (!_found.TryGetValue(place, out Found? found))
                    _found[place] = found = new();
                found.NaNs += float.IsNaN(piece[i]) ? 1 : 0;
                found.Infinities += float.IsNaN(piece[i]) ? 0 : 1;
                if ((start + i) / row != last)
                {
                    last = (start + i) / row;
                    found.Rows++;
                }
            }
        }
    }

    /// <summary>The first tensor with NaN if there is any, else the first with infinity; null if all was finite.</summary>
    public NonFiniteOrigin? Origin()
    {
        bool hasNaN = _found.Values.Any(found => found.NaNs > 0);
        // A mask of -∞ before a softmax is no fault, so that NaN comes first; but infinity that a layer made is where its NaN comes from.
        KeyValuePair<TensorPlace, Found>[] bad = [.. _found.Where(pair => !hasNaN || pair.Value.NaNs > 0)];
        if (bad.Length == 0)
            return null;
        (TensorPlace place, Found found) = bad.MinBy(pair => _order[pair.Key]);
        return new(
            place.Maker is { } maker ? place.Scope.NameOf(maker) : place.Tensor,
            place.Maker?.OpType ?? "input",
            place.Tensor,
            found.NaNs,
            found.Infinities,
            found.Rows);
    }

    private sealed class Found
    {
        public long NaNs { get; set; }

        public long Infinities { get; set; }

        public long Rows { get; set; }
    }
}
