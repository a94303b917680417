using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct HardSigmoid
{
    private const float Sixth = 1.0f / 6;

    // One sixth is no double: a flag in the third place has x + 3 divided by 6.
    static ParameterSet IElementwise<HardSigmoid>.Prepare(in ParameterSet p) => WithSixths(p);

    static bool IElementwise<HardSigmoid>.FloatsSuffice(in ParameterSet p) => p.Third > 0;

    static bool IElementwise<HardSigmoid>.DerivativeLosesNaN => true;

    static bool IElementwise<HardSigmoid>.IsNextToNothing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<HardSigmoid>.ForwardInFloats<S>(S x, in Parameters<S> p) => S.AtMost(6, S.AtLeast(0, x + 3)) * Sixth;

    // x + 3 as the sum of two floats, the quotient's remainder, and a sixth of what is left of both: the last addition alone rounds.
    static bool IElementwise<HardSigmoid>.IsExactInFloats(in ParameterSet p) => p.Third > 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<HardSigmoid>.ForwardExactlyInFloats<S>(S x, in Parameters<S> p)
    {
        S held = S.AtMost(3, S.AtLeast(-3, x)), sum = 3 + held, lost = held - (sum - 3);
        S quotient = sum * Sixth, rest = S.Fma(-6, quotient, sum) + lost;
        return quotient + (rest * Sixth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<HardSigmoid>.DerivativeInFloats<S>(S x, in Parameters<S> p) => S.SelectGreater(3, S.Abs(x), Sixth, 0);

    internal static ParameterSet WithSixths(in ParameterSet p) => p.First == 1.0 / 6 && p.Second == 0.5 ? p.WithThird(1) : p;
}
