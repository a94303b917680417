using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Xielu
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Below 0 as αₙ (eᵐ - 1 - m) + αₙ (m - x) + βx with m = min(x, ε), of which only the last term has another sign.
    [MethodImpl(Inline)]
    static V IElementwise<Xielu>.ForwardWithSeries<V>(V x, in Parameters<V> p)
    {
        V m = V.Min(x, p[3]), below = V.CancellingSum(p[1] * (ExpTail(m) + (m - x)), p[2] * x);
        return V.SelectGreater(x, 0, x * V.MultiplyAdd(p[0], x, p[2]), AtDefaults(p, V.NearRoot<XieluRoot>(x, below), below));
    }

    [MethodImpl(Inline)]
    static V IElementwise<Xielu>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        V below = V.CancellingSum(p[1] * V.Select(x < p[3], V.Expm1(x), -1), p[2]);
        return V.SelectGreater(x, 0, V.MultiplyAdd(2 * p[0], x, p[2]), AtDefaults(p, V.NearRoot<XieluDerivativeRoot>(x, below), below));
    }

    // The roots are those of the default parameters.
    [MethodImpl(Inline)] private static V AtDefaults<V>(in Parameters<V> p, V atDefaults, V elsewhere)
        where V : struct, IReal<V>
    {
        V off = V.Abs(p[1] - 0.8) + V.Abs(p[2] - 0.5);
        return V.Select(off > 0, elsewhere, atDefaults);
    }

    // eˣ - 1 - x for x ≤ 0.
    [MethodImpl(Inline)] private static V ExpTail<V>(V x)
        where V : struct, IReal<V>
    {
        V sum = V.MultiplyAdd(ExpTailSeries.C12, x, ExpTailSeries.C11);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C10);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C9);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C8);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C7);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C6);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C5);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C4);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C3);
        sum = V.MultiplyAdd(sum, x, ExpTailSeries.C2);
        sum = V.MultiplyAdd(sum, x, V.Of(new(ExpTailSeries.C1, ExpTailSeries.C1Low, "1/24")));
        sum = V.MultiplyAdd(sum, x, V.Of(new(ExpTailSeries.C0, ExpTailSeries.C0Low, "1/6")));
        return V.Select(x > -0.5, x * x * V.MultiplyAdd(sum, x, 0.5), V.Expm1(x) - x);
    }
}
