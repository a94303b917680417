namespace Nonlinear.Lab;

/// <summary>Something that was begun and would be left behind if the process ended now.</summary>
public sealed class Leftover
{
    internal Leftover(Action remove) => Remove = remove;

    /// <summary>Removes it.</summary>
    internal Action Remove { get; }

    /// <summary>Brings it to its end: publishes or removes it.</summary>
    /// <param name="last">How; an end of the process waits for it.</param>
    public void End(Action last) => Leftovers.End(this, last);
}
