namespace Nonlinear;

public readonly partial struct Relu6
{
    static bool IElementwise<Relu6>.RoundsNothing => true;
}
