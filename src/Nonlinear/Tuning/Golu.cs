using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Golu
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Here the function has vanished from every type.
    private const int Vanished = -10;

    [MethodImpl(Inline)]
    static V IElementwise<Golu>.ForwardWithSeries<V>(V x, in Parameters<V> p) => x * V.Exp(-V.PreciseExp(-V.Max(x, Vanished)));

    [MethodImpl(Inline)]
    static V IElementwise<Golu>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        V bounded = V.Max(x, Vanished), decay = V.PreciseExp(-bounded);
        return V.NearRoot<GoluRoot>(x, V.Exp(-decay) + (x * V.Exp(-bounded - decay)));
    }
}
