using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>What the loop of elementwise functions needs besides.</summary>
internal interface IElementFormat<T, V> : IFormat<T, V>
    where T : unmanaged
    where V : struct, IReal<V>
{
    /// <summary>Whether the check is next to nothing, so that a result is stored as soon as it is there.</summary>
    static virtual bool StoresAtOnce => false;

    /// <summary>O(x) in the form that suits V.</summary>
    static abstract V Apply<F, O>(V x, in Parameters<V> p)
        where F : struct, IElementwise<F>
        where O : struct, IOperation;

    /// <summary>
    /// Rounds to <typeparamref name="TOut"/>, <typeparamref name="T"/> or double, and stores; or stores nothing where V does not suffice
    /// for some element: an input that is ±∞ or NaN, a result beyond the range of V, a rounding in doubt.
    /// </summary>
    static abstract bool TryStore<TOut>(V value, ref T x, ref TOut target, nuint index)
        where TOut : unmanaged;

    /// <summary>
    /// dy · O(x) for one element, with all the care that V could not take; rounding it to <typeparamref name="TOut"/> gives the result.
    /// </summary>
    /// <param name="tried">What V gave.</param>
    /// <param name="x">The input.</param>
    /// <param name="dy">The gradient by the output, or 1.</param>
    /// <param name="parameters">The parameters.</param>
    static abstract double Recompute<F, O, TOut>(double tried, double x, double dy, in ParameterSet parameters)
        where F : struct, IElementwise<F>
        where O : struct, IOperation
        where TOut : unmanaged;
}
