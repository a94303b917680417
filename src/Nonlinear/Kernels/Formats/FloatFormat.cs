using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>Floats, computed with as doubles.</summary>
internal readonly struct FloatFormat<L> : IElementFormat<float, L>, IVectorFormat<float, L>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static L Load(ref float source, nuint index) => L.LoadFloat(ref source, index);
    [MethodImpl(Inline)] public static void Store(L value, ref float target, nuint index) => L.StoreFloat(value, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(L value, ref double target, nuint index) => L.Store(value, ref target, index);

    [MethodImpl(Inline)] public static L Apply<F, O>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => O.ApplyInDoubles<F, L>(x, p);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(L value, ref float x, ref TOut target, nuint index)
        where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float) && L.IsChecked)
            return L.TryStoreFloat(value, ref x, ref Unsafe.As<TOut, float>(ref target), index);
        bool finite = L.AllFinite(value - value + L.LoadFloat(ref x, index));
        if (finite && typeof(TOut) == typeof(float))
            L.StoreFloat(value, ref Unsafe.As<TOut, float>(ref target), index);
        else if (finite)
            L.Store(value, ref Unsafe.As<TOut, double>(ref target), index);
        return finite;
    }

    public static double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged
    {
        if (L.IsChecked ? ScalarFallback.IsCertain(tried, x) : double.IsFinite(tried) && double.IsFinite(x))
            return tried;
        return typeof(TOut) == typeof(float)
            ? ScalarFallback.OverDoubleDoubles<F, O>(x, dy, parameters)
            : ScalarFallback.OverDoubles<F, O>(x, dy, parameters);
    }

    public static bool SumsInFixedPoint => true;

    public static (double First, double Second) TopTwo(ReadOnlySpan<float> x) => Kernels.TopTwo.Of(x);
    public static int IndexOf(ReadOnlySpan<float> x, double value) =>
        MemoryMarshal.Cast<float, int>(x).IndexOf(BitConverter.SingleToInt32Bits((float)value));
    [MethodImpl(Inline)] public static L AtMost(double bound, L x) => L.AtMost(bound, x);
    [MethodImpl(Inline)] public static L LoadDouble(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static L Decay(L x) => DoubleElementary.Decay(x);
    [MethodImpl(Inline)] public static L AddFixedPoint(L units, L terms) => L.AddBits(units, terms + FixedPointSum.Shift);
    public static Int128 TotalFixedPoint(L units, int terms) => PlainDoubleFormat<L>.TotalFixedPoint(units, terms);

    public static L Broadcast(DoubleDouble<Lane> value) => PlainDoubleFormat<L>.Broadcast(value);

    public static L Join(ReadOnlySpan<L> strands) => PlainDoubleFormat<L>.Join(strands);
}
