using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Names.Forms;

/// <summary>Thresholded ReLU that keeps x at the threshold itself, as Core ML's does.</summary>
internal readonly struct ClosedThreshold : IElementwise<ClosedThreshold>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("thresholded_relu_closed", "Thresholded ReLU, closed")
    {
        Source = "coremltools, iOS15.activation.thresholded_relu",
        Parameters = [new("alpha", "α", 1)],
        KinksWhen = p => [p[0]],
        Smoothness = -1,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(p[0], x, 0, x);
}
