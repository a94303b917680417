using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>Doubles, computed with as short pairs: where nothing cancels, within an ulp at a fraction of the cost of pairs.</summary>
internal readonly struct ShortPairFormat<L> : IElementFormat<double, ShortPair<L>>
    where L : struct, IReal<L>, ILanes<L>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => L.Count;

    [MethodImpl(Inline)] public static ShortPair<L> Load(ref double source, nuint index) => L.Load(ref source, index);
    [MethodImpl(Inline)] public static void Store(ShortPair<L> value, ref double target, nuint index) => L.Store(value.Rounded, ref target, index);
    [MethodImpl(Inline)] public static void StoreDouble(ShortPair<L> value, ref double target, nuint index) => Store(value, ref target, index);

    [MethodImpl(Inline)] public static bool TryStore<TOut>(ShortPair<L> value, ref double x, ref TOut target, nuint index)
        where TOut : unmanaged
    {
        // Neither too small, nor ±∞ or NaN, which z - z tells. Where nothing cancels in a formula, ±∞ among the inputs shows in the results or comes to its limit.
        L rounded = value.Rounded, size = L.Abs(rounded);
        bool suffices = L.All(size > Kernels.Careful.LeastExact + (size - size));
        if (suffices)
            L.Store(rounded, ref Unsafe.As<TOut, double>(ref target), index);
        return suffices;
    }

    public static double Careful<F, O, TOut>(double tried, double x, double dy, double first, double second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged => DoubleFormat<L>.Careful<F, O, TOut>(tried, x, dy, first, second);
}
