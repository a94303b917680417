namespace Nonlinear.Kernels;

/// <summary>Where the vectors along an axis of a row-major tensor lie.</summary>
internal readonly struct Strides
{
    /// <exception cref="ArgumentException">The shape does not hold the elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public Strides(ReadOnlySpan<int> shape, int axis, int length)
    {
        TensorShape.Check(shape, length, nameof(shape));
        axis = TensorShape.Axis(axis, shape.Length);
        Length = Math.Max(shape[axis], 1);
        Inner = length == 0 ? 1 : TensorShape.Product(shape[(axis + 1)..]);
        Vectors = length / Length;
    }

    /// <summary>The number of elements of a vector.</summary>
    public int Length { get; }

    /// <summary>The distance between neighbours in a vector.</summary>
    public int Inner { get; }

    /// <summary>The number of vectors.</summary>
    public int Vectors { get; }

    /// <summary>The number of the first vector, where the tensor is a part of a larger one.</summary>
    public long FirstVector { get; init; }

    /// <summary>Copies vectors that follow each other, from a number on, into a row each.</summary>
    public void Gather<T>(ReadOnlySpan<T> tensor, int first, int count, Span<T> rows)
    {
        for (int vector = 0; vector < count; vector++)
        {
            Span<T> row = rows.Slice(vector * Length, Length);
            for (int i = 0, position = Start(first + vector); i < row.Length; i++, position += Inner)
                row[i] = tensor[position];
        }
    }

    /// <summary>Copies rows back to where the vectors lie.</summary>
    public void Scatter<T>(ReadOnlySpan<T> rows, int first, int count, Span<T> tensor)
    {
        for (int vector = 0; vector < count; vector++)
        {
            ReadOnlySpan<T> row = rows.Slice(vector * Length, Length);
            for (int i = 0, position = Start(first + vector); i < row.Length; i++, position += Inner)
                tensor[position] = row[i];
        }
    }

    /// <summary>Where a vector begins.</summary>
    public int Start(int index) => (index / Inner * Inner * Length) + (index % Inner);
}
