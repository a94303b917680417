namespace Nonlinear.Attacks.Library;

/// <summary>What a thread has found.</summary>
internal sealed class LibraryFindings(Action<string> tell)
{
    /// <summary>How often the library was called.</summary>
    public long Calls { get; set; }

    /// <summary>How often for each tier, type and operation.</summary>
    public SortedDictionary<string, long> CallsOfKinds { get; } = new(StringComparer.Ordinal);

    /// <summary>How many results were judged by the oracle.</summary>
    public long Judged { get; set; }

    /// <summary>How much was wrong.</summary>
    public long Faults { get; private set; }

    /// <summary>Takes a fault down.</summary>
    public void Fault(string what)
    {
        Faults++;
        tell(what);
    }

    /// <summary>Counts all calls so far for one kind.</summary>
    public void CountFor(string kind) => CallsOfKinds[kind] = CallsOfKinds.GetValueOrDefault(kind) + Calls;

    /// <summary>Adds those of another thread.</summary>
    public void Add(LibraryFindings other)
    {
        Calls += other.Calls;
        Judged += other.Judged;
        Faults += other.Faults;
        foreach ((string kind, long calls) in other.CallsOfKinds)
            CallsOfKinds[kind] = CallsOfKinds.GetValueOrDefault(kind) + calls;
    }
}
