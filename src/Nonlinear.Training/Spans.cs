using System.Numerics;

namespace Nonlinear.Training;

/// <summary>Spans as vectors, the last of which may be filled in part: each element has the bits of plain arithmetic.</summary>
internal static class Spans
{
    /// <summary>Adds numbers to others.</summary>
    public static void Add(ReadOnlySpan<float> numbers, Span<float> to)
    {
        for (int i = 0; i < to.Length; i += Vector<float>.Count)
            Store(Load(numbers, i) + Load(to, i), to, i);
    }

    /// <summary>Sums rows as long as the sums, in their order.</summary>
    public static void SumRows(ReadOnlySpan<float> numbers, Span<float> sums)
    {
        sums.Clear();
        for (int start = 0; start < numbers.Length; start += sums.Length)
            Add(numbers.Slice(start, sums.Length), sums);
    }

    /// <summary>The vector that begins at a place; 0 beyond the end.</summary>
    public static Vector<float> Load(ReadOnlySpan<float> numbers, int start)
    {
        ReadOnlySpan<float> rest = numbers[start..];
        if (rest.Length >= Vector<float>.Count)
            return new(rest);
        Span<float> filled = stackalloc float[Vector<float>.Count];
        rest.CopyTo(filled);
        filled[rest.Length..].Clear();
        return new(filled);
    }

    /// <summary>Writes a vector, as far as there is room.</summary>
    public static void Store(Vector<float> vector, Span<float> numbers, int start)
    {
        Span<float> rest = numbers[start..];
        if (vector.TryCopyTo(rest))
            return;
        Span<float> filled = stackalloc float[Vector<float>.Count];
        vector.CopyTo(filled);
        filled[..rest.Length].CopyTo(rest);
    }
}
