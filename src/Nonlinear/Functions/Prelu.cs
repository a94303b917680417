using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Leaky ReLU whose slope below zero is learned, one for all or one for each channel.</summary>
public readonly partial struct Prelu : IElementwise<Prelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("prelu", "PReLU")
    {
        Family = ActivationFamily.Tutorial,
        Source = "K. He, X. Zhang, S. Ren, J. Sun, Delving Deep into Rectifiers, 2015, arXiv:1502.01852",
        Parameters =
        [
            new("alpha", "α", 0.25)
            {
                Learnable = true,
                Examples = [0, 0.25, 0.5],
            },
        ],
        Aliases = ["parametric_relu"],
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
        where V : struct, IReal<V> => LeakyRelu.Forward(x, p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => LeakyRelu.Derivative(x, p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => LeakyRelu.DerivativeFromOutput(y, p);
}

public partial class Activation
{
    /// <summary>Parametric ReLU; ForwardPerChannel takes an α for each channel.</summary>
    /// <param name="alpha">α</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite or out of its range.</exception>
    public static ElementwiseActivation Prelu(double alpha = 0.25) => ElementwiseActivation.Create<Prelu>(alpha);
}
