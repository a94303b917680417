using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Elu
{
    static bool IElementwise<Elu>.KeepsDigits => true;

    static bool IElementwise<Elu>.DerivativeKeepsDigits => true;

    // α must be a float, and of ordinary size.
    static bool IElementwise<Elu>.DerivativeFromOutputIsPair(in ParameterSet p) => p.First == (float)p.First && p.First is > 1e-6 and < 1e6;

    static float IElementwise<Elu>.ConstantOfDerivativeFromOutput(in ParameterSet p) => (float)p.First;

    static bool IElementwise<Elu>.DerivativeFromOutputMakesTies => true;

    // y + α, and 1 above 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Elu>.DerivativeFromOutputInFloats<S>(S y, S alpha, out S low, out S rest)
    {
        S sum = alpha + y, part = sum - alpha;
        low = S.SelectGreater(y, 0, 0, alpha - (sum - part) + (y - part));
        rest = 0;
        return S.SelectGreater(y, 0, 1, sum);
    }

    // A larger α would magnify what subnormal powers lose in rounding.
    static bool IElementwise<Elu>.FloatsSuffice(in ParameterSet p) => p.First <= 4;

    static bool IElementwise<Elu>.DerivativeFromOutputSuitsFloats => true;
}
