using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>
/// An activation function of a whole vector, such as softmax, whose outputs are coupled through the sum of the exponentials. It is
/// written once over an abstract number; shifting the inputs by their maximum changes no output and keeps every exponential below 1.
/// </summary>
/// <typeparam name="TSelf">The function itself.</typeparam>
public partial interface IAlongAxis<TSelf>
    where TSelf : struct, IAlongAxis<TSelf>
{
    /// <summary>What is known about the function.</summary>
    static abstract ActivationInfo Info { get; }

    /// <summary>
    /// Whether everything is that of the inputs with their signs changed, as softmin is softmax of -x; the kernels see to it.
    /// </summary>
    static virtual bool Negates => false;

    /// <summary>What all outputs of a vector have in common.</summary>
    /// <param name="rest">Σ e^shifted over all inputs but one largest, so that 1 + rest is the sum over all.</param>
    static abstract V Normalizer<V>(V rest)
        where V : struct, IReal<V>;

    /// <summary>The output that belongs to an input.</summary>
    /// <param name="shifted">The input less the largest input of the vector.</param>
    /// <param name="exponential">e^shifted</param>
    /// <param name="normalizer">What <see cref="Normalizer"/> gives for the vector.</param>
    static abstract V Forward<V>(V shifted, V exponential, V normalizer)
        where V : struct, IReal<V>;

    /// <summary>What is summed over the vector for the product of a gradient with the Jacobian.</summary>
    static abstract V BackwardTerm<V>(V y, V dy)
        where V : struct, IReal<V>;

    /// <summary>The product of a gradient with the Jacobian, dx = Jᵀ dy, given the sum of the terms.</summary>
    static abstract V Backward<V>(V y, V dy, V sum)
        where V : struct, IReal<V>;

    /// <summary>What is summed over the vector for the product of the Jacobian with a tangent.</summary>
    static abstract V TangentTerm<V>(V y, V v)
        where V : struct, IReal<V>;

    /// <summary>The product of the Jacobian with a tangent, J v, given the sum of the terms.</summary>
    static abstract V Tangent<V>(V y, V v, V sum)
        where V : struct, IReal<V>;
}
