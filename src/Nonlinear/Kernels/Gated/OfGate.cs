using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// A gated function as a function of its gate whose first parameter, the value, differs from element to element: so it goes through the
/// loops of the elementwise functions. The slope by the value is that by the first parameter.
/// </summary>
internal readonly struct OfGate<G> : IElementwise<OfGate<G>>
    where G : struct, IGated<G>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static ActivationInfo Info => G.Info;

    [MethodImpl(Inline)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => G.Gate(x, Own(p)) * G.Value(p[0], Own(p));

    [MethodImpl(Inline)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => G.GateDerivative(x, Own(p)) * G.Value(p[0], Own(p));

    [MethodImpl(Inline)]
    public static V ParameterDerivative<V>(int parameter, V x, in Parameters<V> p)
        where V : struct, IReal<V> => parameter == 0
            ? V.WithAllDigits(G.GateWithSeries(x, Own(p))) * V.WithAllDigits(G.ValueDerivative(p[0], Own(p)))
            : OwnParameterDerivative(parameter - 1, x, p);

    static bool IElementwise<OfGate<G>>.KeepsDigits => G.KeepsDigits;
    static bool IElementwise<OfGate<G>>.DerivativeKeepsDigits => G.DerivativeKeepsDigits;
    static bool IElementwise<OfGate<G>>.RoundsOnce(in ParameterSet p) => G.RoundsOnce(p.WithoutFirst());
    static bool IElementwise<OfGate<G>>.DerivativeRoundsNothing => G.DerivativeRoundsNothing;
    static bool IElementwise<OfGate<G>>.FloatsSuffice(in ParameterSet p) => G.FloatsSuffice(p.WithoutFirst());
    static bool IElementwise<OfGate<G>>.DerivativeFloatsSuffice(in ParameterSet p) => G.DerivativeFloatsSuffice(p.WithoutFirst());
    static bool IElementwise<OfGate<G>>.DerivativeLosesNaN => G.DerivativeLosesNaN;
    static bool IElementwise<OfGate<G>>.HasFactors => true;

    [MethodImpl(Inline)] static V IElementwise<OfGate<G>>.ForwardWithSeries<V>(V x, in Parameters<V> p) =>
        V.WithAllDigits(G.GateWithSeries(x, Own(p))) * V.WithAllDigits(G.Value(p[0], Own(p)));

    [MethodImpl(Inline)] static V IElementwise<OfGate<G>>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.WithAllDigits(G.GateDerivativeWithSeries(x, Own(p))) * V.WithAllDigits(G.Value(p[0], Own(p)));

    [MethodImpl(Inline)] static L IElementwise<OfGate<G>>.ForwardInDoubles<L>(L x, in Parameters<L> p) =>
        G.GateInDoubles(x, Own(p)) * G.Value(p[0], Own(p));

    [MethodImpl(Inline)] static L IElementwise<OfGate<G>>.DerivativeInDoubles<L>(L x, in Parameters<L> p) =>
        G.GateDerivativeInDoubles(x, Own(p)) * G.Value(p[0], Own(p));

    [MethodImpl(Inline)] static S IElementwise<OfGate<G>>.ForwardInFloats<S>(S x, in Parameters<S> p) =>
        G.GateInFloats(x, Own(p)) * G.ValueInFloats(p[0], Own(p));

    [MethodImpl(Inline)] static S IElementwise<OfGate<G>>.DerivativeInFloats<S>(S x, in Parameters<S> p) =>
        G.GateDerivativeInFloats(x, Own(p)) * G.ValueInFloats(p[0], Own(p));

    [MethodImpl(Inline)] static L IElementwise<OfGate<G>>.ParameterDerivativeInDoubles<L>(int parameter, L x, in Parameters<L> p) =>
        parameter == 0
            ? G.GateInDoubles(x, Own(p)) * G.ValueDerivative(p[0], Own(p))
            : OwnParameterDerivative(parameter - 1, x, p);

    // By the value alone: the gradients by parameters are sums of doubles.
    [MethodImpl(Inline)] static S IElementwise<OfGate<G>>.ParameterDerivativeInFloats<S>(int parameter, S x, in Parameters<S> p) =>
        G.GateInFloats(x, Own(p)) * G.ValueDerivative(p[0], Own(p));

    static V IElementwise<OfGate<G>>.FactorOfArgument<V>(bool isSlope, V x, in Parameters<V> p) =>
        isSlope ? G.GateDerivativeWithSeries(x, Own(p)) : G.GateWithSeries(x, Own(p));

    static V IElementwise<OfGate<G>>.FactorOfParameter<V>(bool isSlope, in Parameters<V> p) =>
        isSlope ? G.ValueDerivative(p[0], Own(p)) : G.Value(p[0], Own(p));

    // By a parameter of the function itself.
    [MethodImpl(Inline)]
    private static V OwnParameterDerivative<V>(int parameter, V x, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        Parameters<Dual<V>> own = Dual<V>.VariableAt(parameter, Own(p));
        return (G.Gate(Dual<V>.Constant(x), own) * G.Value(Dual<V>.Constant(p[0]), own)).Tangent;
    }

    // The function's own parameters, without the value.
    [MethodImpl(Inline)]
    private static Parameters<V> Own<V>(in Parameters<V> p)
        where V : struct, IReal<V> => new(p[1], p[2], p[3]);
}
