namespace Nonlinear.Lab.Data;

/// <summary>The rows of a data set, centred and scaled, in three parts. Nobody changes them: runs share them.</summary>
/// <param name="Train">What is learned from.</param>
/// <param name="Validation">What settings are chosen by.</param>
/// <param name="Test">What is judged by, once.</param>
internal sealed record SplitData(DataPart Train, DataPart Validation, DataPart Test);

/// <summary>The splits of a data set that somebody works with; each goes when nobody does any more.</summary>
internal sealed class SplitsInUse
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, WeakReference<SplitData>> _bySeed = [];

    /// <summary>The split of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="make">Makes it, if nobody has it.</param>
    public SplitData Of(int seed, Func<SplitData> make)
    {
        // Others wait: most of them would make the same.
        lock (_lock)
        {
            if (_bySeed.TryGetValue(seed, out WeakReference<SplitData>? reference) && reference.TryGetTarget(out SplitData? known))
                return known;
            SplitData split = make();
            _bySeed[seed] = new(split);
            return split;
        }
    }
}
