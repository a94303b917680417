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
        V size = V.Abs(x), e = V.Exp(V.Min(size, 1));
        return V.Select(size > 1, Far(x, size), x * z * rest * 2 / (e + (1 / e)));
    }

    // |x| - 1 + 2 / (e^(2|x|) + 1); from 30 on a last term of any size above 0 tells which way half a number goes.
    [MethodImpl(Inline)] private static V Far<V>(V x, V size)
        where V : struct, IReal<V>
    {
        V e = V.Exp(-2 * V.Min(size, 30)), far = size - 1 + (2 * e / (1 + e));
        return V.Select(x < 0, -far, far);
    }
}
