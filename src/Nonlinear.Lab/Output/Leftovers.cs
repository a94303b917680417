namespace Nonlinear.Lab;

/// <summary>
/// What this process has begun and would leave behind if it ended now: drafts, temporary files, open databases. Whoever ends it early
/// clears it first; what has come to its end is taken off.
/// </summary>
public static class Leftovers
{
    // Held for good once they are cleared: nothing may be begun, written or published after that. Otherwise it is held for moments only:
    // what takes long, such as the removal of a full folder, would keep the end waiting.
    private static readonly Lock Gate = new();

    private static readonly List<Leftover> Begun = [];

    /// <summary>Begins something.</summary>
    /// <param name="begin">What is done first; nothing if the process is just ending.</param>
    /// <param name="remove">How it is removed.</param>
    /// <returns>Takes it off, which does not remove it.</returns>
    public static Leftover Begin(Action begin, Action remove)
    {
        lock (Gate)
        {
            begin();
            Leftover leftover = new(remove);
            Begun.Add(leftover);
            return leftover;
        }
    }

    /// <summary>
    /// Removes everything, and holds up for good whoever would begin or publish something more. The process must end then.
    /// </summary>
    /// <param name="patience">How long to wait for whoever is just writing or publishing something; then all stays.</param>
    public static void Clear(TimeSpan patience)
    {
        if (!Gate.TryEnter(patience))
            return;
        // What was begun last first: it may lie within what was begun before.
        foreach (Leftover leftover in Enumerable.Reverse(Begun))
        {
            try
            {
                leftover.Remove();
            }
#pragma warning disable CA1031 // What cannot be removed stays, and the others go.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    /// <summary>Does something short to what was begun, which an end of the process waits for; never if that has come.</summary>
    internal static void Do(Action step)
    {
        lock (Gate)
        {
            step();
        }
    }

    /// <summary>Brings something to its end.</summary>
    internal static void End(Leftover leftover, Action last)
    {
        lock (Gate)
        {
            last();
            Begun.Remove(leftover);
        }
    }
}
