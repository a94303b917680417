using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SqrtSoftplus
{
    static bool IElementwise<SqrtSoftplus>.EveryFloatIsJudged => false;

    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Below 0 by way of e^(x/2), which is in range for longer than eˣ, and what log(1 + eˣ) / eˣ lacks to 1.
    [MethodImpl(Inline)]
    static V IElementwise<SqrtSoftplus>.ForwardWithSeries<V>(V x, in Parameters<V> p) =>
        V.Select(x < 0, V.Exp(0.5 * x) * V.Sqrt(Quotient(x)), V.Sqrt(V.Softplus(x)));

    [MethodImpl(Inline)]
    static V IElementwise<SqrtSoftplus>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.Select(x < 0, V.Exp(0.5 * x) * V.Sigmoid(-x) / (2 * V.Sqrt(Quotient(x))), V.Sigmoid(x) / (2 * V.Sqrt(V.Softplus(x))));

    // log(1 + eˣ) / eˣ for x below 0; from -100 on it is 1 to every bit.
    [MethodImpl(Inline)] private static V Quotient<V>(V x)
        where V : struct, IReal<V>
    {
        V e = V.Exp(V.Max(x, -100));
        return V.Log1p(e) / e;
    }
}
