using System.Runtime.Intrinsics;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Work that can be done at any lane width. What it works on goes by reference: short calls feel a copy.</summary>
internal interface IAtWidth<TArguments>
    where TArguments : struct, allows ref struct
{
    static abstract void Invoke<L>(scoped in TArguments arguments)
        where L : struct, IReal<L>, ILanes<L>;
}

/// <summary>Work on floats that can be done at any lane width.</summary>
internal interface IAtSinglesWidth<TArguments>
    where TArguments : struct, allows ref struct
{
    static abstract void Invoke<S>(scoped in TArguments arguments)
        where S : struct, IReal<S>, ISingles<S>;
}

/// <summary>How many doubles are computed side by side. Results do not depend on it.</summary>
internal static class LaneWidth
{
    /// <summary>8, 4, 2 or 1: as wide as the processor is, unless a test sets it.</summary>
    public static int Current { get; set; } = Widest;

    /// <summary>Does the work at the current width.</summary>
    public static void Dispatch<TRounding, TWork, TArguments>(scoped in TArguments arguments)
        where TRounding : struct, IRounding
        where TWork : struct, IAtWidth<TArguments>, allows ref struct
        where TArguments : struct, allows ref struct
    {
        switch (Current)
        {
            case 8: TWork.Invoke<Lanes8<TRounding>>(arguments); break;
            case 4: TWork.Invoke<Lanes4<TRounding>>(arguments); break;
            case 2: TWork.Invoke<Lanes2<TRounding>>(arguments); break;
            default: TWork.Invoke<Lanes1<TRounding>>(arguments); break;
        }
    }

    /// <summary>Does the work on floats at the current width: twice as many floats as doubles.</summary>
    public static void DispatchSingles<TWork, TArguments>(scoped in TArguments arguments)
        where TWork : struct, IAtSinglesWidth<TArguments>, allows ref struct
        where TArguments : struct, allows ref struct
    {
        switch (Current)
        {
            case 8: TWork.Invoke<Singles16>(arguments); break;
            case 4: TWork.Invoke<Singles8>(arguments); break;
            case 2: TWork.Invoke<Singles4>(arguments); break;
            default: TWork.Invoke<Singles1>(arguments); break;
        }
    }

    private static int Widest =>
        Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1;
}
