namespace Nonlinear.Attacks.Library;

/// <summary>What a thread has found.</summary>
internal sealed class LibraryFindings(Action<string> tell)
{
    /// <summary>How often the library was called.</summary>
    public long Calls { get; set; }

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

    /// <summary>Adds those of another thread.</summary>
    public void Add(LibraryFindings other)
    {
        Calls += other.Calls;
        Judged += other.Judged;
        Faults += other.Faults;
    }
}
