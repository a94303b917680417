using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Smish
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    static V IElementwise<Smish>.ForwardWithSeries<V>(V x, in Parameters<V> p) => x * TanhOfLog(V.Sigmoid(x));

    [MethodImpl(Inline)]
    static V IElementwise<Smish>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        (V sigmoid, V slope) = V.SigmoidAndDerivative(x);
        V next = (sigmoid * (sigmoid + 2)) + 2;
        return V.NearRoot<SmishRoot>(x, TanhOfLog(sigmoid) + (x * (4 * (1 + sigmoid) * slope / (next * next))));
    }

    // tanh(log(1 + s)) = n / (n + 2) with n = (1 + s)² - 1.
    [MethodImpl(Inline)] private static V TanhOfLog<V>(V s)
        where V : struct, IReal<V>
    {
        V n = s * (s + 2);
        return n / (n + 2);
    }
}
