using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Softmin: softmax of the inputs with their signs changed, so that the smallest has the largest share.</summary>
public readonly partial struct Softmin : IAlongAxis<Softmin>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softmin", "Softmin")
    {
        Source = "PyTorch, torch.nn.Softmin, 2016; softmax of -x",
        Family = ActivationFamily.AlongAxis,
        FastUlps = 3.5,
        Monotone = false,
        AtMinusInfinity = 1,
        AtPlusInfinity = 0,
        DerivativeFromOutput = true,
    };

    /// <inheritdoc/>
    public static bool Negates => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normalizer<V>(V rest)
        where V : struct, IReal<V> => Softmax.Normalizer(rest);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V shifted, V exponential, V normalizer)
        where V : struct, IReal<V> => Softmax.Forward(shifted, exponential, normalizer);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardTerm<V>(V y, V dy)
        where V : struct, IReal<V> => Softmax.BackwardTerm(y, dy);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V y, V dy, V sum)
        where V : struct, IReal<V> => Softmax.Backward(y, dy, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TangentTerm<V>(V y, V v)
        where V : struct, IReal<V> => Softmax.TangentTerm(y, v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tangent<V>(V y, V v, V sum)
        where V : struct, IReal<V> => Softmax.Tangent(y, v, sum);
}

public partial class Activation
{
    /// <summary>The exponentials of -x divided by their sum: the smallest input has the largest share.</summary>
    public static AxisActivation Softmin() => AxisActivation.Create<Softmin>();
}
