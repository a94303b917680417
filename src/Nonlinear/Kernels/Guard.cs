using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>The checks that every call makes before it writes anything.</summary>
internal static class Guard
{
    /// <exception cref="ArgumentException">A span is not as long as it must be.</exception>
    public static void Length(int expected, int actual, string name)
    {
        if (expected != actual)
            throw new ArgumentException($"{name} has {actual} elements; it must have {expected}.", name);
    }

    /// <exception cref="ArgumentException">The output covers a part of the input, so that inputs would be lost before they are read.</exception>
    public static void Overlap<TIn, TOut>(ReadOnlySpan<TIn> input, Span<TOut> output, string name)
        where TIn : unmanaged
        where TOut : unmanaged
    {
        if (input.IsEmpty || output.IsEmpty)
            return;
        ref byte from = ref Unsafe.As<TIn, byte>(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(input));
        ref byte to = ref Unsafe.As<TOut, byte>(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(output));
        nint distance = Unsafe.ByteOffset(ref from, ref to);
        bool same = distance == 0 && Unsafe.SizeOf<TIn>() == Unsafe.SizeOf<TOut>();
        bool apart = distance >= (nint)input.Length * Unsafe.SizeOf<TIn>() || -distance >= (nint)output.Length * Unsafe.SizeOf<TOut>();
        if (!same && !apart)
            throw new ArgumentException($"{name} overlaps an input in part; pass the same span or one that is apart.", name);
    }
}
