using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>Doubles, computed with as they are: for what rounds once, and for numbers of 16 bits on their way through.</summary>
internal readonly struct PlainDoubleFormat<L> : IElementFormat<double, L>, IVectorFormat<double, L>, IConversion<double>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static double ToDouble(double value) => value;
    [MethodImpl(Inline)] public static double FromDouble(double value) => value;

    [MethodImpl(Inline)] public static L Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(L value, ref double target, nuint index) => L.Store(value, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(L value, ref double target, nuint index) => L.Store(value, ref target, index);

    [MethodImpl(Inline)] public static L Apply<F, O>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => O.ApplyInDoubles<F, L>(x, p);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(L value, ref double x, ref TOut target, nuint index)
        where TOut : unmanaged => L.TryStore(value, L.Load(ref x, index), ref Unsafe.As<TOut, double>(ref target), index);

    public static double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged =>
            !double.IsNaN(tried) && double.IsFinite(x) ? tried : ScalarFallback.OverDoubles<F, O>(x, dy, parameters);

    public static bool SumsInFixedPoint => true;

    public static (double First, double Second) TopTwo(ReadOnlySpan<double> x) => Kernels.TopTwo.Of(x);
    public static int IndexOf(ReadOnlySpan<double> x, double value) =>
        MemoryMarshal.Cast<double, long>(x).IndexOf(BitConverter.DoubleToInt64Bits(value));
    [MethodImpl(Inline)] public static L AtMost(double bound, L x) => L.AtMost(bound, x);
    [MethodImpl(Inline)] public static L LoadDouble(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static L Decay(L x) => DoubleElementary.Decay(x);
    [MethodImpl(Inline)] public static L AddFixedPoint(L units, L terms) => L.AddBits(units, terms + FixedPointSum.Shift);

    public static Int128 TotalFixedPoint(L units, int terms)
    {
        Unsafe.SkipInit(out Buffer8<double> lanes);
        L.Store(units, ref lanes[0], 0);
        return FixedPointSum.Of(((ReadOnlySpan<double>)lanes)[..L.Count], terms);
    }

    public static L Broadcast(DoubleDouble<Lane> value) => value.High.Value;

    public static L Join(ReadOnlySpan<L> strands)
    {
        Unsafe.SkipInit(out Buffer8<double> sums);
        for (int i = 0; i * L.Count < PaddedBlocks<double>.Strands; i++)
            L.Store(strands[i], ref sums[i * L.Count], 0);
        return EightSum.Of(sums);
    }
}
