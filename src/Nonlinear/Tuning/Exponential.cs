namespace Nonlinear;

public readonly partial struct Exponential
{
    static bool IElementwise<Exponential>.KeepsDigits => true;
}
