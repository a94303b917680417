using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SparseSigmoid
{
    static bool IElementwise<SparseSigmoid>.RoundsOnce(in ParameterSet p) => true;

    static bool IElementwise<SparseSigmoid>.DerivativeRoundsNothing => true;
}
