namespace Nonlinear.Kernels;

/// <summary>Row-major shapes.</summary>
internal static class TensorShape
{
    /// <summary>The number of elements of a shape.</summary>
    public static int Product(ReadOnlySpan<int> shape)
    {
        int product = 1;
        foreach (int size in shape)
            product = checked(product * size);
        return product;
    }

    /// <exception cref="ArgumentException">A size is negative, or the shape has not as many elements as the span.</exception>
    public static void Check(ReadOnlySpan<int> shape, int length, string name)
    {
        long product = 1;
        foreach (int size in shape)
        {
            if (size < 0)
                throw new ArgumentException($"{name} has the negative size {size}.", name);
            product = Math.Min(product * size, long.MaxValue / int.MaxValue);
        }
        if (product != length)
            throw new ArgumentException(
                $"{name} ({string.Join(" × ", shape.ToArray())}) does not have the {length} elements of the span.", name);
    }

    /// <summary>The axis counted from the front.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static int Axis(int axis, int dimensions)
    {
        if (axis < -dimensions || axis >= dimensions)
        {
            throw new ArgumentOutOfRangeException(
                nameof(axis), axis, $"axis must be from {-dimensions} to {dimensions - 1} for a shape of {dimensions} dimensions.");
        }
        return axis < 0 ? axis + dimensions : axis;
    }
}
