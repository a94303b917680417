using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

// σ(2√(2/π) (x + 0.044715 x³)) in fewer steps over doubles, and over floats with an argument of two floats.
public readonly partial struct GeluTanh
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // The gate's argument is x (Linear + Cube x²).
    private static double Linear { [MethodImpl(Inline)] get => 2 * SqrtTwoOverPi.High; }
    private static double Cube { [MethodImpl(Inline)] get => Linear * Cubic.High; }

    // From here on the gate is below e⁻¹¹⁰.
    private const float End = 11;

    static bool IElementwise<GeluTanh>.KeepsDigits => true;

    static bool IElementwise<GeluTanh>.FloatsSuffice(in ParameterSet p) => true;

    [MethodImpl(Inline)]
    static V IElementwise<GeluTanh>.DerivativeWithSeries<V>(V x, in Parameters<V> p) => V.NearRoot<GeluTanhRoot>(x, Derivative(x, p));

    [MethodImpl(Inline)]
    static L IElementwise<GeluTanh>.ForwardInDoubles<L>(L x, in Parameters<L> p) => x * L.Sigmoid(x * L.Fma(Cube, x * x, Linear));

    [MethodImpl(Inline)]
    static L IElementwise<GeluTanh>.DerivativeInDoubles<L>(L x, in Parameters<L> p) => ForwardAndDerivativeInDoubles(x).Derivative;

    [MethodImpl(Inline)]
    static (L Value, L Derivative) IElementwise<GeluTanh>.ForwardAndDerivativeInDoubles<L>(L x, in Parameters<L> p) =>
        ForwardAndDerivativeInDoubles(x);

    [MethodImpl(Inline)]
    private static (L Value, L Derivative) ForwardAndDerivativeInDoubles<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = x * x;
        (L gate, L derivative) = L.SigmoidAndDerivative(x * L.Fma(Cube, square, Linear));
        return (x * gate, L.NearRoot<GeluTanhRoot>(x, L.Fma(x * L.Fma(3 * Cube, square, Linear), derivative, gate)));
    }

    [MethodImpl(Inline)]
    static S IElementwise<GeluTanh>.ForwardInFloats<S>(S x, in Parameters<S> p)
    {
        S t = S.AtMost(End, S.Abs(x));
        S z = Argument(t, t * t, out S low);
        return FloatGates.Sigmoid(x, t, FloatPower<S>.Decay(z, low));
    }

    [MethodImpl(Inline)]
    static S IElementwise<GeluTanh>.DerivativeInFloats<S>(S x, in Parameters<S> p)
    {
        S t = S.AtMost(End, S.Abs(x)), square = t * t, z = Argument(t, square, out S low);
        return NearZero(x, FloatDerivatives.Gate(x, FloatPower<S>.Decay(z, low), 1 - z, Rest(t, square, low)));
    }

    [MethodImpl(Inline)]
    static (S Value, S Derivative) IElementwise<GeluTanh>.ForwardAndDerivativeInFloats<S>(S x, in Parameters<S> p)
    {
        S t = S.AtMost(End, S.Abs(x)), square = t * t, z = Argument(t, square, out S low);
        (S value, S derivative) = FloatDerivatives.GateAndDerivative(
            x, t, FloatPower<S>.Decay(z, low), 1 - z, Rest(t, square, low));
        return (value, NearZero(x, derivative));
    }

    // t z′(t) less z.
    [MethodImpl(Inline)] private static S Rest<S>(S t, S square, S low)
        where S : struct, IReal<S>, IFloatLanes<S> => S.Fma(2 * Cube * square, t, low);

    [MethodImpl(Inline)] private static S NearZero<S>(S x, S elsewhere)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S d = FloatDerivatives.Distance(x, FloatGeluTanhZero.Zero, FloatGeluTanhZero.ZeroLow);
        S series = S.Fma(
            S.Fma(
                S.Fma(S.Fma(S.Fma(FloatGeluTanhZero.C5, d, FloatGeluTanhZero.C4), d, FloatGeluTanhZero.C3), d, FloatGeluTanhZero.C2),
                d,
                FloatGeluTanhZero.C1),
            d,
            FloatGeluTanhZero.C0);
        return FloatDerivatives.NearZero(d, -0.2f, 0.243f, series, elsewhere);
    }

    // For an exponential, which multiplies the error of its argument by its size. Of the terms' sum a coarse part is exact: Linear + Cube
    // x² in whole numbers of 2⁻¹⁶. The gate's argument as the sum of two floats, for 0 ≤ t ≤ End.
    [MethodImpl(Inline)] private static S Argument<S>(S t, S square, out S low)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        const float grain = 192;
        float coarse = (float)(Linear + grain) - grain, cubeHigh = (float)Cube, cubeLow = (float)(Cube - cubeHigh);
        float rest = (float)(Linear - coarse);
        S lost = S.Fms(t, t, square), factor = S.Fma(cubeHigh, square, grain) - (grain - coarse);
        S factorLow = S.Fma(cubeHigh, lost, S.Fma(cubeLow, square, rest) + S.Fma(cubeHigh, square, coarse - factor));
        S z = t * factor;
        low = S.Fma(t, factorLow, S.Fms(t, factor, z));
        return z;
    }
}
