namespace Nonlinear;

public readonly partial struct Abs
{
    static bool IElementwise<Abs>.RoundsNothing => true;
}
