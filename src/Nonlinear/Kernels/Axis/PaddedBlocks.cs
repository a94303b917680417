using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>A vector as a whole number of blocks, and what is left over in a padded one.</summary>
internal ref struct PaddedBlocks<T>
    where T : unmanaged
{
    /// <summary>How many elements a block has: as many as the widest vector has doubles.</summary>
    public const int Strands = 8;

    /// <summary>The length of a vector with its padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static int RoundUp(int length) => (length + Strands - 1) & -Strands;

    public ref T Whole;
    public int WholeLength, TailLength;
    public Buffer8<T> Tail;

    public PaddedBlocks(ReadOnlySpan<T> source, T padding)
    {
        WholeLength = source.Length / Strands * Strands;
        TailLength = source.Length - WholeLength;
        Whole = ref MemoryMarshal.GetReference(source);
        if (TailLength == 0)
            return;
        ((Span<T>)Tail).Fill(padding);
        source[WholeLength..].CopyTo(Tail);
    }
}
