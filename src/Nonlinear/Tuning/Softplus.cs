namespace Nonlinear;

public readonly partial struct Softplus
{
    static bool IElementwise<Softplus>.KeepsDigits => true;
}
