using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A gated linear unit whose gate is an elementwise function of the catalogue, with its parameters: y = F(gate) · value.</summary>
/// <typeparam name="TSelf">The function itself.</typeparam>
/// <typeparam name="F">The function of the gate, of three parameters at most.</typeparam>
[SuppressMessage(
    "Design", "CA1033:Interface methods should be callable by child types", Justification = "A unit that gates otherwise is an IGated.")]
public interface IGatedBy<TSelf, F> : IGated<TSelf>
    where TSelf : struct, IGatedBy<TSelf, F>
    where F : struct, IElementwise<F>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)] static V IGated<TSelf>.Gate<V>(V gate, in Parameters<V> p) => F.Forward(gate, p);
    [MethodImpl(Inline)] static V IGated<TSelf>.GateDerivative<V>(V gate, in Parameters<V> p) => F.Derivative(gate, p);

    static bool IGated<TSelf>.KeepsDigits => F.KeepsDigits;
    static bool IGated<TSelf>.DerivativeKeepsDigits => F.DerivativeKeepsDigits;
    static bool IGated<TSelf>.RoundsOnce(in ParameterSet p) => F.RoundsNothing;
    static bool IGated<TSelf>.DerivativeRoundsNothing => F.RoundsNothing;
    static bool IGated<TSelf>.FloatsSuffice(in ParameterSet p) => F.FloatsSuffice(p);
    static bool IGated<TSelf>.DerivativeFloatsSuffice(in ParameterSet p) => F.DerivativeFloatsSuffice(p);
    static bool IGated<TSelf>.DerivativeLosesNaN => F.DerivativeLosesNaN;
    static ParameterSet IGated<TSelf>.Prepare(in ParameterSet p) => F.Prepare(p);

    [MethodImpl(Inline)] static V IGated<TSelf>.GateWithSeries<V>(V gate, in Parameters<V> p) => F.ForwardWithSeries(gate, p);
    [MethodImpl(Inline)] static V IGated<TSelf>.GateDerivativeWithSeries<V>(V gate, in Parameters<V> p) =>
        F.DerivativeWithSeries(gate, p);
    [MethodImpl(Inline)] static L IGated<TSelf>.GateInDoubles<L>(L gate, in Parameters<L> p) => F.ForwardInDoubles(gate, p);
    [MethodImpl(Inline)] static L IGated<TSelf>.GateDerivativeInDoubles<L>(L gate, in Parameters<L> p) => F.DerivativeInDoubles(gate, p);
    [MethodImpl(Inline)] static (L Factor, L Derivative) IGated<TSelf>.GateAndDerivativeInDoubles<L>(L gate, in Parameters<L> p) =>
        F.ForwardAndDerivativeInDoubles(gate, p);
    [MethodImpl(Inline)] static S IGated<TSelf>.GateInFloats<S>(S gate, in Parameters<S> p) => F.ForwardInFloats(gate, p);
    [MethodImpl(Inline)] static S IGated<TSelf>.GateDerivativeInFloats<S>(S gate, in Parameters<S> p) => F.DerivativeInFloats(gate, p);
    [MethodImpl(Inline)] static (S Factor, S Derivative) IGated<TSelf>.GateAndDerivativeInFloats<S>(S gate, in Parameters<S> p) =>
        F.ForwardAndDerivativeInFloats(gate, p);
}
