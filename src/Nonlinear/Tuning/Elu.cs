using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Elu
{
    static bool IElementwise<Elu>.KeepsDigits => true;

    static bool IElementwise<Elu>.DerivativeIsShiftedOutput => true;

    // A larger α would magnify what subnormal powers lose in rounding.
    static bool IElementwise<Elu>.FloatsSuffice(in ParameterSet p) => p.First <= 4;

    static bool IElementwise<Elu>.DerivativeFromOutputSuitsFloats => true;
}
