namespace Nonlinear;

public readonly partial struct Identity
{
    static bool IElementwise<Identity>.RoundsNothing => true;
}
