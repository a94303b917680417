namespace Nonlinear;

public readonly partial struct Relu
{
    static bool IElementwise<Relu>.RoundsNothing => true;
}
