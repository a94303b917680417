namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>
/// Along which axis of each input the sample runs. One of the inputs that come from files leads: it has an axis called batch, or else its
/// first axis is free, or else the first axis of the first one is taken. In the others the axis of the same name is the sample's, too.
/// </summary>
internal sealed class SampleAxes
{
    private readonly IReadOnlyList<GivenInput> _inputs;
    private readonly int?[] _axes;
    private readonly Dictionary<string, long> _extents = [];
    private readonly List<Text> _notes = [];

    /// <summary>Finds the axes.</summary>
    /// <exception cref="InvalidDataException">Files do not fit the model or each other.</exception>
    public SampleAxes(IReadOnlyList<GivenInput> inputs)
    {
        _inputs = inputs;
        _axes = new int?[inputs.Count];
        Rows = 1;
        if (Leader() is not var (leader, axis))
        {
            MustFit();
            return;
        }
        _axes[leader] = axis;
        string? mark = inputs[leader].Axes[axis];
        FixedBatch = ModelInput.Fixed(mark) is { } extent ? checked((int)extent) : null;
        Rows = inputs[leader].Extents is { } extents ? extents[axis] : FixedBatch ?? 1;
        for (int i = 0; i < inputs.Count; i++)
        {
            if (i != leader)
                _axes[i] = FixedBatch is { } batch ? BesideFixed(inputs[i], batch) : Beside(inputs[i], mark);
        }
        Rows = MostRows(Rows);
        // Some converters name every free axis anew, so that a name of its own says little.
        for (int i = 0; i < inputs.Count; i++)
        {
            if (i != leader && _axes[i] is null && inputs[i].Extents is { } known && FirstAxisIsFree(inputs[i]))
                _axes[i] = Guess(inputs[i], known[0]);
        }
        MustFit();
        for (int i = 0; i < inputs.Count; i++)
        {
            if (_axes[i] is null && inputs[i].Source is null && FixedBatch is null)
                _axes[i] = OfNumber(inputs[i]);
        }
    }

    /// <summary>How many independent examples there are.</summary>
    public long Rows { get; }

    /// <summary>How many of them the model takes at a time; null if any number.</summary>
    public int? FixedBatch { get; }

    /// <summary>What had to be guessed, in sentences.</summary>
    public IReadOnlyList<Text> Notes => _notes;

    /// <summary>The axis of the sample in an input; null if the input has none and is given whole each time.</summary>
    public int? Of(int input) => _axes[input];

    /// <summary>The extent that a free axis has in a file; null if no file tells.</summary>
    public long? Extent(string? axis) => axis is not null && _extents.TryGetValue(axis, out long extent) ? extent : null;

    private static bool IsBatch(string? axis) => axis is not null && axis.Contains("batch", StringComparison.OrdinalIgnoreCase);

    private static bool IsFree(string? axis) => ModelInput.Fixed(axis) is null;

    private static bool FirstAxisIsFree(GivenInput given) => given.Axes.Count > 0 && IsFree(given.Axes[0]);

    private static int? IndexOf(IReadOnlyList<string?> axes, Func<string?, bool> wanted)
    {
        for (int i = 0; i < axes.Count; i++)
        {
            if (wanted(axes[i]))
                return i;
        }
        return null;
    }

    private (int Input, int Axis)? Leader()
    {
        // Numbers lead only where there are no files.
        bool files = _inputs.Any(given => given is { Extents.Count: > 0 });
        int[] candidates =
        [
            .. Enumerable.Range(0, _inputs.Count).Where(i => _inputs[i].Axes.Count > 0 && files == _inputs[i].Source is not null),
        ];
        foreach (int i in candidates)
        {
            if (IndexOf(_inputs[i].Axes, IsBatch) is { } axis)
                return (i, axis);
        }
        foreach (int i in candidates)
        {
            if (FirstAxisIsFree(_inputs[i]) || (_inputs[i].Extents is { } extents && extents[0] != ModelInput.Fixed(_inputs[i].Axes[0])))
                return (i, 0);
        }
        return candidates.Length > 0 ? (candidates[0], 0) : null;
    }

    // Where the model takes any number of examples.
    private static int? Beside(GivenInput given, string? mark)
    {
        if (!ModelInput.Unnamed(mark))
            return IndexOf(given.Axes, axis => axis == mark);
        return given.Axes.Count(ModelInput.Unnamed) == 1 || (given.Axes.Count > 0 && ModelInput.Unnamed(given.Axes[0]))
            ? IndexOf(given.Axes, ModelInput.Unnamed)
            : null;
    }

    // Where it takes a fixed number of them: no name tells, but a file that has exactly the declared shape can be whole.
    private int? BesideFixed(GivenInput given, int batch)
    {
        if (given.Extents is not { } extents || given.Axes.Count == 0)
            return null;
        if (ModelInput.Fixed(given.Axes[0]) == batch)
            return extents[0] == batch && extents[0] != Rows ? null : 0;
        for (int axis = 1; axis < given.Axes.Count; axis++)
        {
            if (ModelInput.Fixed(given.Axes[axis]) == batch && extents[axis] != batch)
                return axis;
        }
        return null;
    }

    private int? Guess(GivenInput given, long rows)
    {
        if (rows == 1)
            return null;
        _notes.Add(
            rows == Rows
                ? new(
                    $"'{given.Input.Name}' has {Rows} rows like the sample, and they are taken together.",
                    $"“{given.Input.Name}”与样本一样有 {Rows} 行，二者逐行配对。")
                : new(
                    $"'{given.Input.Name}' has {rows} rows and the sample {Rows}; all of them are given with each example.",
                    $"“{given.Input.Name}”有 {rows} 行，样本有 {Rows} 行；每个样例都给出它的全部行。"));
        return rows == Rows ? 0 : null;
    }

    private int? OfNumber(GivenInput given)
    {
        string?[] names = [.. _inputs.Select((other, i) => _axes[i] is { } axis ? other.Axes[axis] : null)];
        return IndexOf(given.Axes, axis => !ModelInput.Unnamed(axis) && names.Contains(axis))
            ?? (FirstAxisIsFree(given) && Extent(given.Axes[0]) is null ? 0 : null);
    }

    // An extent of one is repeated.
    private long MostRows(long rows)
    {
        GivenInput? with = null;
        for (int i = 0; i < _inputs.Count; i++)
        {
            if (_axes[i] is not { } axis || _inputs[i].Extents is not { } extents || extents[axis] == 1)
                continue;
            if (with is not null && extents[axis] != rows)
                throw new InvalidDataException(
                    $"{with.Source!.Name} for '{with.Input.Name}' has {rows} rows, and {_inputs[i].Source!.Name} for "
                    + $"'{_inputs[i].Input.Name}' {extents[axis]}; the inputs must have as many as each other, or one for all.");
            (with, rows) = (_inputs[i], extents[axis]);
        }
        return rows;
    }

    private void MustFit()
    {
        for (int i = 0; i < _inputs.Count; i++)
        {
            GivenInput given = _inputs[i];
            given.MustFit(_axes[i]);
            given.Source?.SampleAxis = _axes[i];
            for (int axis = 0; axis < given.Axes.Count; axis++)
            {
                if (given.Extents is { } extents && axis != _axes[i] && !ModelInput.Unnamed(given.Axes[axis]))
                    _extents.TryAdd(given.Axes[axis]!, extents[axis]);
            }
        }
    }
}
