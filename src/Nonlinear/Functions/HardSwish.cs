using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by its own hard sigmoid, x · min(max(αx + β, 0), 1).</summary>
/// <remarks>
/// <para>At the default parameters α is one sixth, as in <see cref="HardSigmoid"/>.</para>
/// <para>The derivative is 0 at -3 and 1 at 3, as in JAX; PyTorch has long had -½ and 1½ there.</para>
/// </remarks>
public readonly partial struct HardSwish : IElementwise<HardSwish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_swish", "Hard swish")
    {
        Family = ActivationFamily.Gate,
        Source = "A. Howard et al., Searching for MobileNetV3, 2019, arXiv:1905.02244",
        Parameters =
        [
            new("alpha", "α", 1.0 / 6)
            {
                Examples = [1.0 / 6, 0.25],
            },
            new("beta", "β", 0.5)
            {
                Examples = [0.25, 0.5],
            },
        ],
        Aliases = ["hard_silu"],
        KinksWhen = HardSigmoid.Info.KinksWhen,
        Monotone = false,
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * HardSigmoid.Forward(x, p);

    // The terms of the derived form cancel at -1.5.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
{
        V between = V.SelectGreater(p[2], 0, V.MultiplyAdd(2, x, 3) / 6, V.MultiplyAdd(2 * p[0], x, p[1]));
        return HardSigmoid.Pieces(x, p, 0, between, 1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ParameterDerivative<V>(int parameter, V x, in Parameters<V> p)
        where V : struct, IReal<V> => HardSigmoid.Pieces(x, p, 0, parameter == 0 ? x * x : x, 0);
}

public partial class Activation
{
    /// <summary>Hard swish; at the defaults x (x/6 + ½) with true sixths.</summary>
    /// <param name="alpha">α, the slope of the gate</param>
    /// <param name="beta">β, the gate at 0</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static ElementwiseActivation HardSwish(double alpha = 1.0 / 6, double beta = 0.5) =>
        ElementwiseActivation.Create<HardSwish>(alpha, beta);
}
