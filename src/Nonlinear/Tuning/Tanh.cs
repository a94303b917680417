using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Tanh
{
    static bool IElementwise<Tanh>.KeepsDigits => true;

    static bool IElementwise<Tanh>.DerivativeKeepsDigits => true;

    static bool IElementwise<Tanh>.FloatsSuffice(in ParameterSet p) => true;

    static bool IElementwise<Tanh>.DerivativeFromOutputSuitsFloats => true;

    static bool IElementwise<Tanh>.DerivativeFromOutputIsPair(in ParameterSet p) => true;

    // The difference is known to the last bit for y² up to 1.
    static float IElementwise<Tanh>.LeastDerivativeFromOutput => 0;

    // 1 - y²
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Tanh>.DerivativeFromOutputInFloats<S>(S y, S one, out S low, out S rest)
    {
        S square = y * y, difference = one - square;
        rest = one - difference - square;
        low = rest - S.Fms(y, y, square);
        return difference;
    }
}
