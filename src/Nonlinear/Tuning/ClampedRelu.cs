using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct ClampedRelu
{
    // 0 times -∞ is NaN.
    static bool IElementwise<ClampedRelu>.FloatsSuffice(in ParameterSet p) => p.First != 0;

    static bool IElementwise<ClampedRelu>.DerivativeLosesNaN => true;
}
