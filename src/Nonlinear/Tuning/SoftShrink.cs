using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SoftShrink
{
    static bool IElementwise<SoftShrink>.RoundsOnce(in ParameterSet p) => true;

    static bool IElementwise<SoftShrink>.DerivativeRoundsNothing => true;
}
