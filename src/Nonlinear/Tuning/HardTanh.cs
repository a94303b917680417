namespace Nonlinear;

public readonly partial struct HardTanh
{
    static bool IElementwise<HardTanh>.RoundsNothing => true;
}
