using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct TanhShrink
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // About 0 as (x cosh x - sinh x) / cosh x, whose series has terms of one sign.
    [MethodImpl(Inline)]
    static V IElementwise<TanhShrink>.ForwardWithSeries<V>(V x, in Parameters<V> p)
    {
        V z = x * x, rest = V.MultiplyAdd(TanhShrinkSeries.C8, z, TanhShrinkSeries.C7);
        rest = V.MultiplyAdd(rest, z, TanhShrinkSeries.C6);
        rest = V.MultiplyAdd(rest, z, TanhShrinkSeries.C5);
        rest = V.MultiplyAdd(rest, z, TanhShrinkSeries.C4);
        rest = V.MultiplyAdd(rest, z, TanhShrinkSeries.C3);
        rest = V.MultiplyAdd(rest, z, TanhShrinkSeries.C2);
        rest = V.MultiplyAdd(rest, z, V.Of(new(TanhShrinkSeries.C1, TanhShrinkSeries.C1Low, "1/30")));
        rest = V.MultiplyAdd(rest, z, V.Of(new(TanhShrinkSeries.C0, TanhShrinkSeries.C0Low, "1/3")));
        V e = V.Exp(V.Abs(x));
        return V.Select(V.Abs(x) > 1, x - V.Tanh(x), x * z * rest * 2 / (e + (1 / e)));
    }
}
