using Nonlinear.Numerics;

namespace Nonlinear.Lab.Formulas;

/// <summary>
/// A part of a formula as a type: put together as the formula is, parts are compiled into the same loops as the functions of the catalogue.
/// </summary>
internal interface ITerm
{
    /// <summary>The part's value.</summary>
    static abstract V Value<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>;
}
