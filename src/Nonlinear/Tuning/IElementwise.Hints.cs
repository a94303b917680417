using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

// What the kernels may know of a function beyond its formula, to compute it faster or closer to a zero of its derivative. Nobody outside
// the library can set these: a wrong hint gives wrong results without a word. Each default is right for every function.
public partial interface IElementwise<TSelf>
{
    // Whether every float, at the default parameters, was judged by `nonlinear verify --exhaustive`, forward and derivative, and all were
    // correctly rounded: only then is that what is promised. Of the library's own functions docs/exactness.md shows it, one by one; nobody
    // has looked at yours.
    internal static virtual bool EveryFloatIsJudged => typeof(TSelf).Assembly == typeof(IElementwise<TSelf>).Assembly;

    // Whether no operation of the function and its derivative rounds, as in a maximum, nor does any operation of a derivative's product.
    // Of parameters that are no floats, floats know only that they are near: these take the way by doubles.
    internal static virtual bool RoundsNothing => false;

    // Whether the function is right when it is computed in the type itself, for every input, ±∞ included: one operation rounds, with these
    // parameters, if they are numbers of the type.
    internal static virtual bool RoundsOnce(in ParameterSet p) => false;

    // Whether ForwardExactlyInFloats gives the function correctly rounded, for every float, and passes NaN on; with these parameters.
    internal static virtual bool IsExactInFloats(in ParameterSet p) => false;

    // Whether no operation of the derivative rounds or overflows, so that its product with a gradient is rounded once, if the parameters
    // are numbers of the type.
    internal static virtual bool DerivativeRoundsNothing => false;

    // Whether the derivative is the same on some stretch, so that floats, where they suffice, may lose NaN; it is put back.
    internal static virtual bool DerivativeLosesNaN => false;

    // Values that the formula wants besides the parameters, in the places behind them, which are 0 otherwise.
    internal static virtual ParameterSet Prepare(in ParameterSet p) => p;

    // Whether nothing cancels in Forward, so that elementary functions good to 2⁻⁴² leave it within the bound of
    // ZivRoundingTest, and double-doubles need not be renormalised; and whether it passes NaN on, and comes at ±∞ to its
    // limit or to something that is not finite.
    internal static virtual bool KeepsDigits => false;

    // Whether nothing cancels in Derivative, nor is it more sensitive than those elementary functions.
    internal static virtual bool DerivativeKeepsDigits => false;

    // Whether the function is x times one constant above 0 and times another at 0 and below.
    internal static virtual bool IsPiecewiseLinear => false;

    // Whether a few operations on floats are all that it takes, so that the loop's own steps count.
    internal static virtual bool IsNextToNothing => TSelf.RoundsNothing || TSelf.IsPiecewiseLinear || TSelf.DerivativeRoundsNothing;

    // Whether DerivativeFromOutputInFloats gives the derivative by way of the output, with these parameters.
    internal static virtual bool DerivativeFromOutputIsPair(in ParameterSet p) => false;

    // That derivative as the sum of two floats, to 2⁻⁴⁷ of it; the first alone where the second is 0. The rest is 0 only where the sum is
    // exact. Outputs for which this does not hold have a first below LeastDerivativeFromOutput.
    internal static virtual S DerivativeFromOutputInFloats<S>(S y, S constant, out S low, out S rest)
        where S : struct, IReal<S>, IFloatLanes<S> => throw new NotSupportedException("The derivative is no sum of two floats.");

    // The constant in it; and what it never falls short of.
    internal static virtual float ConstantOfDerivativeFromOutput(in ParameterSet p) => 1;

    internal static virtual float LeastDerivativeFromOutput => float.NegativeInfinity;

    // Whether its products with gradients of few bits often lie half way between two floats.
    internal static virtual bool DerivativeFromOutputMakesTies => false;

    // Whether ForwardInFloats stays within the bounds of the fast tier for every float, and passes NaN on. It does not where the argument
    // of an exponential is rounded first: the error grows with the size of the argument.
    internal static virtual bool FloatsSuffice(in ParameterSet p) => false;

    // The same of DerivativeInFloats.
    internal static virtual bool DerivativeFloatsSuffice(in ParameterSet p) => TSelf.FloatsSuffice(p);

    // Whether DerivativeFromOutput over floats, which rounds twice, stays within the bounds of the fast tier.
    internal static virtual bool DerivativeFromOutputSuitsFloats => false;

    // Whether the derivative has no limit at ±∞, nor the function where its limit is said to be NaN, as those of sine.
    internal static virtual bool Oscillates(in ParameterSet p) => false;

    // Whether there is a value at a number: where there is none, the NaN that comes out need not be looked into.
    internal static virtual bool IsDefined(double x) => true;

    // Whether every operation is a product of a factor of x and one of the first parameter, as in a gated unit.
    internal static virtual bool HasFactors => false;

    // Those factors, or the slope of one of them.
    internal static virtual V FactorOfArgument<V>(bool isSlope, V x, in Parameters<V> p)
        where V : struct, IReal<V> => throw new NotSupportedException("The function is no product of two factors.");

    internal static virtual V FactorOfParameter<V>(bool isSlope, in Parameters<V> p)
        where V : struct, IReal<V> => throw new NotSupportedException("The function is no product of two factors.");

    // The function, in a form that keeps its digits where the terms of Forward cancel.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual V ForwardWithSeries<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => TSelf.Forward(x, p);

    // The derivative, by a series about its zero, where the terms of Derivative cancel.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual V DerivativeWithSeries<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => TSelf.Derivative(x, p);

    // The formula over lanes of doubles that will be rounded to floats.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual L ForwardInDoubles<L>(L x, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L> => TSelf.ForwardWithSeries(x, p);

    // The derivative over lanes of doubles that will be rounded to floats.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual L DerivativeInDoubles<L>(L x, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L> => TSelf.DerivativeWithSeries(x, p);

    // Both at once, for gated units: they have most steps in common.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual (L Value, L Derivative) ForwardAndDerivativeInDoubles<L>(L x, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L> => (TSelf.ForwardInDoubles(x, p), TSelf.DerivativeInDoubles(x, p));

    // The formula over lanes of floats, for the fast tier.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual S ForwardInFloats<S>(S x, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => TSelf.Forward(x, p);

    // The function over lanes of floats, correctly rounded by what sums and products lose.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual S ForwardExactlyInFloats<S>(S x, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => throw new NotSupportedException("Floats do not suffice for the function.");

    // The derivative by a parameter over lanes of doubles that will be rounded to floats.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual L ParameterDerivativeInDoubles<L>(int parameter, L x, in Parameters<L> p)
        where L : struct, IReal<L>, IDoubleLanes<L> => TSelf.ParameterDerivative(parameter, x, p);

    // The derivative by a parameter over lanes of floats, for the fast tier of gated units.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual S ParameterDerivativeInFloats<S>(int parameter, S x, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => TSelf.ParameterDerivative(parameter, x, p);

    // The derivative over lanes of floats, for the fast tier.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual S DerivativeInFloats<S>(S x, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => TSelf.Derivative(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static virtual (S Value, S Derivative) ForwardAndDerivativeInFloats<S>(S x, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S> => (TSelf.ForwardInFloats(x, p), TSelf.DerivativeInFloats(x, p));
}
