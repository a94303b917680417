using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Runs the loop over floats with stores that bypass the caches, where the output is too large for them.</summary>
internal static class NonTemporalStores
{
    // Half of what the last cache of a large processor holds for a core; below it, a later reader finds the output there.
    private const int LeastBytes = 16 << 20;

    // Shorter parts of a larger output go to the caches all the same, so that short calls need not look.
    private const int LeastPartBytes = 16 << 10;

    [ThreadStatic]
    private static long t_wholeBytes;

    /// <summary>Work of which each part is stored as the whole output, of so many bytes, would be.</summary>
    public readonly struct AsWhole<TWork>(TWork work, long bytes) : IDivisible
        where TWork : struct, IDivisible
    {
        public void Do(int start, int count)
        {
            t_wholeBytes = bytes;
            try
            {
                work.Do(start, count);
            }
            finally
            {
                t_wholeBytes = 0;
            }
        }
    }

    // Whether bypassing the caches pays: not in place, where the output's lines are read anyway.
    private static bool Pays<T, TOut>(scoped in Elements<T, TOut> elements)
        where T : unmanaged
        where TOut : unmanaged
    {
        long bytes = (long)elements.Output.Length * Unsafe.SizeOf<TOut>();
        return bytes >= LeastPartBytes && Math.Max(bytes, t_wholeBytes) >= LeastBytes
            && !MemoryMarshal.AsBytes(elements.X).Overlaps(MemoryMarshal.AsBytes(elements.Output))
            && !MemoryMarshal.AsBytes(elements.Dy).Overlaps(MemoryMarshal.AsBytes(elements.Output));
    }

    /// <summary>Runs a loop as the size of its output suggests.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<S, TLoop, TOut>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TLoop : struct, IStoringLoop<TOut>
        where TOut : unmanaged
    {
        if (Pays(elements))
            RunPastCaches<S, TLoop, TOut>(elements);
        else
            TLoop.Run<S, Cached>(elements);
    }

    // Over whole vectors that are aligned in the output; what lies before and after them is computed as usual.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void RunPastCaches<S, TLoop, TOut>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TLoop : struct, IStoringLoop<TOut>
        where TOut : unmanaged
    {
        fixed (TOut* pinned = elements.Output)
        {
            int lanes = S.Count * sizeof(float), head = (int)((nuint)(-(nint)pinned) % (nuint)lanes) / sizeof(float);
            int length = elements.Output.Length, tail = (length - head) % S.Count;
            TLoop.Run<S, Cached>(elements.Slice(0, head));
            TLoop.Run<S, NonTemporal>(elements.Slice(head, length - head - tail));
            TLoop.Run<S, Cached>(elements.Slice(length - tail, tail));
            if (Sse.IsSupported)
                Sse.StoreFence();
        }
    }
}

/// <summary>A loop over floats whose stores may bypass the caches; then the output is pinned, and aligned to the lanes.</summary>
internal interface IStoringLoop<TOut>
    where TOut : unmanaged
{
    static abstract void Run<S, TStores>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, IFloatLanes<S>
        where TStores : struct, IStores;
}
