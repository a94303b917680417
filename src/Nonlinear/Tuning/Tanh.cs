using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Tanh
{
    static bool IElementwise<Tanh>.KeepsDigits => true;

    static bool IElementwise<Tanh>.FloatsSuffice(in ParameterSet p) => true;

    static bool IElementwise<Tanh>.DerivativeFromOutputSuitsFloats => true;
}
