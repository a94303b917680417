using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Softsign, x / (1 + |x|).</summary>
public readonly partial struct Softsign : IElementwise<Softsign>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softsign", "Softsign")
    {
        Family = ActivationFamily.Bounded,
        Source = "J. Turian, J. Bergstra, Y. Bengio, Quadratic Features and Deep Architectures for Chunking, 2009",
        Kinks = [0],
        Smoothness = 1,
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x / (1 + V.Abs(x));

    // The derived form cancels far from 0, and the square of the sum would overflow there.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 1 / (1 + V.Abs(x)) * (1 / (1 + V.Abs(x)));
}

public partial class Activation
{
    /// <summary>Softsign.</summary>
    public static ElementwiseActivation Softsign() => ElementwiseActivation.Create<Softsign>();
}
