using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Softsign
{
    static bool IElementwise<Softsign>.KeepsDigits => true;

    static bool IElementwise<Softsign>.FloatsSuffice(in ParameterSet p) => true;

    // Held so that ∞ comes to 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Softsign>.ForwardInFloats<S>(S x, in Parameters<S> p)
    {
        S size = S.AtMost(float.MaxValue, S.Abs(x));
        return S.CopySign(size / (1 + size), x);
    }
}
