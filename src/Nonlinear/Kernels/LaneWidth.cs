using System.Runtime.Intrinsics;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Work that can be done at any lane width.</summary>
internal interface IAtWidth
{
    void Invoke<L>()
        where L : struct, IReal<L>, ILanes<L>;
}

/// <summary>Work on floats that can be done at any lane width.</summary>
internal interface IAtSinglesWidth
{
    void Invoke<S>()
        where S : struct, IReal<S>, ISingles<S>;
}

/// <summary>How many doubles are computed side by side. Results do not depend on it.</summary>
internal static class LaneWidth
{
    /// <summary>8, 4, 2 or 1: as wide as the processor is, unless a test sets it.</summary>
    public static int Current { get; set; } = Widest;

    /// <summary>Does the work at the current width.</summary>
    public static void Dispatch<TRounding, TWork>(TWork work)
        where TRounding : struct, IRounding
        where TWork : struct, IAtWidth, allows ref struct
    {
        switch (Current)
        {
            case 8: work.Invoke<Lanes8<TRounding>>(); break;
            case 4: work.Invoke<Lanes4<TRounding>>(); break;
            case 2: work.Invoke<Lanes2<TRounding>>(); break;
            default: work.Invoke<Lanes1<TRounding>>(); break;
        }
    }

    /// <summary>Does the work on floats at the current width: twice as many floats as doubles.</summary>
    public static void DispatchSingles<TWork>(TWork work)
        where TWork : struct, IAtSinglesWidth, allows ref struct
    {
        switch (Current)
        {
            case 8: work.Invoke<Singles16>(); break;
            case 4: work.Invoke<Singles8>(); break;
            case 2: work.Invoke<Singles4>(); break;
            default: work.Invoke<Singles1>(); break;
        }
    }

    private static int Widest =>
        Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1;
}
