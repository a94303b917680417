using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Tensors.Strides;

/// <summary>What is computed of every element: of a block of one tensor, or of blocks of two.</summary>
internal interface IBlockOperation<T>
{
    /// <summary>Computes a block; the result may be one of the inputs. Without a second tensor its block is empty.</summary>
    void Run(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result);
}

/// <summary>
/// Runs an operation over the elements of tensors: over all of them at once where they are one run of memory, over rows that are, and else
/// over blocks that are gathered and scattered.
/// </summary>
internal static class BlockLoop
{
    private const int BlockLength = 512;

    // A call takes as long as copying a row of so many elements to and from a block. No call takes more elements than fit into a span.
    private const int RowLength = 128, Longest = 1 << 30;

    /// <summary>Of one tensor.</summary>
    public static void Run<T, O>(in ReadOnlyTensorSpan<T> x, in TensorSpan<T> result, string name, O operation)
        where T : unmanaged
        where O : struct, IBlockOperation<T>
    {
        Lengths.Check(x.Lengths, result.Lengths, name);
        Places.CheckOutput(result, name);
        Places.CheckOverlap(x, result, name);
        if (result.IsEmpty)
            return;
        Layout? layout = Layout.IsRowMajor(x.Lengths, x.Strides) && Layout.IsRowMajor(result.Lengths, result.Strides)
            ? null
            : Layout.AsTheLastLies(x.Lengths, x.Strides.ToArray(), result.Strides.ToArray());
        ref readonly T first = ref x.GetPinnableReference(), none = ref Unsafe.NullRef<T>();
        if (layout?.IsDense != false)
            Whole(in first, in none, ref result.GetPinnableReference(), result.FlattenedLength, operation);
        else
            InParts(layout, in first, in none, ref result.GetPinnableReference(), operation);
    }

    /// <summary>Of two tensors.</summary>
    public static void Run<T, O>(
        in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> u, string upstream, in TensorSpan<T> result, string name, O operation)
        where T : unmanaged
        where O : struct, IBlockOperation<T>
    {
        Lengths.Check(x.Lengths, u.Lengths, upstream);
        Lengths.Check(x.Lengths, result.Lengths, name);
        Places.CheckOutput(result, name);
        Places.CheckOverlap(x, result, name);
        Places.CheckOverlap(u, result, name);
        if (result.IsEmpty)
            return;
        bool isRowMajor = Layout.IsRowMajor(x.Lengths, x.Strides) && Layout.IsRowMajor(u.Lengths, u.Strides)
            && Layout.IsRowMajor(result.Lengths, result.Strides);
        Layout? layout = isRowMajor
            ? null
            : Layout.AsTheLastLies(x.Lengths, x.Strides.ToArray(), u.Strides.ToArray(), result.Strides.ToArray());
        ref readonly T first = ref x.GetPinnableReference(), second = ref u.GetPinnableReference();
        if (layout?.IsDense != false)
            Whole(in first, in second, ref result.GetPinnableReference(), result.FlattenedLength, operation);
        else
            InParts(layout, in first, in second, ref result.GetPinnableReference(), operation);
    }

    private static void Whole<T, O>(ref readonly T first, ref readonly T second, ref T result, nint count, O operation)
        where T : unmanaged
        where O : struct, IBlockOperation<T>
    {
        for (nint start = 0; start < count; start += Longest)
        {
            int length = (int)Math.Min(Longest, count - start);
            operation.Run(Input(in first, start, length), Input(in second, start, length), Output(ref result, start, length));
        }
    }

    private static void InParts<T, O>(Layout layout, ref readonly T first, ref readonly T second, ref T result, O operation)
        where T : unmanaged
        where O : struct, IBlockOperation<T>
    {
        bool hasSecond = !Unsafe.IsNullRef(in second);
        Cursor a = new(layout, 0), b = new(layout, hasSecond ? 1 : 0), y = new(layout, hasSecond ? 2 : 1);
        nint left = layout.Lengths.Aggregate((nint)1, (product, length) => product * length);
        if (layout.HasDenseRows && layout.Lengths[^1] >= RowLength)
        {
            while (left > 0)
            {
                int count = (int)Math.Min(y.LeftInRow, Longest);
                operation.Run(Input(in first, a.Offset, count), Input(in second, b.Offset, count), Output(ref result, y.Offset, count));
                foreach (Cursor cursor in (ReadOnlySpan<Cursor>)[a, b, y])
                    cursor.Advance(count);
                left -= count;
            }
            return;
        }

        Span<T> block = stackalloc T[BlockLength], upstream = stackalloc T[BlockLength];
        while (left > 0)
        {
            int count = (int)Math.Min(BlockLength, left);
            a.Read(in first, block[..count]);
            if (hasSecond)
                b.Read(in second, upstream[..count]);
            operation.Run(block[..count], hasSecond ? upstream[..count] : default, block[..count]);
            y.Write(block[..count], ref result);
            left -= count;
        }
    }

    // No span of a tensor that is not there.
    private static ReadOnlySpan<T> Input<T>(ref readonly T origin, nint start, int length) => Unsafe.IsNullRef(in origin)
        ? default
        : MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in origin), start), length);

    private static Span<T> Output<T>(ref T origin, nint start, int length) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref origin, start), length);
}
