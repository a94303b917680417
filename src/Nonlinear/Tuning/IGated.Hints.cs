using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

// What the kernels may know of a gated function beyond its formula: what IElementwise has for functions of one number. Each default is
// right for every function.
public partial interface IGated<TSelf>
{
    // Whether nothing cancels in either factor: see IElementwise.
    internal static virtual bool KeepsDigits => false;

    // The same of the gate's derivative.
    internal static virtual bool DerivativeKeepsDigits => false;

    // Whether neither factor rounds, with these parameters, so that the product in the type itself is rounded once.
    internal static virtual bool RoundsOnce(in ParameterSet p) => false;

    // Whether the gate's derivative is 0 or 1 and the value's factor the value, so that the slope's product with a gradient is rounded
    // once.
    internal static virtual bool DerivativeRoundsNothing => false;

    // Whether the gate's factor over floats stays within the bounds of the fast tier.
    internal static virtual bool FloatsSuffice(in ParameterSet p) => false;

    // The same of its derivative.
    internal static virtual bool DerivativeFloatsSuffice(in ParameterSet p) => false;

    // Whether that derivative is the same on some stretch, so that floats may lose NaN; it is put back.
    internal static virtual bool DerivativeLosesNaN => false;

    // Values that the formula wants besides the parameters, in the places behind them.
    internal static virtual ParameterSet Prepare(in ParameterSet p) => p;

    // The gate's factor and its derivative in forms that keep their digits where the formulas' terms cancel.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual V GateWithSeries<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V> => TSelf.Gate(gate, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual V GateDerivativeWithSeries<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V> => TSelf.GateDerivative(gate, p);

    // The same over lanes of doubles that will be rounded to floats.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual L GateInDoubles<L>(L gate, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L> => TSelf.GateWithSeries(gate, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual L GateDerivativeInDoubles<L>(L gate, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L> => TSelf.GateDerivativeWithSeries(gate, p);

    // Both at once: they have most steps in common.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual (L Factor, L Derivative) GateAndDerivativeInDoubles<L>(L gate, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L> => (TSelf.GateInDoubles(gate, p), TSelf.GateDerivativeInDoubles(gate, p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual (L Factor, L Derivative) ValueAndDerivativeInDoubles<L>(L value, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L> => (TSelf.Value(value, p), TSelf.ValueDerivative(value, p));

    // The same over lanes of floats, for the fast tier.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual S GateInFloats<S>(S gate, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => TSelf.Gate(gate, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual S GateDerivativeInFloats<S>(S gate, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => TSelf.GateDerivative(gate, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual S ValueInFloats<S>(S value, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => TSelf.Value(value, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual (S Factor, S Derivative) GateAndDerivativeInFloats<S>(S gate, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => (TSelf.GateInFloats(gate, p), TSelf.GateDerivativeInFloats(gate, p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual (S Factor, S Derivative) ValueAndDerivativeInFloats<S>(S value, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => (TSelf.ValueInFloats(value, p), TSelf.ValueDerivative(value, p));
}
