namespace Nonlinear;

public readonly partial struct Clip
{
    static bool IElementwise<Clip>.RoundsNothing => true;
}
