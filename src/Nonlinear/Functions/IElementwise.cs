using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>An activation function of one number, y = f(x; θ), written once as its formula over an abstract number.</summary>
/// <remarks>
/// <para>One of your own needs <see cref="Info"/> and <see cref="Forward"/>; <see cref="ElementwiseActivation.Create{F}"/> makes an
/// activation of it, with all operations, types and threads. Its fast tier is the exact one.</para>
/// <para>The bounds of <see cref="Guarantee"/> hold where the formula's terms do not cancel. Where they do, as x·σ(x) + x·σ′(x) does left
/// of 0, give a form that does not: <see cref="IReal{V}"/> has the products and derivatives that gates need, right about their
/// zeros.</para>
/// <para>Inline the formulas by force, with <see cref="MethodImplOptions.AggressiveInlining"/>: left to itself the compiler calls the
/// longer ones, fifty times slower.</para>
/// </remarks>
/// <typeparam name="TSelf">The function itself.</typeparam>
public partial interface IElementwise<TSelf>
    where TSelf : struct, IElementwise<TSelf>
{
    /// <summary>What is known about the function: its names, parameters, kinks and source.</summary>
    static abstract ActivationInfo Info { get; }

    /// <summary>The formula, as in the paper.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters, in the order of <see cref="Info"/>.</param>
    static abstract V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>;

    /// <summary>∂f/∂x: derived from <see cref="Forward"/> by dual numbers unless the function gives a closed form.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters, in the order of <see cref="Info"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> =>
        TSelf.Forward(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent;

    /// <summary>∂f/∂θ for one of the parameters: derived from <see cref="Forward"/> unless the function gives a closed form.</summary>
    /// <param name="parameter">Which parameter, counted from 0; known when the code is compiled.</param>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters, in the order of <see cref="Info"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V ParameterDerivative<V>(int parameter, V x, in Parameters<V> p)
        where V : struct, IReal<V> =>
        TSelf.Forward(Dual<V>.Constant(x), Dual<V>.VariableAt(parameter, p)).Tangent;

    /// <summary>∂f/∂x by way of y = f(x), where <see cref="ActivationInfo.DerivativeFromOutput"/> says that y suffices.</summary>
    /// <param name="y">The output.</param>
    /// <param name="p">The parameters, in the order of <see cref="Info"/>.</param>
    /// <exception cref="NotSupportedException">The function does not say how.</exception>
    static virtual V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> =>
        throw new NotSupportedException($"{TSelf.Info.Name} has no derivative from its output.");
}
