using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument above a threshold, a fixed value elsewhere.</summary>
/// <remarks>At the threshold the value is v and the derivative 0, as in PyTorch. NaN stays NaN.</remarks>
public readonly partial struct Threshold : IElementwise<Threshold>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("threshold", "Threshold")
    {
        Family = ActivationFamily.Threshold,
        Source = "R. Collobert, K. Kavukcuoglu, C. Farabet, Torch7: A Matlab-like Environment for Machine Learning, 2011",
        Parameters =
        [
            new("threshold", "θ", 1)
            {
                Examples = [0, 0.5, 1],
            },
            new("value", "v", 0)
            {
                Examples = [-1, 0],
            },
        ],
        KinksWhen = p => [p[0]],
        Smoothness = -1,
        DerivativeFromOutput = true,
        DerivativeFromOutputWhen = p => p[1] <= p[0] && ParameterSet.AreExactInEveryType(p),
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, p[0], x, p[1]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, p[0], 1, 0);
}

public partial class Activation
{
    /// <summary>The argument above a threshold, a fixed value elsewhere.</summary>
    /// <param name="threshold">θ</param>
    /// <param name="value">What stands where x is not above θ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static ElementwiseActivation Threshold(double threshold = 1, double value = 0) =>
        ElementwiseActivation.Create<Threshold>(threshold, value);
}
