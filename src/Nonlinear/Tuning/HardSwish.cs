using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct HardSwish
{
    private const float Sixth = 1.0f / 6;

    static ParameterSet IElementwise<HardSwish>.Prepare(in ParameterSet p) => HardSigmoid.WithSixths(p);

    static bool IElementwise<HardSwish>.FloatsSuffice(in ParameterSet p) => p.Third > 0;

    static bool IElementwise<HardSwish>.DerivativeLosesNaN => true;

    static bool IElementwise<HardSwish>.IsNextToNothing => true;

    // Held so that -∞ comes to -0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<HardSwish>.ForwardInFloats<S>(S x, in Parameters<S> p)
    {
        S held = S.AtLeast(-3, x);
        return held * (S.AtMost(6, held + 3) * Sixth);
    }

    // Rounded once, the sum keeps its digits where it vanishes, at -1.5.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<HardSwish>.DerivativeInFloats<S>(S x, in Parameters<S> p) =>
        S.SelectGreater(x, -3, S.SelectGreater(3, x, S.Fma(2, x, 3) * Sixth, 1), 0);
}
