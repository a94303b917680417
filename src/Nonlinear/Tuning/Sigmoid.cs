using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Sigmoid
{
    static bool IElementwise<Sigmoid>.KeepsDigits => true;

    static bool IElementwise<Sigmoid>.FloatsSuffice(in ParameterSet p) => true;

    static bool IElementwise<Sigmoid>.DerivativeFromOutputSuitsFloats => true;
}
