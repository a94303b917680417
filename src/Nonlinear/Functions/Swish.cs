using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by its own sigmoid, x · σ(βx); with β = 1 it is called SiLU.</summary>
public readonly struct Swish : IElementwise<Swish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("swish", "Swish")
    {
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
        Spellings = [new("PyTorch", "torch.nn.SiLU()"), new("Keras", "keras.activations.silu"), new("ONNX", "Swish (alpha = β)")],
        Monotone = false,
    };

    /// <inheritdoc/>
    public static bool KeepsDigits => true;

    /// <inheritdoc/>
    public static bool FloatsSuffice(double first, double second) => first == 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SigmoidGate(x, p[0]);

    // The derivative is that of SiLU at βx.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V z = p[0] * x;
        return V.NearRoot(z, SiluSlopeRoot, V.SigmoidGateSlope(z));
    }

    private static readonly Root SiluSlopeRoot = new(
        -1.2784645427610737,
        -1.0946994183093437e-16,
        [0.2178117057198001, 0.1466487969969469, 0.018874814223782312, -0.015222655223188032, -0.006606589138356696, 0.000126627410081122, 0.0007985218818397998, 0.00018570724361186496],
        -3.974332795880862e-18);
}

public partial class Activation
{
    /// <summary>Swish, x · σ(βx); SiLU at the default β.</summary>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not finite or out of its range.</exception>
    public static ElementwiseActivation Swish(double beta = 1) => ElementwiseActivation.Create<Swish>(beta);
}
