using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Celu
{
    static bool IElementwise<Celu>.KeepsDigits => true;

    // Another quotient x/α would be rounded before the exponential magnifies its error.
    static bool IElementwise<Celu>.FloatsSuffice(in ParameterSet p) => p.First == 1;

    static bool IElementwise<Celu>.DerivativeFromOutputSuitsFloats => true;
}
