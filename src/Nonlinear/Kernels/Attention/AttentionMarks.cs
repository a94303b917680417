using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>Masks of marks as numbers to add.</summary>
internal static class AttentionMarks
{
    /// <summary>What is added for each mark.</summary>
    /// <param name="marks">The marks.</param>
    /// <param name="marksKept">Whether they are on keys that take part.</param>
    /// <param name="none">0, for a key that takes part.</param>
    /// <param name="all">-∞, for one that does not.</param>
    /// <param name="added">Receives as many numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread<TRow>(ReadOnlySpan<bool> marks, bool marksKept, TRow none, TRow all, Span<TRow> added)
        where TRow : unmanaged
    {
        // Without a branch, which marks at random would lead astray.
        ReadOnlySpan<TRow> choices = [marksKept ? all : none, marksKept ? none : all];
        for (int i = 0; i < marks.Length; i++)
            added[i] = choices[Unsafe.BitCast<bool, byte>(marks[i]) & 1];
    }
}
