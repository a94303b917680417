using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Sine
{
    // At a frequency of 0 it is constant.
    static bool IElementwise<Sine>.Oscillates(in ParameterSet p) => p.First != 0;
}
