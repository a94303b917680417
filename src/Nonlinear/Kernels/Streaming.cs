using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Nonlinear.Numerics;
using static Nonlinear.Kernels.ElementwiseLoop;

namespace Nonlinear.Kernels;

/// <summary>Runs the loop over floats with stores that bypass the caches, where the output is too large for them.</summary>
internal static class Streaming
{
    // Half of what the last cache of a large processor holds for a core; below it, a later reader finds the output there.
    private const int LeastBytes = 16 << 20;

    /// <summary>Whether bypassing the caches pays: not in place, where the output's lines are read anyway.</summary>
    public static bool Pays<T, TOut>(scoped in Elements<T, TOut> elements)
        where T : unmanaged
        where TOut : unmanaged =>
        (long)elements.Output.Length * Unsafe.SizeOf<TOut>() >= LeastBytes
        && !MemoryMarshal.AsBytes(elements.X).Overlaps(MemoryMarshal.AsBytes(elements.Output))
        && !MemoryMarshal.AsBytes(elements.Dy).Overlaps(MemoryMarshal.AsBytes(elements.Output));

    /// <summary>The loop, over whole vectors that are aligned in the output; what lies before and after them is computed as usual.</summary>
    public static unsafe void Run<S, TNaN, F, O, TShape, TOut>(scoped in Elements<float, TOut> elements)
        where S : struct, IReal<S>, ISingles<S>
        where TNaN : struct, INaN
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TShape : struct, IShape
        where TOut : unmanaged
    {
        fixed (TOut* pinned = elements.Output)
        {
            int lanes = S.Count * sizeof(float), head = (int)((nuint)(-(nint)pinned) % (nuint)lanes) / sizeof(float);
            int length = elements.Output.Length, tail = (length - head) % S.Count;
            Run<float, TOut, S, PlainSinglesFormat<S, Cached, TNaN>, F, O, TShape>(elements.Slice(0, head));
            Run<float, TOut, S, PlainSinglesFormat<S, Streamed, TNaN>, F, O, TShape>(elements.Slice(head, length - head - tail));
            Run<float, TOut, S, PlainSinglesFormat<S, Cached, TNaN>, F, O, TShape>(elements.Slice(length - tail, tail));
            if (Sse.IsSupported)
                Sse.StoreFence();
        }
    }
}
