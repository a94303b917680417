namespace Nonlinear;

public readonly partial struct Step
{
    static bool IElementwise<Step>.RoundsNothing => true;
}
