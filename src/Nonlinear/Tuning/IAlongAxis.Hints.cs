namespace Nonlinear;

// What the kernels may know of a function along an axis beyond its formula. Nobody outside the library can set these: a wrong hint gives wrong
// results without a word. Each default is right for every function.
public partial interface IAlongAxis<TSelf>
{
    /// <summary>Whether <see cref="Forward"/> looks at the exponential.</summary>
    internal static virtual bool UsesExponential => true;

    /// <summary>
    /// Whether the function, computed over floats, stays within the bounds of the fast tier: it is the exponential times the normalizer if it
    /// uses the exponential, and what is shifted less the normalizer if it does not. <see cref="Backward"/> may use eʸ, of outputs that are at
    /// most 0.
    /// </summary>
    internal static virtual bool FloatsSuffice => false;
}
