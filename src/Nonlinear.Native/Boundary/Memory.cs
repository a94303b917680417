namespace Nonlinear.Native.Boundary;

/// <summary>The caller's memory as spans.</summary>
internal static unsafe class Memory
{
    /// <summary>Elements that are read.</summary>
    /// <exception cref="ArgumentException">They cannot be where the caller says.</exception>
    public static ReadOnlySpan<T> In<T>(void* start, long count, string name)
        where T : unmanaged => Out<T>(start, count, name);

    /// <summary>Elements that are written.</summary>
    /// <exception cref="ArgumentException">They cannot be where the caller says.</exception>
    public static Span<T> Out<T>(void* start, long count, string name)
        where T : unmanaged
    {
        if (count is < 0 or > int.MaxValue)
            throw new ArgumentException(FormattableString.Invariant(
                $"{name} cannot have {count} elements: a call takes from 0 to {int.MaxValue}; divide longer arrays among several calls."));
        if (start == null && count > 0)
            throw new ArgumentException($"{name} is NULL.");
        if ((nuint)start % (nuint)sizeof(T) != 0)
            throw new ArgumentException(
                FormattableString.Invariant($"{name} does not begin at a multiple of the {sizeof(T)} bytes of its elements."));
        return new(start, (int)count);
    }

    /// <summary>A place for one result.</summary>
    /// <exception cref="ArgumentException">It is nowhere.</exception>
    public static ref T Place<T>(T* place, string name)
        where T : unmanaged => ref Out<T>(place, 1, name)[0];

    /// <summary>A shape, each extent of which has to be one that a call can take.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static int[] Shape(long* shape, int dimensions)
    {
        int[] extents = new int[In<long>(shape, dimensions, "shape").Length];
        for (int i = 0; i < extents.Length; i++)
        {
            if (shape[i] is < 0 or > int.MaxValue)
                throw new ArgumentException(FormattableString.Invariant($"shape[{i}] is {shape[i]}, which is no extent of a tensor."));
            extents[i] = (int)shape[i];
        }
        return extents;
    }

    /// <summary>How many elements a shape has.</summary>
    /// <exception cref="ArgumentException">More than a call can take.</exception>
    public static long CountOf(ReadOnlySpan<int> shape)
    {
        Int128 count = 1;
        foreach (int extent in shape)
            count = count > int.MaxValue && extent != 0 ? count : count * extent;
        return count <= int.MaxValue ? (long)count : throw new ArgumentException(
            $"A tensor of more than {int.MaxValue} elements does not fit into a call; divide it along another axis.");
    }
}
