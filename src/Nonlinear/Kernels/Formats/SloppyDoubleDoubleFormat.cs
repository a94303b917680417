using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// Doubles, computed with as sloppy double-doubles: where nothing cancels, within an ulp at a fraction of the cost of double-doubles.
/// </summary>
internal readonly struct SloppyDoubleDoubleFormat<L> : IElementFormat<double, SloppyDoubleDouble<L>>
    where L : struct, IReal<L>, IDoubleLanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(SloppyDoubleDouble<L> value, ref double target, nuint index) =>
        L.Store(value.Rounded, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(SloppyDoubleDouble<L> value, ref double target, nuint index) =>
        Store(value, ref target, index);

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Apply<F, O>(SloppyDoubleDouble<L> x, in Parameters<SloppyDoubleDouble<L>> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation => O.Apply<F, SloppyDoubleDouble<L>>(x, p);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(SloppyDoubleDouble<L> value, ref double x, ref TOut target, nuint index)
        where TOut : unmanaged
    {
        // Neither too small, nor ±∞ or NaN, which z - z tells. Where nothing cancels in a formula, ±∞ among the inputs shows in the results
        // or comes to its limit.
        L rounded = value.Rounded, size = L.Abs(rounded);
        bool suffices = L.All(size > DoubleRange.LeastExact + (size - size));
        if (suffices)
            L.Store(rounded, ref Unsafe.As<TOut, double>(ref target), index);
        return suffices;
    }

    public static double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged => DoubleDoubleFormat<L>.Recompute<F, O, TOut>(tried, x, dy, parameters);
}
