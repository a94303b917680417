using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Sigmoid
{
    static bool IElementwise<Sigmoid>.KeepsDigits => true;

    static bool IElementwise<Sigmoid>.DerivativeKeepsDigits => true;

    static bool IElementwise<Sigmoid>.FloatsSuffice(in ParameterSet p) => true;

    static bool IElementwise<Sigmoid>.DerivativeFromOutputSuitsFloats => true;

    static bool IElementwise<Sigmoid>.DerivativeFromOutputIsPair(in ParameterSet p) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (L Value, L Derivative) IElementwise<Sigmoid>.ForwardAndDerivativeInDoubles<L>(L x, in Parameters<L> p) =>
        L.SigmoidAndDerivative(x);

    // The difference is known to the last bit for y from -1 to 2; further out the product is smaller.
    static float IElementwise<Sigmoid>.LeastDerivativeFromOutput => -2;

    // y (1 - y)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Sigmoid>.DerivativeFromOutputInFloats<S>(S y, S one, out S low, out S rest)
    {
        S difference = one - y;
        rest = one - difference - y;
        S product = y * difference;
        low = S.Fma(y, rest, S.Fms(y, difference, product));
        return product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (S Value, S Derivative) IElementwise<Sigmoid>.ForwardAndDerivativeInFloats<S>(S x, in Parameters<S> p) =>
        FloatDerivatives.SigmoidAndDerivative(x);
}
