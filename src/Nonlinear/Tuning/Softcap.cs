namespace Nonlinear;

public readonly partial struct Softcap
{
    static bool IElementwise<Softcap>.KeepsDigits => true;
}
