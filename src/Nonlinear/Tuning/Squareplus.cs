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
        V root = V.Sqrt(V.MultiplyAdd(x, x, p[0])), sum = V.Abs(x) + root;
        return V.Select(x < 0, p[0] / (2 * sum), sum / 2);
    }

    [MethodImpl(Inline)]
    static V IElementwise<Squareplus>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        V root = V.Sqrt(V.MultiplyAdd(x, x, p[0])), sum = V.Abs(x) + root;
        return V.Select(x < 0, p[0] / (2 * root * sum), V.Select(x > 0, sum, root) / (2 * root));
    }
}
