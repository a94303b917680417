using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by the Gompertz function, x · exp(-e⁻ˣ).</summary>
public readonly partial struct Golu : IElementwise<Golu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("golu", "GoLU")
    {
        Source = "I. Das, M. Safari, S. Adriaensen, F. Hutter, Gompertz Linear Units: Leveraging Asymmetry for Enhanced Learning "
            + "Dynamics, 2025, arXiv:2502.03654",
        Family = ActivationFamily.Gate,
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * V.Exp(-V.Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Exp(-V.Exp(-x)) + (x * V.Exp(-x - V.Exp(-x)));
}

public partial class Activation
{
    /// <summary>The argument gated by the Gompertz function, x · exp(-e⁻ˣ).</summary>
    public static ElementwiseActivation Golu() => ElementwiseActivation.Create<Golu>();
}
