using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by the error function of its softplus, x · erf(log(1 + eˣ)).</summary>
public readonly partial struct Serf : IElementwise<Serf>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("serf", "Serf")
    {
        Source = "S. Nag, M. Bhattacharyya, SERF: Towards Better Training of Deep Neural Networks Using Log-Softplus ERror Activation "
            + "Function, 2021, arXiv:2108.09598",
        Family = ActivationFamily.Gate,
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * V.Erf(V.Softplus(x));
}

public partial class Activation
{
    /// <summary>The argument gated by the error function of its softplus, x · erf(log(1 + eˣ)).</summary>
    public static ElementwiseActivation Serf() => ElementwiseActivation.Create<Serf>();
}
