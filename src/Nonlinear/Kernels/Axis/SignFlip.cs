using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>Numbers with their signs changed, which rounds nothing: their sign bits.</summary>
internal static class SignFlip
{
    /// <summary>target = -source; they may be the same.</summary>
    public static void Run<T>(ReadOnlySpan<T> source, Span<T> target)
        where T : unmanaged
    {
        switch (Unsafe.SizeOf<T>())
        {
            case sizeof(ushort):
                Run<T, ushort>(source, target, 0x8000);
                break;
            case sizeof(uint):
                Run<T, uint>(source, target, 1U << 31);
                break;
            default:
                Run<T, ulong>(source, target, 1UL << 63);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T, TBits>(ReadOnlySpan<T> source, Span<T> target, TBits sign)
        where T : unmanaged
        where TBits : unmanaged, IBinaryInteger<TBits>
    {
        ReadOnlySpan<TBits> from = MemoryMarshal.Cast<T, TBits>(source);
        Span<TBits> to = MemoryMarshal.Cast<T, TBits>(target);
        Vector<TBits> signs = new(sign);
        int i = 0;
        for (; i <= from.Length - Vector<TBits>.Count; i += Vector<TBits>.Count)
            (new Vector<TBits>(from[i..]) ^ signs).CopyTo(to[i..]);
        for (; i < from.Length; i++)
            to[i] = from[i] ^ sign;
    }
}
