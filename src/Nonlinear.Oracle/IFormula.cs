namespace Nonlinear.Oracle;

/// <summary>The formula of a function over the oracle's numbers.</summary>
public interface IFormula
{
    /// <summary>f(x; p)</summary>
    /// <typeparam name="N">The number.</typeparam>
    /// <param name="x">The argument.</param>
    /// <param name="p">The parameters.</param>
    N Evaluate<N>(N x, IReadOnlyList<double> p)
        where N : struct, INumber<N>;
}
