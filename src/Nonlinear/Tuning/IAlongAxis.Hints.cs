using Nonlinear.Numerics;

namespace Nonlinear;

// What the kernels may know of a function along an axis beyond its formula. Nobody outside the library can set these: a wrong hint gives
// wrong results without a word. Each default is right for every function.
public partial interface IAlongAxis<TSelf>
{
    // Whether Forward looks at the exponential.
    internal static virtual bool UsesExponential => true;

    // Whether the function, computed over floats, stays within the bounds of the fast tier: it is the exponential times the normalizer if
    // it uses the exponential, and what is shifted less the normalizer if it does not. Backward may use eʸ, of outputs that are at most 0.
    internal static virtual bool FloatsSuffice => false;

    // Whether outputs are the shares of the exponentials, or their logarithms if Backward takes the exponential of outputs.
    internal static virtual bool IsOfShares => false;

    // Whether Backward and TangentTerm take the exponential of outputs, which are at most 0; BackwardWith and TangentTermWith are then the
    // same, given that exponential.
    internal static virtual bool BackwardUsesExponential => false;

    internal static virtual V BackwardWith<V>(V exponential, V dy, V sum)
        where V : struct, IReal<V> => throw new NotSupportedException($"The gradient of {typeof(TSelf).Name} takes no exponential.");

    internal static virtual V TangentTermWith<V>(V exponential, V v)
        where V : struct, IReal<V> => throw new NotSupportedException($"The derivative of {typeof(TSelf).Name} takes no exponential.");

    // Of shares, Backward given the term of the sum instead of dy. Of their logarithms the term is dy, and BackwardWith is the same.
    internal static virtual V BackwardFromTerm<V>(V y, V term, V sum)
        where V : struct, IReal<V> => throw new NotSupportedException($"The gradient of {typeof(TSelf).Name} is not made of its term.");
}
