using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct ReluSquared
{
    static bool IElementwise<ReluSquared>.RoundsOnce(in ParameterSet p) => true;

    static bool IElementwise<ReluSquared>.FloatsSuffice(in ParameterSet p) => true;
}
