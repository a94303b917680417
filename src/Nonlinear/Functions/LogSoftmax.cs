using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Log-softmax: the logarithms of the softmax probabilities.</summary>
public readonly partial struct LogSoftmax : IAlongAxis<LogSoftmax>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("log_softmax", "Log-softmax")
    {
        Family = ActivationFamily.Tutorial,
        Source = "J. Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990",
        Aliases = ["logsoftmax"],
        FastUlps = 2.5,
        AtMinusInfinity = double.NegativeInfinity,
        AtPlusInfinity = 0,
        DerivativeFromOutput = true,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normalizer<V>(V rest)
        where V : struct, IReal<V> => V.Log1p(rest);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V shifted, V exponential, V normalizer)
        where V : struct, IReal<V> => shifted - normalizer;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardTerm<V>(V y, V dy)
        where V : struct, IReal<V> => dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V y, V dy, V sum)
        where V : struct, IReal<V> => dy - V.Exp(y) * sum;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TangentTerm<V>(V y, V v)
        where V : struct, IReal<V> => V.Exp(y) * v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tangent<V>(V y, V v, V sum)
        where V : struct, IReal<V> => v - sum;
}

public partial class Activation
{
    /// <summary>The logarithm of softmax, stable for inputs of any size.</summary>
    public static AxisActivation LogSoftmax() => AxisActivation.Create<LogSoftmax>();
}
