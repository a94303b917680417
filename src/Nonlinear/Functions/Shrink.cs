using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>0 about 0; outside, the argument moved towards 0 by a bias of its own.</summary>
/// <remarks>At -λ and λ value and derivative are 0, as in ONNX.</remarks>
public readonly partial struct Shrink : IElementwise<Shrink>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("shrink", "Shrink")
    {
        Family = ActivationFamily.Threshold,
        Source = "ONNX operators, Shrink, 2018",
        Parameters =
        [
            new("bias", "b", 0)
            {
                Examples = [0, 0.25, 0.5],
            },
            new("lambda", "λ", 0.5)
            {
                Minimum = 0,
                Examples = [0.25, 0.5, 1],
            },
        ],
        KinksWhen = p => [-p[1], p[1]],
        Smoothness = -1,
        AtMinusInfinity = double.NegativeInfinity,
        FigureRange = (-3, 3),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, p[1], x - p[0], V.Select(x < -p[1], x + p[0], 0));
}

public partial class Activation
{
    /// <summary>Hard shrink where the bias is 0, soft shrink where it is λ.</summary>
    /// <param name="bias">b, by how much what is outside moves towards 0</param>
    /// <param name="lambda">λ, 0 or more</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or λ is below 0.</exception>
    public static ElementwiseActivation Shrink(double bias = 0, double lambda = 0.5) => ElementwiseActivation.Create<Shrink>(bias, lambda);
}
