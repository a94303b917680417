using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Floats, computed with as they are, for formulas that round nothing, or little: whatever comes out stays, and NaN stays NaN.</summary>
internal readonly struct PlainSinglesFormat<S, TStores> : IElementFormat<float, S>
    where S : struct, IReal<S>, ISingles<S>
    where TStores : struct, IStores
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => S.Count;
    public static bool StoresAtOnce => true;

    [MethodImpl(Inline)] public static S Load(ref float source, nuint index) => S.Load(ref source, index);

    [MethodImpl(Inline)] public static void Store(S value, ref float target, nuint index)
    {
        if (TStores.BypassCaches)
            S.StoreStreaming(value, ref target, index);
        else
            S.Store(value, ref target, index);
    }

    public static void StoreDouble(S value, ref double target, nuint index) => FastSinglesFormat<S>.StoreDouble(value, ref target, index);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(S value, ref float x, ref TOut target, nuint index)
        where TOut : unmanaged
    {
        S input = S.Load(ref x, index);
        Store(S.WhereNaN(input, input + input, value), ref Unsafe.As<TOut, float>(ref target), index);
        return true;
    }

    public static double Careful<F, O, TOut>(double tried, double x, double dy, double first, double second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged => tried;
}

/// <summary>Where stores go.</summary>
internal interface IStores
{
    static abstract bool BypassCaches { get; }
}

/// <summary>To the caches, as usual.</summary>
internal readonly struct Cached : IStores
{
    public static bool BypassCaches => false;
}

/// <summary>Straight to memory, for outputs that no cache will hold: then memory need not be read first.</summary>
internal readonly struct Streamed : IStores
{
    public static bool BypassCaches => true;
}

/// <summary>Floats, computed with as they are, in the fast tier, where some results are to be computed again.</summary>
internal readonly struct FastSinglesFormat<S> : IElementFormat<float, S>
    where S : struct, IReal<S>, ISingles<S>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // A result smaller than this share of its input may have lost bits on the way, or be a token of "very small"; NaN is not larger than anything.
    private const float LeastShare = 3.009266e-36f; // 2⁻¹¹⁸

    public static int Count => S.Count;

    [MethodImpl(Inline)] public static S Load(ref float source, nuint index) => S.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(S value, ref float target, nuint index) => S.Store(value, ref target, index);

    public static void StoreDouble(S value, ref double target, nuint index)
    {
        Buffer16<float> lanes = default;
        S.Store(value, ref lanes[0], 0);
        for (int i = 0; i < S.Count; i++)
            Unsafe.Add(ref target, index + (nuint)i) = lanes[i];
    }

    [MethodImpl(Inline)] public static bool TryStore<TOut>(S value, ref float x, ref TOut target, nuint index)
        where TOut : unmanaged
    {
        // A result that is ±∞, of an input that is or by a rounding too many, makes the right-hand side NaN; an infinite input makes it ∞.
        bool trusted = S.AllAtLeast(S.Abs(value), S.Fma(S.Abs(S.Load(ref x, index)), LeastShare, value - value));
        if (trusted)
            S.Store(value, ref Unsafe.As<TOut, float>(ref target), index);
        return trusted;
    }

    public static double Careful<F, O, TOut>(double tried, double x, double dy, double first, double second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged =>
        double.IsFinite(x) && double.IsFinite(tried) && Math.Abs(tried) >= LeastShare * MathF.Abs((float)x) ? tried : Kernels.Careful.OverPairs<F, O>(x, dy, first, second);
}
