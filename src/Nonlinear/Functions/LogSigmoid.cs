using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The logarithm of the sigmoid, -log(1 + e⁻ˣ): the log-likelihood of a yes.</summary>
public readonly partial struct LogSigmoid : IElementwise<LogSigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("log_sigmoid", "Log-sigmoid")
    {
        Source = "C. M. Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2",
        Aliases = ["logsigmoid"],
        AtMinusInfinity = double.NegativeInfinity,
        AtPlusInfinity = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => -V.Softplus(-x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(-x);
}

public partial class Activation
{
    /// <summary>The logarithm of the sigmoid, -log(1 + e⁻ˣ): the log-likelihood of a yes.</summary>
    public static ElementwiseActivation LogSigmoid() => ElementwiseActivation.Create<LogSigmoid>();
}
