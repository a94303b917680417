using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>Work that can be done a part at a time, by any thread and in any order.</summary>
internal interface IDivisible
{
    /// <summary>Does some neighbouring items.</summary>
    void Do(int start, int count);
}

/// <summary>How a long call is divided among threads.</summary>
internal static class WorkDivision
{
    // Long against the cost of handing one out, and short against the caches.
    private const int Bytes = 1 << 15;

    // Waking a thread takes as long as a few chunks do: a shorter call is over before help arrives.
    private const int WorthSharing = 4;

    /// <summary>Does all items on at most so many threads, the caller's among them, and returns when no thread is at it any more.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <typeparam name="TWork">The work.</typeparam>
    /// <param name="items">The number of items.</param>
    /// <param name="size">How many elements of work an item is.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="work">The work; it may hold pointers that are good until this method returns.</param>
    /// <param name="least">The number of items that a chunk has at least.</param>
    public static void Run<T, TWork>(int items, long size, int threads, TWork work, int least = 1)
        where TWork : struct, IDivisible
    {
        // A multiple of 64 elements, so that chunks lie in vectors and cache lines as the whole does.
        int elements = Bytes / Unsafe.SizeOf<T>(), itemsOfAChunk = (int)Math.Max(elements / Math.Max(size, 1), least);
        if (items > itemsOfAChunk && items * size > WorthSharing * elements)
            new SharedCall<TWork>(work, items, itemsOfAChunk).Run(helpers: Math.Min(threads, ((items - 1) / itemsOfAChunk) + 1) - 1);
        else
            work.Do(0, items);
    }
}
