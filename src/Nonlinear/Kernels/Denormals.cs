using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>
/// Keeps subnormal numbers for the length of a call. A library in the same process may have told a thread's processor to take them for 0,
/// as code compiled with -ffast-math does when it is loaded; results would then differ between threads.
/// </summary>
/// <remarks>
/// Only Linux is corrected, on x64 and Arm64: what C's library saves of the processor is laid out otherwise elsewhere.
/// </remarks>
internal readonly ref struct Denormals
{
    private const int LeastNormalExponent = -1022;

    // Not constants, so that the processor in its present state subtracts them. Their difference is subnormal.
    private static readonly double[] Neighbours = [Math.ScaleB(1.5, LeastNormalExponent), Math.ScaleB(1, LeastNormalExponent)];

    // The control word as it was; 0 if it need not be put back, which no processor has it at.
    private readonly ulong _before;

    private Denormals(ulong before) => _before = before;

    /// <summary>Whether the processor takes subnormal numbers for 0, on this thread.</summary>
    public static bool AreFlushed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref double first = ref MemoryMarshal.GetArrayDataReference(Neighbours);
            return first - Unsafe.Add(ref first, 1) == 0;
        }
    }

    /// <summary>Keeps them until it is disposed of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Denormals Keep() => AreFlushed ? new(Change()) : default;

    /// <summary>Puts the processor back into its former state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        if (_before != 0)
            PutBack(_before);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Change()
    {
        if (!ControlWord.IsKnown)
            return 0;
        uint before = ControlWord.Read();
        ControlWord.Write(before & ~ControlWord.Flushing);
        // Bit 32 tells a word that is 0 from none.
        return before | (1UL << 32);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PutBack(ulong before) => ControlWord.Write((uint)before);
}
