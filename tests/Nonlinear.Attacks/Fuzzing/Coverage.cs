using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Nonlinear.Attacks.Fuzzing;

/// <summary>
/// The branches that inputs took, counted by what sharpfuzz has written into assemblies; of assemblies as they were built it sees none.
/// </summary>
internal sealed unsafe class Coverage : IDisposable
{
    private const int Size = 1 << 16;

    private readonly byte* _counts = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    /// <summary>Starts to count.</summary>
    public Coverage() => Trace.SharedMem = _counts;

    /// <summary>Forgets the last input, before the next is read.</summary>
    public void Clear()
    {
        new Span<byte>(_counts, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether a branch was taken that none before took, or more than twice as often.</summary>
    public bool IsNew()
    {
        bool isNew = false;
        Span<byte> counts = new(_counts, Size);
        // Nearly all are 0.
        for (int i = 0, taken; (taken = counts[i..].IndexOfAnyExcept((byte)0)) >= 0; i++)
        {
            i += taken;
            byte often = (byte)(1 << BitOperations.Log2(counts[i]));
            isNew |= (_seen[i] & often) == 0;
            _seen[i] |= often;
        }
        return isNew;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Trace.SharedMem = null;
        NativeMemory.Free(_counts);
    }
}
