namespace Nonlinear;

public readonly partial struct Snake
{
    static bool IElementwise<Snake>.Oscillates => true;
}
