using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Tensors.Strides;

/// <summary>Copies of elements that lie at equal distances. Neighbours are copied as one run of memory, many at a time.</summary>
internal static class StridedCopy
{
    /// <summary>Copies from a tensor.</summary>
    public static void Gather<T>(ref readonly T first, nint stride, Span<T> block)
    {
        if (stride == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(in first, block.Length).CopyTo(block);
            return;
        }
        for (int i = 0; i < block.Length; i++)
            block[i] = Unsafe.Add(ref Unsafe.AsRef(in first), i * stride);
    }

    /// <summary>Copies to a tensor.</summary>
    public static void Scatter<T>(ReadOnlySpan<T> block, ref T first, nint stride)
    {
        if (stride == 1)
        {
            block.CopyTo(MemoryMarshal.CreateSpan(ref first, block.Length));
            return;
        }
        for (int i = 0; i < block.Length; i++)
            Unsafe.Add(ref first, i * stride) = block[i];
    }
}
