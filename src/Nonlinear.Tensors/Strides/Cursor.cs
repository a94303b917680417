using System.Runtime.CompilerServices;

namespace Nonlinear.Tensors.Strides;

/// <summary>A place in a tensor, walked from the first element to the last.</summary>
internal sealed class Cursor(nint[] lengths, nint[] strides)
{
    private readonly nint[] _index = new nint[lengths.Length];

    public Cursor(Layout layout, int tensor)
        : this(layout.Lengths, layout.Strides[tensor])
    {
    }

    /// <summary>How far the place is from the first element, in elements of memory.</summary>
    public nint Offset { get; private set; }

    /// <summary>How many elements are left of the row that the place is in.</summary>
    public nint LeftInRow => lengths[^1] - _index[^1];

    /// <summary>Copies the next elements to a block.</summary>
    public void Read<T>(ref readonly T origin, Span<T> block)
    {
        nint stride = strides[^1];
        for (int done = 0; done < block.Length;)
        {
            Span<T> run = block.Slice(done, (int)Math.Min(LeftInRow, block.Length - done));
            StridedCopy.Gather(in Unsafe.Add(ref Unsafe.AsRef(in origin), Offset), stride, run);
            Advance(run.Length);
            done += run.Length;
        }
    }

    /// <summary>Copies a block to the next elements.</summary>
    public void Write<T>(ReadOnlySpan<T> block, ref T origin)
    {
        nint stride = strides[^1];
        for (int done = 0; done < block.Length;)
        {
            ReadOnlySpan<T> run = block.Slice(done, (int)Math.Min(LeftInRow, block.Length - done));
            StridedCopy.Scatter(run, ref Unsafe.Add(ref origin, Offset), stride);
            Advance(run.Length);
            done += run.Length;
        }
    }

    /// <summary>Goes on by a number of elements, to the end of the row at most.</summary>
    public void Advance(nint count)
    {
        int dimension = lengths.Length - 1;
        _index[dimension] += count;
        Offset += count * strides[dimension];
        for (; dimension > 0 && _index[dimension] == lengths[dimension]; dimension--)
        {
            Offset += strides[dimension - 1] - (lengths[dimension] * strides[dimension]);
            _index[dimension] = 0;
            _index[dimension - 1]++;
        }
    }
}
