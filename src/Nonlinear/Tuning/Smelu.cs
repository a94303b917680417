using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Smelu
{
    // A rounded β would show where x + β comes to next to nothing.
    static bool IElementwise<Smelu>.FloatsSuffice(in ParameterSet p) => p.AreFloats;
}
