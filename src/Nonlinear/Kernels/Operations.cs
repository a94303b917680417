using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>What is computed of an elementwise function: the function, a derivative.</summary>
internal interface IOperation
{
    static abstract V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V>;

    /// <summary>Whether NaN comes out of NaN by itself. Functions of which floats suffice say so; of others the formula, which is short, is tried.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool KeepsNaN<F, O>(double first, double second)
        where F : struct, IElementwise<F>
        where O : struct, IOperation =>
        ((typeof(O) == typeof(ForwardOperation) || typeof(O) == typeof(DerivativeOperation)) && !F.IsExact && !F.IsLinearInPieces)
        || double.IsNaN(O.Apply<F, Lanes1<Unchecked>>(double.NaN, new(first, second)).Value);

    /// <summary>Whether lanes of floats stay within the bounds of the fast tier.</summary>
    static virtual bool FloatsSuffice<F>(double first, double second)
        where F : struct, IElementwise<F> => F.IsLinearInPieces && Number.HasFloat(first);
}

/// <summary>f(x)</summary>
internal readonly struct ForwardOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.Forward(x, p);

    public static bool FloatsSuffice<F>(double first, double second)
        where F : struct, IElementwise<F> => (F.IsLinearInPieces || F.FloatsSuffice(first, second)) && Number.HasFloat(first);
}

/// <summary>∂f/∂x</summary>
internal readonly struct DerivativeOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.Derivative(x, p);

    public static bool FloatsSuffice<F>(double first, double second)
        where F : struct, IElementwise<F> => (F.IsLinearInPieces || F.FloatsSuffice(first, second)) && Number.HasFloat(first);
}

/// <summary>∂f/∂x as a function of y = f(x)</summary>
internal readonly struct DerivativeFromOutputOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.DerivativeFromOutput(x, p);

    public static bool FloatsSuffice<F>(double first, double second)
        where F : struct, IElementwise<F> => Number.HasFloat(first) && Number.HasFloat(second);
}

/// <summary>∂²f/∂x²</summary>
internal readonly struct CurvatureOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> => F.Derivative(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent;
}

/// <summary>∂f/∂θ₁</summary>
internal readonly struct FirstParameterOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> =>
        F.Forward(Dual<V>.Constant(x), new Parameters<Dual<V>>(Dual<V>.Variable(p[0]), Dual<V>.Constant(p[1]))).Tangent;
}

/// <summary>∂f/∂θ₂</summary>
internal readonly struct SecondParameterOperation : IOperation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<F, V>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where V : struct, IReal<V> =>
        F.Forward(Dual<V>.Constant(x), new Parameters<Dual<V>>(Dual<V>.Constant(p[0]), Dual<V>.Variable(p[1]))).Tangent;
}
