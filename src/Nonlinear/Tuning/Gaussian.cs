using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Gaussian
{
    // Another βx² would have to be held in two floats.
    static bool IElementwise<Gaussian>.FloatsSuffice(in ParameterSet p) => p.First == 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Gaussian>.ForwardInFloats<S>(S x, in Parameters<S> p) => Power(x, out _).Times(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Gaussian>.DerivativeInFloats<S>(S x, in Parameters<S> p) => Power(x, out S bounded).Times(-2 * bounded);

    // Beyond 10.45 it is no float any more, nor is its slope.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FloatPower<S> Power<S>(S x, out S bounded)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        bounded = S.AtMost(10.45f, S.AtLeast(-10.45f, x));
        S square = bounded * bounded;
        return FloatPower<S>.Decay(square, S.Fms(bounded, bounded, square));
    }
}
