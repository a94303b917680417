using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by its own sigmoid, x · σ(βx); with β = 1 it is called SiLU.</summary>
public readonly partial struct Swish : IElementwise<Swish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("swish", "Swish")
    {
        Family = ActivationFamily.Tutorial,
        Source = "P. Ramachandran, B. Zoph, Q. V. Le, Searching for Activation Functions, 2017, arXiv:1710.05941",
        Parameters =
        [
            new("beta", "β", 1)
            {
                Learnable = true,
                Examples = [0.25, 1, 4],
            },
        ],
        Aliases = ["silu", "sil", "swish1"],
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesSigmoid(x, p[0] * x);

    // The derivative is that of SiLU at βx.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SigmoidGateDerivative(p[0] * x);
}

public partial class Activation
{
    /// <summary>Swish, x · σ(βx); SiLU at the default β.</summary>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not finite or out of its range.</exception>
    public static ElementwiseActivation Swish(double beta = 1) => ElementwiseActivation.Create<Swish>(beta);

    /// <summary>SiLU, x · σ(x): swish with β = 1.</summary>
    public static ElementwiseActivation Silu() => Swish();
}
