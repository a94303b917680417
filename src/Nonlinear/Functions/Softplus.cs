using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A smooth ReLU, log(1 + e^(βx)) / β.</summary>
public readonly partial struct Softplus : IElementwise<Softplus>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softplus", "Softplus")
    {
        Source = "C. Dugas et al., Incorporating Second-Order Functional Knowledge for Better Option Pricing, 2000",
        Family = ActivationFamily.Rectifier,
        Parameters =
        [
            new("beta", "β", 1)
            {
                Positive = true,
                Examples = [0.5, 1, 4],
            },
        ],
        Aliases = ["soft_relu"],
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Softplus(p[0] * x) / p[0];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(p[0] * x);
}

public partial class Activation
{
    /// <summary>A smooth ReLU, log(1 + e^(βx)) / β.</summary>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation Softplus(double beta = 1) => ElementwiseActivation.Create<Softplus>(beta);
}
