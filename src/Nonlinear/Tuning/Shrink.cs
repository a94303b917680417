using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Shrink
{
    static bool IElementwise<Shrink>.RoundsOnce(in ParameterSet p) => true;

    static bool IElementwise<Shrink>.DerivativeRoundsNothing => true;
}
