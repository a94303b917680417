namespace Nonlinear;

public readonly partial struct LeakyRelu
{
    static bool IElementwise<LeakyRelu>.IsPiecewiseLinear => true;

    static bool IElementwise<LeakyRelu>.DerivativeFromOutputSuitsFloats => true;
}
