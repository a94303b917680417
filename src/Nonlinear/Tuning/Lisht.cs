using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Lisht
{
    static bool IElementwise<Lisht>.KeepsDigits => true;

    static bool IElementwise<Lisht>.FloatsSuffice(in ParameterSet p) => true;

    // Held so that the slope of tanh, when it has vanished, does not meet ∞.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Lisht>.DerivativeInFloats<S>(S x, in Parameters<S> p)
    {
        S bounded = S.AtMost(20, S.AtLeast(-20, x));
        return S.Tanh(bounded) + (bounded * S.TanhDerivative(bounded));
    }
}
