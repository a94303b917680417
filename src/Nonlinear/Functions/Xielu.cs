using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The integral of ELU, trainable: a parabola above 0, an exponential and a line below.</summary>
public readonly partial struct Xielu : IElementwise<Xielu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("xielu", "xIELU")
    {
        Source = "A. Huang, I. Schlag, Deriving Activation Functions Using Integration, 2024, arXiv:2411.13010",
        Family = ActivationFamily.Rectifier,
        Parameters =
        [
            new("alpha_p", "αₚ", 0.8)
            {
                Minimum = 0,
                Learnable = true,
                Examples = [0.4, 0.8, 1.2],
            },
            new("alpha_n", "αₙ", 0.8)
            {
                Minimum = 0,
                Learnable = true,
                Examples = [0.6, 0.8, 1.2],
            },
            new("beta", "β", 0.5),
            new("epsilon", "ε", -1e-6)
            {
                Maximum = 0,
            },
        ],
        Monotone = false,
        KinksWhen = p => [p[3], 0],
        Smoothness = 0,
        AtMinusInfinity = double.PositiveInfinity,
        FigureRange = (-4, 3),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> =>
        V.SelectGreater(x, 0, (p[0] * x * x) + (p[2] * x), (p[1] * (V.Expm1(V.Min(x, p[3])) - x)) + (p[2] * x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, (2 * p[0] * x) + p[2], (p[1] * (V.Select(x < p[3], V.Exp(x), 0) - 1)) + p[2]);
}

public partial class Activation
{
    /// <summary>The integral of ELU, trainable: a parabola above 0, an exponential and a line below.</summary>
    /// <param name="alphaP">αₚ</param>
    /// <param name="alphaN">αₙ</param>
    /// <param name="beta">β</param>
    /// <param name="epsilon">ε</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation Xielu(double alphaP = 0.8, double alphaN = 0.8, double beta = 0.5, double epsilon = -1e-6) =>
        ElementwiseActivation.Create<Xielu>(alphaP, alphaN, beta, epsilon);
}
