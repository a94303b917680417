using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Squareplus
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const float Far = 1L << 40;

    // Such that beyond 2⁴⁰ the root is |x|, and none of it is lost next to 0.
    static bool IElementwise<Squareplus>.FloatsSuffice(in ParameterSet p) => p.First is >= 1e-3 and <= 1e3;

    // Below 0 the terms cancel; there it is b / 2 over their sum with the other sign.
    [MethodImpl(Inline)]
    static V IElementwise<Squareplus>.ForwardWithSeries<V>(V x, in Parameters<V> p)
    {
        V size = V.Abs(x), half = (0.5 * size) + (0.5 * Root(size, p));
        return V.Select(x < 0, 0.25 * p[0] / half, half);
    }

    [MethodImpl(Inline)]
    static V IElementwise<Squareplus>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        V root = Root(V.Abs(x), p);
        return V.Select(x < 0, p[0] / (2 * root * (root - x)), (root + x) / (2 * root));
    }

    // √(x² + b), of which the square does not overflow.
    [MethodImpl(Inline)] private static V Root<V>(V size, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V scale = V.Max(size, 1), part = size / scale;
        return scale * V.Sqrt(V.MultiplyAdd(part, part, p[0] / scale / scale));
    }

    [MethodImpl(Inline)]
    static S IElementwise<Squareplus>.ForwardInFloats<S>(S x, in Parameters<S> p)
    {
        S size = S.Abs(x), half = (0.5 * size) + (0.5 * RootInFloats(size, p[0]));
        return S.SelectGreater(0, x, 0.25 * p[0] / half, half);
    }

    [MethodImpl(Inline)]
    static S IElementwise<Squareplus>.DerivativeInFloats<S>(S x, in Parameters<S> p)
    {
        S size = S.Abs(x), root = RootInFloats(size, p[0]);
        return S.SelectGreater(0, x, 0.5 * p[0] / root / (root + size), 0.5 + (0.5 * (S.AtMost(Far, size) / S.AtMost(Far, root))));
    }

    [MethodImpl(Inline)] private static S RootInFloats<S>(S size, S b)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S bounded = S.AtMost(Far, size);
        return S.SelectGreater(size, Far, size, S.Sqrt(S.Fma(bounded, bounded, b)));
    }
}
