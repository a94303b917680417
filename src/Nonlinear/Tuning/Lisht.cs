namespace Nonlinear;

public readonly partial struct Lisht
{
    static bool IElementwise<Lisht>.KeepsDigits => true;
}
