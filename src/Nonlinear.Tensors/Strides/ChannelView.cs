using System.Numerics.Tensors;

namespace Nonlinear.Tensors.Strides;

/// <summary>
/// How a parameter is spread over a tensor: the dimensions in which it has a value for each place, and those that share one. Dense copies
/// have those that share first, so that a span with the shape (shared × values) says it all.
/// </summary>
/// <remarks>The places that share a value are walked in the order of their indices, and so sums over them have an order.</remarks>
internal sealed class ChannelView
{
    private readonly int[] _order;
    private readonly nint[] _lengths;

    private ChannelView(nint[] lengths, bool[] hasValues, int count)
    {
        _lengths = lengths;
        _order = [.. Enumerable.Range(0, lengths.Length).OrderBy(dimension => hasValues[dimension])];
        Count = count;
        Values = lengths.Where((_, dimension) => hasValues[dimension]).Aggregate(1, (product, length) => product * (int)length);
        // Shared, with values, shared again: a row-major span has a shape of its own for that. Dimensions of one place are no matter.
        int first = Math.Max(0, Array.IndexOf(hasValues, true)), last = Math.Max(first, Array.LastIndexOf(hasValues, true) + 1);
        Shape = Enumerable.Range(first, last - first).All(dimension => hasValues[dimension] || lengths[dimension] == 1)
            ? [Product(lengths.AsSpan(..first)), Product(lengths.AsSpan(first..last)), Product(lengths.AsSpan(last..))]
            : null;
    }

    /// <summary>The number of elements.</summary>
    public int Count { get; }

    /// <summary>The number of the parameter's values.</summary>
    public int Values { get; }

    /// <summary>The shape of a row-major tensor whose dimension 1 is the parameter's, if there is one.</summary>
    public int[]? Shape { get; }

    /// <summary>The shape of a dense copy.</summary>
    public int[] CopiedShape => [Values == 0 ? 0 : Count / Values, Values];

    /// <exception cref="ArgumentException">
    /// The parameter's lengths, counted from the last, are neither 1 nor those of the tensor; or there are too many elements.
    /// </exception>
    public static ChannelView Of(ReadOnlySpan<nint> lengths, string tensor, ReadOnlySpan<nint> parameter, string name)
    {
        int count = Strides.Lengths.Count(lengths, tensor), missing = lengths.Length - parameter.Length;
        bool[] hasValues = new bool[lengths.Length];
        bool fits = missing >= 0;
        for (int dimension = Math.Max(missing, 0); fits && dimension < lengths.Length; dimension++)
        {
            nint length = parameter[dimension - missing];
            fits = length == 1 || length == lengths[dimension];
            hasValues[dimension] = length != 1;
        }
        if (!fits)
        {
            throw new ArgumentException(
                $"{name} is {Strides.Lengths.Text(parameter)}; its lengths, counted from the last, must be 1 or those of {tensor}, "
                    + $"{Strides.Lengths.Text(lengths)}.",
                name);
        }
        return new(lengths.ToArray(), hasValues, count);
    }

    /// <summary>The elements in the order of a dense copy.</summary>
    public T[] Copy<T>(in ReadOnlyTensorSpan<T> tensor)
    {
        T[] copy = new T[Count];
        if (Count > 0)
            Walk(tensor.Strides).Read(in tensor.GetPinnableReference(), copy);
        return copy;
    }

    /// <summary>Puts the elements of a dense copy into their places.</summary>
    public void PutBack<T>(ReadOnlySpan<T> copy, in TensorSpan<T> tensor)
    {
        if (Count > 0)
            Walk(tensor.Strides).Write(copy, ref tensor.GetPinnableReference());
    }

    private Cursor Walk(ReadOnlySpan<nint> strides)
    {
        nint[] kept = strides.ToArray();
        return new(
            Layout.InOrder([.. _order.Select(dimension => _lengths[dimension])], [.. _order.Select(dimension => kept[dimension])]), 0);
    }

    private static int Product(ReadOnlySpan<nint> lengths)
    {
        int product = 1;
        foreach (nint length in lengths)
            product *= (int)length;
        return product;
    }
}
