using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Snake
{
    static bool IElementwise<Snake>.Oscillates(in ParameterSet p) => true;
}
