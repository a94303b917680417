using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct ClampedRelu
{
    // 0 times -∞ is NaN, and a rounded bound is another one.
    static bool IElementwise<ClampedRelu>.FloatsSuffice(in ParameterSet p) => p.First > 0 && p.WithFirst(0).AreFloats;

    static bool IElementwise<ClampedRelu>.DerivativeLosesNaN => true;
}
