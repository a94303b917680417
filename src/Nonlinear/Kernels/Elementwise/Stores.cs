using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Where stores go.</summary>
internal interface IStores
{
    static abstract void Store<S>(S value, ref float target, nuint index)
        where S : struct, IReal<S>, IFloatLanes<S>;
}

/// <summary>To the caches, as usual.</summary>
internal readonly struct Cached : IStores
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<S>(S value, ref float target, nuint index)
        where S : struct, IReal<S>, IFloatLanes<S> => S.Store(value, ref target, index);
}

/// <summary>Straight to memory, for outputs that no cache will hold: then memory need not be read first.</summary>
internal readonly struct NonTemporal : IStores
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<S>(S value, ref float target, nuint index)
        where S : struct, IReal<S>, IFloatLanes<S> => S.StoreNonTemporal(value, ref target, index);
}
