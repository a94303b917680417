using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Training;

/// <summary>The natural logarithm as the library computes it: the system's has other bits on other systems.</summary>
internal readonly struct Logarithm : IElementwise<Logarithm>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("log", "Logarithm") { Source = "the definition" };

    // Behind what is known of it, which it takes.
    /// <summary>The function, ready to be called.</summary>
    public static ElementwiseActivation Function { get; } = ElementwiseActivation.Create<Logarithm>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Log(x);
}
