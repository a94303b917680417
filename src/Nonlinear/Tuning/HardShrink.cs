namespace Nonlinear;

public readonly partial struct HardShrink
{
    static bool IElementwise<HardShrink>.RoundsNothing => true;
}
