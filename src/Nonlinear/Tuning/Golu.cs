using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Golu
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Doublings of the exponent, and where the function has vanished from every type.
    private const int Doublings = 12, Vanished = -10;

    [MethodImpl(Inline)]
    static V IElementwise<Golu>.ForwardWithSeries<V>(V x, in Parameters<V> p) => x * V.Exp(-Decay(x));

    [MethodImpl(Inline)]
    static V IElementwise<Golu>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        V decay = Decay(x);
        return V.NearRoot<GoluRoot>(x, V.Exp(-decay) + (x * V.Exp(V.Max(x, Vanished) * -1 - decay)));
    }

    [MethodImpl(Inline)]
    static L IElementwise<Golu>.ForwardInDoubles<L>(L x, in Parameters<L> p) => Forward(x, p);

    [MethodImpl(Inline)]
    static L IElementwise<Golu>.DerivativeInDoubles<L>(L x, in Parameters<L> p) =>
        L.NearRoot<GoluRoot>(x, Derivative(L.Max(x, Vanished), p));

    // e⁻ˣ, whose error counts up to 700 times: of a small part of the exponent it is more exact, and stays so in the squares.
    [MethodImpl(Inline)] private static V Decay<V>(V x)
        where V : struct, IReal<V>
    {
        V e = V.Exp(V.Max(x, Vanished) * (-1.0 / (1 << Doublings)));
        for (int i = 0; i < Doublings; i++)
            e *= e;
        return e;
    }
}
