namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>How far an output of a model moved.</summary>
/// <param name="name">The output.</param>
internal sealed class OutputChange(string name)
{
    private double _squares, _before;
    private long _count;

    /// <summary>The output.</summary>
    public string Name => name;

    /// <summary>The largest change.</summary>
    public double Largest { get; private set; }

    /// <summary>The root of the mean square of the changes.</summary>
    public double Rms => _count == 0 ? 0 : Math.Sqrt(_squares / _count);

    /// <summary>The same, as a share of that of the numbers themselves.</summary>
    public double Relative => _squares == 0 ? 0 : Math.Sqrt(_squares / _before);

    /// <summary>How many numbers are NaN or infinite in one of the two models only.</summary>
    public long NotFinite { get; private set; }

    /// <summary>Takes numbers of both models.</summary>
    /// <exception cref="InvalidDataException">They are not equally many.</exception>
    public void Add(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        if (before.Length != after.Length)
            throw new InvalidDataException(
                $"The output '{name}' has {before.Length} numbers in the one model and {after.Length} in the other.");
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i].Equals(after[i]))
            {
                _count++;
                _before += double.IsFinite(before[i]) ? before[i] * before[i] : 0;
                continue;
            }
            double change = after[i] - before[i];
            if (!double.IsFinite(change))
            {
                NotFinite++;
                continue;
            }
            Largest = Math.Max(Largest, Math.Abs(change));
            _squares += change * change;
            _before += before[i] * before[i];
            _count++;
        }
    }
}
