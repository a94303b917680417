using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Square
{
    static bool IElementwise<Square>.RoundsOnce(in ParameterSet p) => true;

    static bool IElementwise<Square>.FloatsSuffice(in ParameterSet p) => true;
}
