namespace Nonlinear.Tensors.Strides;

/// <summary>Whether lengths fit, and how they are told.</summary>
internal static class Lengths
{
    /// <exception cref="ArgumentException">A tensor has other lengths than it must have.</exception>
    public static void Check(ReadOnlySpan<nint> expected, ReadOnlySpan<nint> actual, string name)
    {
        if (!expected.SequenceEqual(actual))
            throw new ArgumentException($"{name} is {Text(actual)}; it must be {Text(expected)}.", name);
    }

    /// <summary>As they are written: 2 × 3.</summary>
    public static string Text(ReadOnlySpan<nint> lengths) => lengths.IsEmpty ? "a single number" : string.Join(" × ", lengths.ToArray());

    /// <summary>How many elements there are, where a span has to hold them all.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public static int Count(ReadOnlySpan<nint> lengths, string name)
    {
        nint count = 1;
        foreach (nint length in lengths)
            count = length == 0 ? 0 : count > Array.MaxLength / length ? nint.MaxValue : count * length;
        return count <= Array.MaxLength
            ? (int)count
            : throw new ArgumentException($"{name} is {Text(lengths)}: more than the {Array.MaxLength} elements that fit.", name);
    }
}
