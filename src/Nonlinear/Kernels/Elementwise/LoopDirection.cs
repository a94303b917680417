using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>The way through a span, vector by vector, of a loop that stores each result at once: forwards or backwards.</summary>
/// <remarks>
/// A load that lies in its page like a recent store in its own waits until that store's data are there: the processor compares the low 12
/// bits of addresses first. So a loop loads the next inputs before it stores, and where the output lies a little further into its page than
/// an input it goes backwards, away from what it has just stored.
/// </remarks>
internal readonly struct LoopDirection
{
    private const nuint Page = 4096, Close = 1024;

    private LoopDirection(nuint start, nuint step) => (Start, Step) = (start, step);

    /// <summary>The index of the first vector.</summary>
    public nuint Start { get; }

    /// <summary>From one vector to the next; the negative of the count, in two's complement, backwards.</summary>
    public nuint Step { get; }

    /// <summary>The better way for these addresses.</summary>
    /// <param name="length">The number of elements, whole vectors.</param>
    /// <param name="count">The number of elements of a vector.</param>
    /// <param name="x">The one input.</param>
    /// <param name="u">The other, or the same.</param>
    /// <param name="output">The output.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe LoopDirection Choose<T, TOut>(nuint length, nuint count, ref T x, ref T u, ref TOut output)
    {
        nuint target = (nuint)Unsafe.AsPointer(ref output);
        nuint past = (target - (nuint)Unsafe.AsPointer(ref x)) % Page, pastOther = (target - (nuint)Unsafe.AsPointer(ref u)) % Page;
        bool backwards = Follows(past) ? !Follows(Page - pastOther) : Follows(pastOther) && !Follows(Page - past);
        return backwards ? new(length - count, 0 - count) : new(0, count);
    }

    /// <summary>
    /// The index after this one, or this one again if no vector is left; without a branch, which would cost more than loading it again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Next(nuint index, nuint step, nuint left) => index + (step & (nuint)((nint)(0 - left) >> 63));

    private static bool Follows(nuint distance) => distance is > 0 and < Close;
}
