using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Squareplus
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

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
}
