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
internal readonly unsafe ref struct Denormals
{
    // Of x64: flush results to zero, and take operands for zero. Of Arm64: both, for floats and doubles and for Half.
    private const uint OfX64 = 0x8040, OfArm64 = 0x0108_0000;

    // What C's library saves has 28 bytes of the older unit before the control word of x64, and begins with that of Arm64.
    private const int WordsBeforeX64 = 7, Words = 16;

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
        if (Processor.Save == null)
            return 0;
        uint* saved = stackalloc uint[Words];
        _ = Processor.Save(saved);
        uint before = saved[Processor.Word];
        saved[Processor.Word] &= ~Processor.Bits;
        _ = Processor.Load(saved);
        // Bit 32 tells a word that is 0 from none.
        return before | (1UL << 32);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PutBack(ulong before)
    {
        uint* saved = stackalloc uint[Words];
        _ = Processor.Save(saved);
        saved[Processor.Word] = (uint)before;
        _ = Processor.Load(saved);
    }

    // How its state is saved and loaded, and where in it the control word lies; nothing where that is not known.
    private static class Processor
    {
        public static readonly delegate* unmanaged[SuppressGCTransition]<uint*, int> Save, Load;
        public static readonly int Word;
        public static readonly uint Bits;

#pragma warning disable CA1810 // All are found together or none.
        static Processor()
#pragma warning restore CA1810
        {
            (Word, Bits) = RuntimeInformation.ProcessArchitecture switch
            {
                Architecture.X64 => (WordsBeforeX64, OfX64),
                Architecture.Arm64 => (0, OfArm64),
                _ => default,
            };
            if (Bits == 0
                || !OperatingSystem.IsLinux()
                || !NativeLibrary.TryLoad("libm.so.6", out nint library)
                || !NativeLibrary.TryGetExport(library, "fegetenv", out nint save)
                || !NativeLibrary.TryGetExport(library, "fesetenv", out nint load))
                return;
            Save = (delegate* unmanaged[SuppressGCTransition]<uint*, int>)save;
            Load = (delegate* unmanaged[SuppressGCTransition]<uint*, int>)load;
        }
    }
}
