using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>What is computed of an elementwise function: the function, a derivative.</summary>
internal interface IOperation
{
    /// <summary>The operation by its formula, over any number.</summary>
    static abstract V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V>;

    /// <summary>The same as it is written, for numbers that have digits to spare where its terms cancel.</summary>
    static abstract V ApplyAsWritten<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V>;

    /// <summary>The same over lanes of doubles that will be rounded to a narrower type.</summary>
    static abstract L ApplyInDoubles<F, L>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where L : struct, IReal<L>, IDoubleLanes<L>;

    /// <summary>The same over lanes of floats.</summary>
    static abstract S ApplyInFloats<F, S>(S x, in Parameters<S> p)
        where F : struct, IElementwise<F>
        where S : struct, IReal<S>, IFloatLanes<S>;

    /// <summary>Whether lanes of floats stay within the bounds of the fast tier, if the parameters have floats.</summary>
    static abstract bool FloatsSuffice<F>(in ParameterSet p)
        where F : struct, IElementwise<F>;
}

/// <summary>f(x)</summary>
internal readonly struct ForwardOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.ForwardWithSeries(x, p);

    public static V ApplyAsWritten<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.Forward(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L ApplyInDoubles<F, L>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where L : struct, IReal<L>, IDoubleLanes<L> => F.ForwardInDoubles(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S ApplyInFloats<F, S>(S x, in Parameters<S> p)
        where F : struct, IElementwise<F>
        where S : struct, IReal<S>, IFloatLanes<S> => F.ForwardInFloats(x, p);

    public static bool FloatsSuffice<F>(in ParameterSet p)
        where F : struct, IElementwise<F> => F.IsPiecewiseLinear || F.FloatsSuffice(p);
}

/// <summary>f(x), over floats in the form that is exact.</summary>
internal readonly struct ExactForwardOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => ForwardOperation.Apply<F, V>(x, p);

    public static V ApplyAsWritten<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.Forward(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L ApplyInDoubles<F, L>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where L : struct, IReal<L>, IDoubleLanes<L> => ForwardOperation.ApplyInDoubles<F, L>(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S ApplyInFloats<F, S>(S x, in Parameters<S> p)
        where F : struct, IElementwise<F>
        where S : struct, IReal<S>, IFloatLanes<S> => F.ForwardExactlyInFloats(x, p);

    public static bool FloatsSuffice<F>(in ParameterSet p)
        where F : struct, IElementwise<F> => F.IsExactInFloats(p);
}

/// <summary>∂f/∂x</summary>
internal readonly struct DerivativeOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.DerivativeWithSeries(x, p);

    public static V ApplyAsWritten<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.Derivative(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L ApplyInDoubles<F, L>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where L : struct, IReal<L>, IDoubleLanes<L> => F.DerivativeInDoubles(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S ApplyInFloats<F, S>(S x, in Parameters<S> p)
        where F : struct, IElementwise<F>
        where S : struct, IReal<S>, IFloatLanes<S> => F.DerivativeInFloats(x, p);

    public static bool FloatsSuffice<F>(in ParameterSet p)
        where F : struct, IElementwise<F> => F.IsPiecewiseLinear || F.DerivativeFloatsSuffice(p);
}

/// <summary>∂f/∂x as a function of y = f(x); over floats it takes two roundings.</summary>
internal readonly struct DerivativeFromOutputOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.DerivativeFromOutput(x, p);

    public static V ApplyAsWritten<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.DerivativeFromOutput(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L ApplyInDoubles<F, L>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where L : struct, IReal<L>, IDoubleLanes<L> => F.DerivativeFromOutput(x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S ApplyInFloats<F, S>(S x, in Parameters<S> p)
        where F : struct, IElementwise<F>
        where S : struct, IReal<S>, IFloatLanes<S> => F.DerivativeFromOutput(x, p);

    public static bool FloatsSuffice<F>(in ParameterSet p)
        where F : struct, IElementwise<F> => F.DerivativeFromOutputSuitsFloats;
}

/// <summary>∂²f/∂x²</summary>
internal readonly struct CurvatureOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.DerivativeWithSeries(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent;

    public static V ApplyAsWritten<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.Derivative(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L ApplyInDoubles<F, L>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where L : struct, IReal<L>, IDoubleLanes<L> => Apply<F, L>(x, p);

    public static S ApplyInFloats<F, S>(S x, in Parameters<S> p)
        where F : struct, IElementwise<F>
        where S : struct, IReal<S>, IFloatLanes<S> => Apply<F, S>(x, p);

    public static bool FloatsSuffice<F>(in ParameterSet p)
        where F : struct, IElementwise<F> => F.IsPiecewiseLinear;
}

/// <summary>∂f/∂θ for one of the parameters.</summary>
internal readonly struct ParameterOperation<TPosition> : IOperation
    where TPosition : struct, IParameterPosition
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> =>
        F.ParameterDerivative(TPosition.Index, x, p);

    public static V ApplyAsWritten<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.ParameterDerivative(TPosition.Index, x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L ApplyInDoubles<F, L>(L x, in Parameters<L> p)
        where F : struct, IElementwise<F>
        where L : struct, IReal<L>, IDoubleLanes<L> => F.ParameterDerivativeInDoubles(TPosition.Index, x, p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static S ApplyInFloats<F, S>(S x, in Parameters<S> p)
        where F : struct, IElementwise<F>
        where S : struct, IReal<S>, IFloatLanes<S> => F.ParameterDerivativeInFloats(TPosition.Index, x, p);

    public static bool FloatsSuffice<F>(in ParameterSet p)
        where F : struct, IElementwise<F> => F.HasFactors && F.FloatsSuffice(p);
}

/// <summary>The position of a parameter, known when the code is compiled.</summary>
internal interface IParameterPosition
{
    static abstract int Index { get; }
}

internal readonly struct FirstParameter : IParameterPosition
{
    public static int Index => 0;
}

internal readonly struct SecondParameter : IParameterPosition
{
    public static int Index => 1;
}

internal readonly struct ThirdParameter : IParameterPosition
{
    public static int Index => 2;
}

internal readonly struct FourthParameter : IParameterPosition
{
    public static int Index => 3;
}
