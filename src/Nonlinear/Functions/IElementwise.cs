using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>An activation function of one number, y = f(x; θ), written once as its formula over an abstract number.</summary>
/// <typeparam name="TSelf">The function itself.</typeparam>
public interface IElementwise<TSelf>
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
    static virtual V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> =>
        TSelf.Forward(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent;

    /// <summary>
    /// Whether no operation of the function and its derivative rounds, as in a maximum. Then it is computed in the type of its input, at the
    /// speed of a copy.
    /// </summary>
    static virtual bool IsExact => false;

    /// <summary>
    /// Whether nothing cancels in the formula of <see cref="Forward"/>, so that elementary functions good to 2⁻⁴² leave it good to 10⁻¹², the bound
    /// within which roundings to float are checked, and pairs of doubles need not be put in order; and whether it passes NaN on, and at ±∞ comes to its
    /// limit or to something that is not finite.
    /// </summary>
    static virtual bool KeepsDigits => false;

    /// <summary>
    /// Whether the function and its derivative, with these parameters, computed over floats stay within the bounds of the fast tier, for every float, and pass
    /// NaN on. They do not where the argument of an exponential is rounded first: the error grows with the size of the argument. Of the elementary functions
    /// floats have the gates, the sigmoid and tanh, with their slopes, eˣ up to x = 20 and eˣ - 1; another throws.
    /// </summary>
    static virtual bool FloatsSuffice(double first, double second) => false;

    /// <summary>Whether the function is x times one constant above 0 and times another below: then its slope over floats is within an ulp as well.</summary>
    static virtual bool IsLinearInPieces => false;

    /// <summary>Whether <see cref="DerivativeFromOutput"/> is y + θ₁ where y ≤ 0, and 1 above, which floats alone can round correctly.</summary>
    static virtual bool SlopeIsShiftedOutput => false;

    /// <summary>∂f/∂x by way of y = f(x), where <see cref="ActivationInfo.DerivativeFromOutput"/> says that y suffices.</summary>
    static virtual V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> =>
        throw new NotSupportedException($"{TSelf.Info.Name} has no derivative from its output.");
}
