using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The square of ReLU.</summary>
internal readonly struct ReluSquared : IElementwise<ReluSquared>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("relu_squared", "Squared ReLU")
    {
        Source = "D. R. So et al., Primer: Searching for Efficient Transformers for Language Modeling, 2021, arXiv:2109.08668",
        Kinks = [0],
        Smoothness = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Max(x, 0) * V.Max(x, 0);
}
