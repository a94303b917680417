using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>The numbers of lanes, to tell the elements of a vector from those that a load brings along.</summary>
internal static class LanePositions<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private static ReadOnlySpan<float> Positions => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>The numbers from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S From(nuint lane) => S.Load(ref MemoryMarshal.GetReference(Positions), lane);
}
