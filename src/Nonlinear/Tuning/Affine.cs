using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Affine
{
    // 0 times ∞ is NaN.
    static bool IElementwise<Affine>.RoundsOnce(in ParameterSet p) => p.First != 0;

    static bool IElementwise<Affine>.DerivativeRoundsNothing => true;
}
