namespace Nonlinear;

public readonly partial struct ScaledTanh
{
    static bool IElementwise<ScaledTanh>.KeepsDigits => true;
}
