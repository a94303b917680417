using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>
/// How much of a span the fused forms take at a time: little enough that it is still in the first cache when it is read again.
/// </summary>
internal static class CacheBlock
{
    // Three or four of them share 32 KiB. For 16 bits it is 4096 elements, from which on results come from a table.
    private const int Bytes = 1 << 13;

    /// <summary>The number of elements.</summary>
    public static int Length<T>()
        where T : unmanaged => Bytes / Unsafe.SizeOf<T>();
}
