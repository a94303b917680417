namespace Nonlinear;

public readonly partial struct QuickGelu
{
    static bool IElementwise<QuickGelu>.KeepsDigits => true;
}
