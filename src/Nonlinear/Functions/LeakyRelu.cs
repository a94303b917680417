using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>ReLU with a small slope below zero: x above, αx below.</summary>
public readonly partial struct LeakyRelu : IElementwise<LeakyRelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("leaky_relu", "Leaky ReLU")
    {
        Family = ActivationFamily.Tutorial,
        Source = "A. Maas, A. Hannun, A. Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013",
        Parameters =
        [
            new("alpha", "α", 0.01)
            {
                Examples = [0.01, 0.1, 0.3],
            },
        ],
        Aliases = ["leakyrelu", "lrelu"],
        Kinks = [0],
        Smoothness = 0,
        AtMinusInfinity = double.NegativeInfinity,
        DerivativeFromOutput = true,
        DerivativeFromOutputWhen = p => p[0] > 0,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, x, p[0] * x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, 1, p[0]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, 0, 1, p[0]);
}

public partial class Activation
{
    /// <summary>Leaky ReLU.</summary>
    /// <param name="alpha">α</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite or out of its range.</exception>
    public static ElementwiseActivation LeakyRelu(double alpha = 0.01) => ElementwiseActivation.Create<LeakyRelu>(alpha);
}
