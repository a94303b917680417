using System.Runtime.Intrinsics;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Work that can be done at any lane width. What it works on goes by reference: short calls feel a copy.</summary>
internal interface IAtDoubleWidth<TArguments>
    where TArguments : struct, allows ref struct
{
    static abstract void Invoke<L>(scoped in TArguments arguments)
        where L : struct, IReal<L>, IDoubleLanes<L>;
}

/// <summary>Work on floats that can be done at any lane width.</summary>
internal interface IAtFloatWidth<TArguments>
    where TArguments : struct, allows ref struct
{
    static abstract void Invoke<S>(scoped in TArguments arguments)
        where S : struct, IReal<S>, IFloatLanes<S>;
}

/// <summary>How many doubles are computed side by side. Results do not depend on it.</summary>
internal static class VectorWidth
{
    /// <summary>
    /// 8, 4, 2 or 1: as wide as the processor is. Nothing changes it once it has been read, so that it costs a call nothing.
    /// </summary>
    public static int Current => Choice.Width;

    /// <summary>
    /// Chooses another width before it is read for the first time: in a copy of the library that a test has loaded for itself.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another width is in use already.</exception>
    public static void Choose(int width)
    {
        Choice.Wanted.Width = width;
        if (Current != width)
            throw new InvalidOperationException($"Vectors of {Current} doubles are in use already; {width} cannot be chosen any more.");
    }

    /// <summary>Does the work at the width of this process.</summary>
    public static void Dispatch<TPrecision, TWork, TArguments>(scoped in TArguments arguments)
        where TPrecision : struct, IPrecision
        where TWork : struct, IAtDoubleWidth<TArguments>, allows ref struct
        where TArguments : struct, allows ref struct
    {
        switch (Current)
        {
            case 8: TWork.Invoke<DoubleLanes8<TPrecision>>(arguments); break;
            case 4: TWork.Invoke<DoubleLanes4<TPrecision>>(arguments); break;
            case 2: TWork.Invoke<DoubleLanes2<TPrecision>>(arguments); break;
            default: TWork.Invoke<DoubleLanes1<TPrecision>>(arguments); break;
        }
    }

    /// <summary>Does the work on floats at the width of this process: twice as many floats as doubles.</summary>
    public static void DispatchFloats<TWork, TArguments>(scoped in TArguments arguments)
        where TWork : struct, IAtFloatWidth<TArguments>, allows ref struct
        where TArguments : struct, allows ref struct
    {
        switch (Current)
        {
            case 8: TWork.Invoke<FloatLanes16>(arguments); break;
            case 4: TWork.Invoke<FloatLanes8>(arguments); break;
            case 2: TWork.Invoke<FloatLanes4>(arguments); break;
            default: TWork.Invoke<FloatLanes1>(arguments); break;
        }
    }

    private static class Choice
    {
        public static readonly int Width = Wanted.Width ?? Widest;

        // In a browser the code is interpreted, and vectors are slower there than one number after another.
        private static int Widest =>
            OperatingSystem.IsBrowser() ? 1
            : Vector512.IsHardwareAccelerated ? 8
            : Vector256.IsHardwareAccelerated ? 4
            : Vector128.IsHardwareAccelerated ? 2
            : 1;

        public static class Wanted
        {
            public static int? Width { get; set; }
        }
    }
}
