namespace Nonlinear.Lab.Arrays;

/// <summary>NumPy files that fit into memory, as floats.</summary>
internal static class NpyFloats
{
    /// <summary>Reads a file of floating-point numbers of any kind.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds no floating-point numbers in row-major order, has no axis, or is too
    /// large.</exception>
    public static (int[] Shape, float[] Values) Read(string path)
    {
        using ArraySource source = ArraySource.Open(path);
        NpyHeader header = source.Header;
        if (header.Shape.Count == 0 || header.Count == 0)
            throw new InvalidDataException($"'{path}' holds a single number or none; the first axis must be the samples.");
        if (header.FortranOrder && header.Shape.Count > 1)
            throw new InvalidDataException($"'{path}' is in column-major order; save it again with numpy.ascontiguousarray.");
        if (header.Count > int.MaxValue / sizeof(double))
            throw new InvalidDataException(
                $"'{path}' holds {header.Count} numbers; a sample of up to {int.MaxValue / sizeof(double)} is enough.");
        float[] values = header.Type switch
        {
            ElementType.Half => Array.ConvertAll(Elements<Half>(source), value => (float)value),
            ElementType.Double => Array.ConvertAll(Elements<double>(source), value => (float)value),
            _ => Elements<float>(source),
        };
        return ([.. header.Shape.Select(extent => (int)extent)], values);
    }

    /// <summary>Writes a matrix; the file appears whole or not at all.</summary>
    public static void Write(string path, ReadOnlySpan<float> values, int rows)
    {
        byte[] header = new NpyHeader(
            ElementType.Float,
            BigEndian: !BitConverter.IsLittleEndian,
            FortranOrder: false,
            [rows, values.Length / rows]).ToBytes();
        WholeFile.Write(path, [.. header, .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(values)]);
    }

    private static T[] Elements<T>(ArraySource source)
        where T : unmanaged
    {
        T[] elements = new T[source.Header.Count];
        source.Read<T>(elements, new(0, 1, 0, elements.Length), 1, elements.Length);
        return elements;
    }
}
