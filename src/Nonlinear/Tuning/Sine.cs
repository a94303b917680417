namespace Nonlinear;

public readonly partial struct Sine
{
    static bool IElementwise<Sine>.Oscillates => true;
}
