using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A parabola about 0 and nearly |x| far from it, log cosh x.</summary>
public readonly partial struct LogCosh : IElementwise<LogCosh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("logcosh", "Log-cosh")
    {
        Source = "R. A. Saleh, A. K. M. E. Saleh, Statistical Properties of the Log-Cosh Loss Function Used in Machine Learning, 2022, "
            + "arXiv:2208.04564",
        Family = ActivationFamily.Plain,
        Aliases = ["log_cosh"],
        Monotone = false,
        AtMinusInfinity = double.PositiveInfinity,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Log((V.Exp(x) + V.Exp(-x)) / 2);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Tanh(x);
}

public partial class Activation
{
    /// <summary>A parabola about 0 and nearly |x| far from it, log cosh x.</summary>
    public static ElementwiseActivation LogCosh() => ElementwiseActivation.Create<LogCosh>();
}
