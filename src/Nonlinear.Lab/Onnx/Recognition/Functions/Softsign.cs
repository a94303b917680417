using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The argument over 1 more than its size.</summary>
internal readonly struct Softsign : IElementwise<Softsign>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softsign", "Softsign")
    {
        Source = "J. Turian, J. Bergstra, Y. Bengio, Quadratic Features and Deep Architectures for Chunking, 2009",
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
        Smoothness = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x / (1 + V.Abs(x));

    // The derived form cancels far from 0.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 1 / ((1 + V.Abs(x)) * (1 + V.Abs(x)));
}
