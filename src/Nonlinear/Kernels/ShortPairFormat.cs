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
        L rounded = value.Rounded;
        return L.All(L.Abs(rounded) > Kernels.Careful.LeastExact)
            && L.TryStore(rounded, L.Load(ref x, index), ref Unsafe.As<TOut, double>(ref target), index);
    }

    public static double Careful<F, O, TOut>(double tried, double x, double dy, double first, double second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged => DoubleFormat<L>.Careful<F, O, TOut>(tried, x, dy, first, second);
}
