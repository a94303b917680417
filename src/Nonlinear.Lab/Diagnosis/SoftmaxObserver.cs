using Nonlinear.Lab.Onnx.Runtime;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Watches a softmax: how sure its rows are.</summary>
/// <param name="name">What it is called in its network.</param>
/// <param name="logarithms">Whether its outputs are logarithms.</param>
internal sealed class SoftmaxObserver(string name, bool logarithms)
{
    // One class has nearly all of a row, or so much that no gradient passes.
    private const double Sure = 0.99, Rest = 1e-7;

    private readonly StreamedHistogram _outputs = new();
    private double[] _means = [];
    private double _entropy, _sum, _squares;
    private long _rows, _sure, _saturated, _zeros, _elements, _nonFiniteRows;

    /// <summary>The independent inputs of the network that were seen.</summary>
    public long Rows { get; set; }

    /// <summary>Shows it what came out.</summary>
    /// <param name="y">The outputs.</param>
    /// <param name="outer">The elements along the axes before that of the classes, together.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="inner">The elements along the axes behind.</param>
    public void Observe(TappedTensor y, long outer, int classes, long inner)
    {
        // Attention over texts of several lengths has as many classes as there are words.
        if (_means.Length < classes)
            Array.Resize(ref _means, classes);
        float[] buffer = new float[Math.Min(int.MaxValue, classes * inner)];
        for (long at = 0; at < outer; at++)
        {
            ReadOnlySpan<float> block = y.Floats(at * classes * inner, (int)(classes * inner), buffer);
            _outputs.Add(block);
            for (int offset = 0; offset < inner; offset++)
                ObserveRow(block, offset, classes, (int)inner);
        }
    }

    /// <summary>What it did.</summary>
    /// <param name="axis">The axis of the classes.</param>
    public ActivationDiagnosis Diagnose(int axis)
    {
        double finite = _rows - _nonFiniteRows, mean = _sum / _elements;
        return new()
        {
            Name = name,
            Function = logarithms ? "log_softmax" : "softmax",
            Axis = axis,
            Units = _means.Length,
            Rows = Rows,
            Samples = _rows,
            NonFiniteRows = _nonFiniteRows,
            Mean = mean,
            Variance = Math.Max(0, (_squares / _elements) - (mean * mean)),
            Sparsity = (double)_zeros / _elements,
            Nonlinearity = double.NaN,
            Softmax = new(_entropy / finite, _sure / finite, _saturated / finite),
            Outputs = _outputs.ToQuantiles(),
            UnitMeans = [.. _means.Select(sum => (float)(sum / finite))],
        };
    }

    private void ObserveRow(ReadOnlySpan<float> block, int offset, int classes, int step)
    {
        _rows++;
        double entropy = 0, largest = 0, all = 0, sum = 0, squares = 0;
        int zeros = 0;
        for (int i = 0; i < classes; i++)
        {
            double value = block[(i * step) + offset], share = logarithms ? Math.Exp(value) : value;
            all += share;
            largest = Math.Max(largest, share);
            entropy -= share > 0 ? share * Math.Log(share) : 0;
            // The logarithm of nothing is no fault.
            if (double.IsFinite(value))
            {
                sum += value;
                squares += value * value;
            }
            zeros += value == 0 ? 1 : 0;
        }
        if (!double.IsFinite(all))
        {
            _nonFiniteRows++;
            return;
        }
        for (int i = 0; i < classes; i++)
            _means[i] += logarithms ? Math.Exp(block[(i * step) + offset]) : block[(i * step) + offset];
        _entropy += classes > 1 ? entropy / Math.Log(classes) : 0;
        _sure += largest > Sure ? 1 : 0;
        _saturated += all - largest < Rest ? 1 : 0;
        _elements += classes;
        _sum += sum;
        _squares += squares;
        _zeros += zeros;
    }
}
