using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Floats, computed with as they are: whatever comes out stays, and NaN stays NaN.</summary>
internal readonly struct PlainFloatFormat<S, TStores, TNaN> : IElementFormat<float, S>
    where S : struct, IReal<S>, IFloatLanes<S>
    where TStores : struct, IStores
    where TNaN : struct, INaN
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => S.Count;
    public static bool StoresAtOnce => true;

    [MethodImpl(Inline)] public static S Load(ref float source, nuint index) => S.Load(ref source, index);

    [MethodImpl(Inline)] public static void Store(S value, ref float target, nuint index) => TStores.Store(value, ref target, index);

    public static void StoreDouble(S value, ref double target, nuint index)
    {
        Buffer16<float> lanes = default;
        S.Store(value, ref lanes[0], 0);
        for (int i = 0; i < S.Count; i++)
            Unsafe.Add(ref target, index + (nuint)i) = lanes[i];
    }

    [MethodImpl(Inline)] public static S Apply<F, O>(S x, in Parameters<S> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => O.ApplyInFloats<F, S>(x, p);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(S value, ref float x, ref TOut target, nuint index)
        where TOut : unmanaged
    {
        if (TNaN.IsRestored)
        {
            S input = S.Load(ref x, index);
            value = S.WhereNaN(input, input + input, value);
        }
        Store(value, ref Unsafe.As<TOut, float>(ref target), index);
        return true;
    }

    public static double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged => tried;
}

/// <summary>What becomes of NaN.</summary>
internal interface INaN
{
    static abstract bool IsRestored { get; }
}

/// <summary>The formula keeps it.</summary>
internal readonly struct KeptNaN : INaN
{
    public static bool IsRestored => false;
}

/// <summary>The formula may lose it, as a derivative does that is the same everywhere; it is put back.</summary>
internal readonly struct RestoredNaN : INaN
{
    public static bool IsRestored => true;
}
