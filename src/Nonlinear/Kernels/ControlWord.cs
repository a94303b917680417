using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>
/// How the processor computes with floating-point numbers on this thread: what becomes of subnormal ones, the direction of rounding, and
/// which exceptions stop the program.
/// </summary>
internal static unsafe class ControlWord
{
    // What C's library saves has 28 bytes of the older unit before the control word of x64, and begins with that of Arm64.
    private const int WordsBeforeX64 = 7, Words = 16;

    private static readonly delegate* unmanaged[SuppressGCTransition]<uint*, int> Save, Load;
    private static readonly int Place;

#pragma warning disable CA1810 // All are found together or none.
    static ControlWord()
#pragma warning restore CA1810
    {
        (Place, Flushing, Controls, Usual) = RuntimeInformation.ProcessArchitecture switch
        {
            // MXCSR: flush to zero and denormals are zero; all but what the processor notes by itself; nothing but masked exceptions.
            Architecture.X64 => (WordsBeforeX64, 0x8040u, 0xFFC0u, 0x1F80u),
            // FPCR: the same of floats and doubles, and of Half.
            Architecture.Arm64 => (0, 0x0108_0000u, 0x07C8_9F00u, 0u),
            _ => default,
        };
        if (Controls == 0
            || !OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad("libm.so.6", out nint library)
            || !NativeLibrary.TryGetExport(library, "fegetenv", out nint save)
            || !NativeLibrary.TryGetExport(library, "fesetenv", out nint load))
            return;
        Save = (delegate* unmanaged[SuppressGCTransition]<uint*, int>)save;
        Load = (delegate* unmanaged[SuppressGCTransition]<uint*, int>)load;
    }

    /// <summary>Whether it can be read and written here: on Linux, on x64 and Arm64.</summary>
    public static bool IsKnown => Save != null;

    /// <summary>The bits by which subnormal numbers are taken for 0.</summary>
    public static uint Flushing { get; }

    /// <summary>The bits that say how to compute; the others are what the processor notes.</summary>
    public static uint Controls { get; }

    /// <summary>Those bits as a program starts with them: to nearest, subnormal numbers kept, nothing stops it.</summary>
    public static uint Usual { get; }

    /// <summary>Reads it.</summary>
    public static uint Read()
    {
        uint* saved = stackalloc uint[Words];
        _ = Save(saved);
        return saved[Place];
    }

    /// <summary>Sets the bits that say how to compute; what the processor has noted stays.</summary>
    public static void Write(uint word)
    {
        uint* saved = stackalloc uint[Words];
        _ = Save(saved);
        saved[Place] = (saved[Place] & ~Controls) | (word & Controls);
        _ = Load(saved);
    }
}
