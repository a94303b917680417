namespace Nonlinear;

public readonly partial struct Prelu
{
    static bool IElementwise<Prelu>.IsPiecewiseLinear => true;

    static bool IElementwise<Prelu>.DerivativeFromOutputSuitsFloats => true;
}
