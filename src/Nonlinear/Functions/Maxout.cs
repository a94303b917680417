namespace Nonlinear;

/// <summary>Maxout: the largest of K pieces, each usually an affine function of the layer's input with weights of its own.</summary>
public static class Maxout
{
    /// <summary>What is known about the function.</summary>
    public static ActivationInfo Info { get; } = new("maxout", "Maxout")
    {
        Summary = new(
            "Keeps the largest of K channels. Over affine pieces with learned weights it can become any convex piecewise-linear function.",
            "保留 K 个通道中的最大值。作用于权重可学习的仿射分片时,可成为任意凸的分段线性函数。"),
        UseWhen = new(
            "With dropout, where the shape of the nonlinearity itself should be learned.",
            "与 dropout 配合,用于希望学习非线性形状本身的场合。"),
        AvoidWhen = new(
            "Where parameters are dear: a layer of N units needs K · N (d + 1) of them.",
            "不宜用于参数昂贵的场合:N 个单元的一层需要 K · N (d + 1) 个参数。"),
        Source = "I. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville, Y. Bengio, Maxout Networks, 2013, arXiv:1302.4389",
        Parameters =
        [
            new("pieces", "K", 2)
            {
                Minimum = 2,
                Maximum = 65536,
                Integer = true,
                Meaning = new("How many channels become one.", "多少个通道合为一个。"),
                Examples = [2, 3, 5],
            },
        ],
        Spellings =
        [
            new("PyTorch", "x.unflatten(1, (-1, K)).amax(2)"),
            new("Keras", "keras.ops.max(keras.ops.reshape(x, (-1, units, K)), -1)"),
            new("ONNX", "Reshape, ReduceMax"),
        ],
        Kinks = [0],
        Smoothness = 0,
        AtMinusInfinity = double.NegativeInfinity,
        FigureRange = (-4, 4),
    };
}

public partial class Activation
{
    /// <summary>The largest of each group of channels.</summary>
    /// <param name="pieces">K, the number of channels that become one.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is below 2.</exception>
    public static PooledActivation Maxout(int pieces = 2) => PooledActivation.Create(Nonlinear.Maxout.Info, pieces);
}
