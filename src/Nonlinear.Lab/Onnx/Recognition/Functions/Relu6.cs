using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>ReLU that stays at 6.</summary>
internal readonly struct Relu6 : IElementwise<Relu6>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("relu6", "ReLU6")
    {
        Source = "A. Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10, 2010",
        Kinks = [0, 6],
        AtPlusInfinity = 6,
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => -V.Max(-6, -V.Max(x, 0));
}
