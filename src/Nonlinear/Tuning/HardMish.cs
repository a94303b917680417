using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct HardMish
{
    static bool IElementwise<HardMish>.FloatsSuffice(in ParameterSet p) => true;

    static bool IElementwise<HardMish>.DerivativeLosesNaN => true;

    // Held so that -∞ comes to -0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<HardMish>.ForwardInFloats<S>(S x, in Parameters<S> p)
    {
        S held = S.AtLeast(-2, x);
        return held * (0.5 * S.AtMost(2, held + 2));
    }
}
