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
    static V IElementwise<GeluTanh>.DerivativeWithSeries<V>(V x, in Parameters<V> p) => V.NearRoot<DerivativeRoot>(x, Derivative(x, p));

    [MethodImpl(Inline)]
    static L IElementwise<GeluTanh>.ForwardInDoubles<L>(L x, in Parameters<L> p) => x * L.Sigmoid(x * L.Fma(Cube, x * x, Linear));

    [MethodImpl(Inline)]
    static L IElementwise<GeluTanh>.DerivativeInDoubles<L>(L x, in Parameters<L> p)
    {
        L square = x * x;
        (L gate, L derivative) = L.SigmoidAndDerivative(x * L.Fma(Cube, square, Linear));
        return L.NearRoot<DerivativeRoot>(x, L.Fma(x * L.Fma(3 * Cube, square, Linear), derivative, gate));
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
        S t = S.AtMost(End, S.Abs(x)), square = t * t, d = FloatDerivatives.Distance(x, -0.752461433f, 1.13396279e-08f);
        S z = Argument(t, square, out S low);
        S series = S.Fma(S.Fma(S.Fma(S.Fma(S.Fma(0.0199861173f, d, -0.0162684750f), d, -0.113961749f), d, -0.0157887824f), d, 0.387518585f), d, 0.430400103f);
        S derivative = FloatDerivatives.Gate(x, FloatPower<S>.Decay(z, low), 1 - z, S.Fma(2 * Cube * square, t, low));
        return FloatDerivatives.NearZero(d, -0.2f, 0.243f, series, derivative);
    }

    // For an exponential, which multiplies the error of its argument by its size. Of the terms' sum a coarse part is exact: Linear + Cube x²
    // in whole numbers of 2⁻¹⁶.
    // The gate's argument as the sum of two floats, for 0 ≤ t ≤ End.
    [MethodImpl(Inline)] private static S Argument<S>(S t, S square, out S low)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        const float grain = 192;
        float coarse = (float)(Linear + grain) - grain, cubeHigh = (float)Cube, cubeLow = (float)(Cube - cubeHigh), rest = (float)(Linear - coarse);
        S lost = S.Fms(t, t, square), factor = S.Fma(cubeHigh, square, grain) - (grain - coarse);
        S factorLow = S.Fma(cubeHigh, lost, S.Fma(cubeLow, square, rest) + S.Fma(cubeHigh, square, coarse - factor));
        S z = t * factor;
        low = S.Fma(t, factorLow, S.Fms(t, factor, z));
        return z;
    }

    // The zero of the derivative.
    private readonly struct DerivativeRoot : IRoot
    {
        public static double High { [MethodImpl(Inline)] get => -0.7524614220710163; }

        public static double Low { [MethodImpl(Inline)] get => 3.635560509207687e-17; }

        public static ReadOnlySpan<double> Coefficients =>
        [
            0.4304000910248585,
            0.38751844613578895,
            -0.01578285352184803,
            -0.11394448308095899,
            -0.01661932834305256,
            0.019682309459833118,
            0.005261059254921912,
            -0.0024227318458750974,
        ];

        public static double DerivativeLow => 2.028254970529195e-17;
    }
}
