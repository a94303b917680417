namespace Nonlinear;

public readonly partial struct Threshold
{
    static bool IElementwise<Threshold>.RoundsNothing => true;
}
