using Nonlinear.Kernels;

namespace Nonlinear.Native.Boundary;

/// <summary>
/// Computes as .NET does whatever the calling thread is set to, and leaves it as it was: subnormal numbers are kept, roundings go to the
/// nearest, and no exception of the processor stops the program.
/// </summary>
/// <remarks>The library itself only corrects flushed subnormal numbers, which some libraries set behind everybody's back.</remarks>
internal readonly ref struct HostState
{
    // The control word as it was; 0 if it need not be put back. Bit 32 tells a word that is 0 from none.
    private readonly ulong _before;

    private HostState(ulong before) => _before = before;

    /// <summary>Takes over the thread until it is disposed of.</summary>
    public static HostState Enter()
    {
        if (!ControlWord.IsKnown)
            return default;
        uint before = ControlWord.Read();
        if ((before & ControlWord.Controls) == ControlWord.Usual)
            return default;
        ControlWord.Write(ControlWord.Usual);
        return new(before | (1UL << 32));
    }

    /// <summary>Gives the thread back.</summary>
    public void Dispose()
    {
        if (_before != 0)
            ControlWord.Write((uint)_before);
    }
}
