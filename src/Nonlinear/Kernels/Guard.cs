using System.Runtime.InteropServices;

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

    /// <exception cref="ArgumentException">
    /// The output covers a part of the input, so that inputs would be lost before they are read.
    /// </exception>
    public static void Overlap<T>(ReadOnlySpan<T> input, Span<T> output, string name)
        where T : unmanaged
    {
        if (input.Overlaps(output, out int offset) && offset != 0)
            throw new ArgumentException($"{name} overlaps an input in part; pass the same span or one that is apart.", name);
    }

    /// <exception cref="ArgumentException">The two share memory, where even the same span cannot serve as both.</exception>
    public static void Apart<TFirst, TSecond>(ReadOnlySpan<TFirst> input, Span<TSecond> output, string name)
        where TFirst : unmanaged
        where TSecond : unmanaged
    {
        if (MemoryMarshal.AsBytes(input).Overlaps(MemoryMarshal.AsBytes(output)))
            throw new ArgumentException($"{name} overlaps an input; pass a span that is apart.", name);
    }
}
