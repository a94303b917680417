using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SqrtSoftplus
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    static V IElementwise<SqrtSoftplus>.ForwardWithSeries<V>(V x, in Parameters<V> p)
    {
        (V power, V root, _) = Parts(x);
        return power * root;
    }

    [MethodImpl(Inline)]
    static V IElementwise<SqrtSoftplus>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        (V power, V root, V decay) = Parts(x);
        return power / (2 * (1 + decay) * root);
    }

    // Softplus is x + log(1 + e⁻ˣ) from 0 on. Below it is by way of the square of e^(x/2), which is in range for longer than eˣ, and what
    // log(1 + eˣ) / eˣ lacks to 1. From 100 on e^-|x| is nothing to any of them.
    [MethodImpl(Inline)] private static (V Power, V Root, V Decay) Parts<V>(V x)
        where V : struct, IReal<V>
    {
        // By pieces, so that slopes of these parts are those on one side of 0 throughout.
        V positive = x > 0, decay = V.Exp(V.Max(V.Select(positive, -x, x), -100)), log = V.Log1pOfFraction(decay);
        V power = V.Select(positive, 1, V.Exp(0.5 * V.Select(positive, 0, x)));
        return (power, V.Sqrt(V.Select(positive, x + log, log / decay)), decay);
    }
}
