namespace Nonlinear.Native.Boundary;

/// <summary>
/// The activations that callers hold, behind numbers. A number that is none, or not any more, is noticed: it is never an address.
/// </summary>
internal static class Handles
{
    private static readonly Lock Gate = new();
    private static readonly Stack<int> Free = [];

    // Replaced by a longer one as it grows, so that it is read without the lock.
    private static Entry?[] _entries = new Entry?[64];
    private static int _count;
    private static uint _given;

    /// <summary>Keeps an activation, under a number that no other had.</summary>
    public static ulong Add(Activation activation)
    {
        lock (Gate)
        {
            int place = Free.Count > 0 ? Free.Pop() : _count++;
            if (place == _entries.Length)
            {
                Entry?[] longer = new Entry?[2 * place];
                _entries.CopyTo(longer, 0);
                Volatile.Write(ref _entries, longer);
            }
            // The lower half is the place, counted from 1: 0 is never a handle.
            ulong handle = ((ulong)++_given << 32) | ((uint)place + 1);
            Volatile.Write(ref _entries[place], new(handle, activation));
            return handle;
        }
    }

    /// <summary>The activation behind a number.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Activation Find(ulong handle)
    {
        Entry?[] entries = Volatile.Read(ref _entries);
        uint place = (uint)handle - 1;
        return place < (uint)entries.Length && Volatile.Read(ref entries[place]) is { } entry && entry.Handle == handle
            ? entry.Activation
            : throw Unknown(handle);
    }

    /// <summary>Lets go of an activation.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static void Remove(ulong handle)
    {
        lock (Gate)
        {
            _ = Find(handle);
            int place = (int)((uint)handle - 1);
            _entries[place] = null;
            Free.Push(place);
        }
    }

    private static ArgumentException Unknown(ulong handle) => new(
        FormattableString.Invariant($"{handle} is no activation; it never was one, or it has been released."));

    private sealed record Entry(ulong Handle, Activation Activation);
}
