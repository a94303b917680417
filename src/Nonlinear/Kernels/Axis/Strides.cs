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

    public void Gather<T>(ReadOnlySpan<T> tensor, int index, Span<T> vector)
    {
        for (int i = 0, position = Start(index); i < vector.Length; i++, position += Inner)
            vector[i] = tensor[position];
    }

    public void Scatter<T>(ReadOnlySpan<T> vector, int index, Span<T> tensor)
    {
        for (int i = 0, position = Start(index); i < vector.Length; i++, position += Inner)
            tensor[position] = vector[i];
    }

    /// <summary>Where a vector begins.</summary>
    public int Start(int index) => (index / Inner * Inner * Length) + (index % Inner);
}
