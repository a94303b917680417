using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Tensors.Strides;

/// <summary>What is computed of every vector along a dimension.</summary>
internal interface IVectorOperation<T>
{
    /// <summary>Whether it matters where a vector lies among the others.</summary>
    bool IsCounted { get; }

    /// <summary>Computes the vectors along an axis of a dense tensor; the result may be one of the inputs.</summary>
    /// <param name="first">The first tensor.</param>
    /// <param name="second">The second; empty if there is none.</param>
    /// <param name="result">Receives the results.</param>
    /// <param name="shape">The shape of each.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <param name="firstVector">The number of the first vector among all of the tensor.</param>
    void Run(
        ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result, ReadOnlySpan<int> shape, int axis, long firstVector);
}

/// <summary>
/// Runs an operation over the vectors along a dimension: over all of them at once where tensors are one run of memory in the same order,
/// and else over some at a time that are gathered and scattered.
/// </summary>
internal static class VectorLoop
{
    // So many elements are gathered at a time, and one vector at least.
    private const int BlockLength = 4096;

    /// <summary>Of one tensor.</summary>
    public static void Run<T, O>(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> result, string name, int dimension, O operation)
        where T : unmanaged
        where O : struct, IVectorOperation<T>
    {
        dimension = Dimension(dimension, result.Rank);
        Lengths.Check(x.Lengths, result.Lengths, name);
        Places.CheckOutput(result, name);
        Places.CheckOverlap(x, result, name);
        if (!result.IsEmpty)
        {
            Run(in x.GetPinnableReference(), in Unsafe.NullRef<T>(), ref result.GetPinnableReference(),
                x.Lengths, [x.Strides.ToArray(), result.Strides.ToArray()], dimension, operation);
        }
    }

    /// <summary>Of two tensors.</summary>
    public static void Run<T, O>(
        in ReadOnlyTensorSpan<T> x,
        in ReadOnlyTensorSpan<T> u,
        string upstream,
        in TensorSpan<T> result,
        string name,
        int dimension,
        O operation)
        where T : unmanaged
        where O : struct, IVectorOperation<T>
    {
        dimension = Dimension(dimension, result.Rank);
        Lengths.Check(x.Lengths, u.Lengths, upstream);
        Lengths.Check(x.Lengths, result.Lengths, name);
        Places.CheckOutput(result, name);
        Places.CheckOverlap(x, result, name);
        Places.CheckOverlap(u, result, name);
        if (!result.IsEmpty)
        {
            Run(in x.GetPinnableReference(), in u.GetPinnableReference(), ref result.GetPinnableReference(),
                x.Lengths, [x.Strides.ToArray(), u.Strides.ToArray(), result.Strides.ToArray()], dimension, operation);
        }
    }

    private static void Run<T, O>(
        ref readonly T first, ref readonly T second, ref T result, ReadOnlySpan<nint> lengths, nint[][] strides, int dimension, O operation)
        where T : unmanaged
        where O : struct, IVectorOperation<T>
    {
        // Where vectors are counted, they are so in the order of their indices, else they are taken as the result lies.
        int[] order = [.. Enumerable.Range(0, lengths.Length)];
        if (!operation.IsCounted)
            order = [.. order.OrderByDescending(d => strides[^1][d])];
        nint[] ordered = [.. order.Select(Of(lengths))];
        nint count = Product(ordered);
        if (count <= Array.MaxLength && Array.TrueForAll(strides, each => Layout.IsRowMajor(ordered, [.. order.Select(d => each[d])])))
        {
            int axis = Array.IndexOf(order, dimension);
            int[] shape =
                [(int)Product(ordered.AsSpan(..axis)), (int)ordered[axis], (int)Product(ordered.AsSpan((axis + 1)..))];
            operation.Run(
                Span(in first, (int)count), Span(in second, (int)count), MemoryMarshal.CreateSpan(ref result, (int)count), shape, 1, 0);
            return;
        }

        if (lengths[dimension] > Array.MaxLength / 2)
            throw new ArgumentException($"A vector of {lengths[dimension]} numbers is too long for a tensor of such strides.");
        int length = (int)lengths[dimension];
        int[] others = [.. order.Where(d => d != dimension)];
        Layout layout = Layout.InOrder(
            [.. others.Select(Of(lengths))], [.. strides.Select(each => (nint[])[.. others.Select(d => each[d])])]);
        bool hasSecond = !Unsafe.IsNullRef(in second);
        Cursor a = new(layout, 0), b = new(layout, hasSecond ? 1 : 0), y = new(layout, hasSecond ? 2 : 1);
        nint vectors = count / length;
        int most = (int)Math.Min(vectors, Math.Max(1, BlockLength / length));
        T[] rented = ArrayPool<T>.Shared.Rent((hasSecond ? 2 : 1) * most * length);
        for (nint done = 0; done < vectors; done += most)
        {
            int some = (int)Math.Min(most, vectors - done);
            Span<T> block = rented.AsSpan(0, some * length);
            Span<T> upstream = hasSecond ? rented.AsSpan(some * length, some * length) : default;
            Gather(in first, a, strides[0][dimension], length, block);
            Gather(in second, b, strides[hasSecond ? 1 : 0][dimension], length, upstream);
            operation.Run(block, upstream, block, [some, length], 1, done);
            Scatter(block, ref result, y, strides[^1][dimension], length);
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    private static void Gather<T>(ref readonly T origin, Cursor vectors, nint stride, int length, Span<T> block)
    {
        for (int start = 0; start < block.Length; start += length)
        {
            StridedCopy.Gather(in Unsafe.Add(ref Unsafe.AsRef(in origin), vectors.Offset), stride, block.Slice(start, length));
            vectors.Advance(1);
        }
    }

    private static void Scatter<T>(ReadOnlySpan<T> block, ref T origin, Cursor vectors, nint stride, int length)
    {
        for (int start = 0; start < block.Length; start += length)
        {
            StridedCopy.Scatter(block.Slice(start, length), ref Unsafe.Add(ref origin, vectors.Offset), stride);
            vectors.Advance(1);
        }
    }

    // Counted from the front, or from the end if it is negative.
    private static int Dimension(int dimension, int rank) => dimension >= -rank && dimension < rank
        ? (dimension + rank) % rank
        : throw new ArgumentOutOfRangeException(
            nameof(dimension), dimension, $"dimension must be from {-rank} to {rank - 1} for a tensor of {rank} dimensions.");

    private static ReadOnlySpan<T> Span<T>(ref readonly T origin, int length) =>
        Unsafe.IsNullRef(in origin) ? default : MemoryMarshal.CreateReadOnlySpan(in origin, length);

    private static nint Product(ReadOnlySpan<nint> lengths)
    {
        nint product = 1;
        foreach (nint length in lengths)
            product = checked(product * length);
        return product;
    }

    private static Func<int, nint> Of(ReadOnlySpan<nint> lengths)
    {
        nint[] kept = lengths.ToArray();
        return dimension => kept[dimension];
    }
}
