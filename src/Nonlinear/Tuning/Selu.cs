using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Selu
{
    static bool IElementwise<Selu>.KeepsDigits => true;

    static bool IElementwise<Selu>.DerivativeKeepsDigits => true;

    static bool IElementwise<Selu>.FloatsSuffice(in ParameterSet p) => true;

    static bool IElementwise<Selu>.DerivativeFromOutputSuitsFloats => true;
}
