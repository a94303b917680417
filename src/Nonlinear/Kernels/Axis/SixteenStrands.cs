using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>
/// How vectors lie in sixteen strands side by side, on which the loops of the fast tier work: a long vector is dealt out to all of them,
/// element by element; of up to sixteen short vectors each is a strand of its own.
/// </summary>
/// <remarks>
/// So a loop is the same for both, and nothing is reduced within a register: what is left of the strands at the end is joined if they are
/// one vector. Sixteen is the number of lanes of the widest vector of floats; with narrower ones a loop runs over some strands, then over
/// others, and no result depends on the width.
/// </remarks>
internal static class SixteenStrands
{
    /// <summary>The number of strands.</summary>
    public const int Count = 16;

    /// <summary>Up to this length a vector is one strand.</summary>
    public const int LongestStrand = 63;

    /// <summary>Up to this length vectors can be turned into strands.</summary>
    public const int LongestTurned = 128;

    /// <summary>Room for the strands of vectors of that length.</summary>
    public const int Room = Count * LongestTurned;

    private const int Size = Transposition.Size, RoomForCopy = (Size * LongestTurned) + Size;

    /// <summary>Turns vectors of one length, one behind the other, into strands; those that there are not are 0.</summary>
    [SkipLocalsInit]
    public static void Interleave(ReadOnlySpan<float> vectors, int length, ref float strands)
    {
        Span<float> copy = stackalloc float[RoomForCopy];
        for (int first = 0; first < Count; first += Size)
        {
            scoped ReadOnlySpan<float> some = vectors[Math.Min(vectors.Length, first * length)..];
            // Read in order, they come from memory sooner; and a square reaches beyond the end of its last vector.
            if (some.Length < Size * length)
                copy.Clear();
            some[..Math.Min(some.Length, Size * length)].CopyTo(copy);
            some = copy;
            for (int start = 0; start < length; start += Size)
                Transposition.Do(
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(some), start), (nuint)length,
                    ref Unsafe.Add(ref strands, (start * Count) + first), Count);
        }
    }

    /// <summary>Turns strands back into vectors.</summary>
    [SkipLocalsInit]
    public static void Separate(ref float strands, int length, Span<float> vectors)
    {
        Span<float> copy = stackalloc float[RoomForCopy];
        for (int first = 0; first * length < vectors.Length; first += Size)
        {
            Span<float> rest = vectors[(first * length)..];
            bool fits = rest.Length >= ((Size - 1) * length) + RoundUp(length);
            ref float target = ref MemoryMarshal.GetReference(fits ? rest : copy);
            // The last columns first: what a square writes beyond the end of a vector is then overwritten.
            for (int start = RoundUp(length) - Size; start >= 0; start -= Size)
                Transposition.Do(
                    ref Unsafe.Add(ref strands, (start * Count) + first), Count, ref Unsafe.Add(ref target, start), (nuint)length);
            if (!fits)
                copy[..Math.Min(rest.Length, Size * length)].CopyTo(rest);
        }
    }

    private static int RoundUp(int length) => (length + Size - 1) & -Size;
}
