namespace Nonlinear;

public readonly partial struct Rrelu
{
    static bool IElementwise<Rrelu>.IsPiecewiseLinear => true;

    static bool IElementwise<Rrelu>.DerivativeFromOutputSuitsFloats => true;
}
