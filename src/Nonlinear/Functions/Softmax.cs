using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Softmax: the exponentials of a vector, divided by their sum.</summary>
public readonly partial struct Softmax : IAlongAxis<Softmax>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softmax", "Softmax")
    {
        Family = ActivationFamily.Tutorial,
        Source = "J. Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990",
        FastUlps = 3.5,
        Aliases = ["normalized_exponential"],
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normalizer<V>(V rest)
        where V : struct, IReal<V> => 1 / (1 + rest);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V shifted, V exponential, V normalizer)
        where V : struct, IReal<V> => exponential * normalizer;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardTerm<V>(V y, V dy)
        where V : struct, IReal<V> => y * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V y, V dy, V sum)
        where V : struct, IReal<V> => y * (dy - sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TangentTerm<V>(V y, V v)
        where V : struct, IReal<V> => y * v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tangent<V>(V y, V v, V sum)
        where V : struct, IReal<V> => y * (v - sum);
}

public partial class Activation
{
    /// <summary>The exponentials of a vector divided by their sum, stable for inputs of any size.</summary>
    public static AxisActivation Softmax() => AxisActivation.Create<Softmax>();
}
