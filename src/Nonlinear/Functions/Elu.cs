using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Exponential linear unit: the identity above zero, a scaled exponential below.</summary>
public readonly partial struct Elu : IElementwise<Elu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("elu", "ELU")
    {
        Summary = new(
            "The identity above 0; below, an exponential that levels off at -α and pulls the mean output towards 0.",
            "0 以上为恒等;0 以下为趋于 -α 的指数曲线,使输出均值更接近 0。"),
        UseWhen = new(
            "In networks without batch normalisation, where a mean output near 0 helps.",
            "用于没有批归一化、输出均值接近 0 有益的网络。"),
        AvoidWhen = new(
            "Where units may drift far below 0: there it saturates, as a sigmoid does.",
            "不宜用于单元可能远低于 0 的场合:在那里它像 sigmoid 一样饱和。"),
        Source = "D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units, 2015, arXiv:1511.07289",
        Parameters =
        [
            new("alpha", "α", 1)
            {
                Minimum = 0,
                Meaning = new("The level -α approached at -∞; the derivative is continuous only for α = 1.", "在 -∞ 处趋近的水平 -α;仅当 α = 1 时导数连续。"),
                Examples = [0.5, 1, 2],
            },
        ],
        Spellings = [new("PyTorch", "torch.nn.ELU(1.0)"), new("Keras", "keras.activations.elu"), new("ONNX", "Elu (alpha = α)")],
        Kinks = [0],
        Smoothness = 1,
        AtMinusInfinity = -1,
        DerivativeFromOutput = true,
        FigureRange = (-5, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, x, p[0] * V.Expm1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, 1, p[0] * V.Exp(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, 0, 1, y + p[0]);
}

public partial class Activation
{
    /// <summary>The exponential linear unit.</summary>
    /// <param name="alpha">α</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite or out of its range.</exception>
    public static ElementwiseActivation Elu(double alpha = 1) => ElementwiseActivation.Create<Elu>(alpha);
}
