using Nonlinear.Lab.Guide.Claims.Experiments;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Claims about maxout.</summary>
internal static class MaxoutClaims
{
    public static IEnumerable<Claim> All { get; } =
    [
        new("maxout-pieces", ["maxout"], Verdict.Wrong,
            new("Two pieces are the paper's setting.", "两个分片是论文的设定。"),
            Pieces),
        new("maxout-parameters", ["maxout"], Verdict.HoldsInPart,
            new("N units over d inputs have 2N (d + 1) parameters.", "d 个输入、N 个单元需要 2N (d + 1) 个参数。"),
            ParameterCount),
        new("maxout-sparse", ["maxout"], Verdict.Wrong,
            new("Its outputs are sparse, like those of ReLU.", "其输出与 ReLU 一样稀疏。"),
            Sparsity),
        new("maxout-shapes", ["maxout"], Verdict.Holds,
            new("Maxout can represent more than ReLU.", "Maxout 的表达能力强于 ReLU。"),
            Shapes),
    ];

    // The largest of affine functions of one number, by the affine form with one unit.
    private static double Largest(double x, params ReadOnlySpan<(double Slope, double Offset)> pieces)
    {
        double[] weights = new double[pieces.Length], biases = new double[pieces.Length], y = new double[1];
        for (int k = 0; k < pieces.Length; k++)
            (weights[k], biases[k]) = pieces[k];
        Activation.Maxout(pieces.Length).ForwardAffine([x], weights, biases, y, new int[1]);
        return y[0];
    }

    private static Evidence Pieces()
    {
        int usual = Activation.Maxout().Pieces;
        double[] five = [3, -1, 4, 1, -5], y = new double[1];
        Activation.Maxout(5).Forward(five, y);
        return Evidence.Found(
            $"The number of pieces K is free: the library takes {usual} unless told otherwise, "
            + $"and the paper's best network on MNIST uses 5. Of five channels (3, −1, 4, 1, −5), "
            + $"maxout with K = {five.Length} keeps {y[0]}.",
            $"分片数 K 可任意选取:本库默认取 {usual},而论文在 MNIST 上的最佳网络用 5 片。对五个通道 (3, −1, 4, 1, −5),K = {five.Length} 的 maxout 保留 {y[0]}。")
            .Expect(usual == 2)
            .Expect(y[0] == 4);
    }

    private static Evidence ParameterCount()
    {
        const int Units = 3, Inputs = 4;
        int[] pieceCounts = [2, 3, 5];
        (int Pieces, int Count)[] counts = [.. pieceCounts.Select(pieces => (pieces, Accepted(pieces)))];
        return Evidence.Found(
            $"That is the case K = 2 of K · N (d + 1). For N = {Units} and d = {Inputs} the affine form takes exactly {counts[0].Count} "
            + $"numbers with 2 pieces, {counts[1].Count} with 3 and {counts[2].Count} with 5, and refuses one more.",
            $"这只是 K · N (d + 1) 在 K = 2 时的情形。取 N = {Units}、d = {Inputs},"
            + $"仿射形式在 2 片时恰需 {counts[0].Count} 个数,3 片时 {counts[1].Count} 个,5 片时 {counts[2].Count} 个,多一个即被拒绝。")
            .Expect(counts.All(count => count.Count == count.Pieces * Units * (Inputs + 1)));

        // The one number of weights and biases that the affine form takes.
        static int Accepted(int pieces) =>
            Enumerable.Range(1, 2 * pieces * Units * Inputs).Single(weights => Takes(pieces, weights)) + pieces * Units;

        static bool Takes(int pieces, int weights)
        {
            try
            {
                Activation.Maxout(pieces)
                    .ForwardAffine(new double[Inputs], new double[weights], new double[pieces * Units], new double[Units], new int[Units]);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }

    private static Evidence Sparsity()
    {
        const int Outputs = 10_000;
        double[] x = new NormalNumbers(seed: 17).Next(2 * Outputs), pooled = new double[Outputs], rectified = new double[x.Length];
        Activation.Maxout().Forward(x, pooled);
        Activation.Relu().Forward(x, rectified);
        double maxout = pooled.Count(y => y == 0) / (double)Outputs, relu = rectified.Count(y => y == 0) / (double)rectified.Length;
        return Evidence.Found(
            $"On {2 * Outputs} normal inputs {maxout:%} of the outputs of maxout are 0, and {relu:%} of those of ReLU. "
            + $"Only the gradient is sparse: one piece in K receives it.",
            $"对 {2 * Outputs} 个正态输入,maxout 输出中为 0 的占 {maxout:%},ReLU 占 {relu:%}。稀疏的只有梯度:K 片中仅一片得到它。")
            .Expect(maxout == 0)
            .Expect(relu is > 0.45 and < 0.55);
    }

    private static Evidence Shapes()
    {
        double relu = Off(x => Largest(x, (1, 0), (0, 0)), Activation.Relu().Forward);
        double leaky = Off(x => Largest(x, (1, 0), (0.01, 0)), Activation.LeakyRelu().Forward);
        double absolute = Off(x => Largest(x, (1, 0), (-1, 0)), Math.Abs);

        // The tangents of x² at −3, …, 3.
        double parabola = Off(x => Largest(x, (-6, -9), (-4, -4), (-2, -1), (0, 0), (2, -1), (4, -4), (6, -9)), x => x * x);
        double slopeLeft = Largest(-1, (1, 0), (-1, 0)) - Largest(0, (1, 0), (-1, 0)),
            slopeRight = Largest(1, (1, 0), (-1, 0)) - Largest(0, (1, 0), (-1, 0));
        return Evidence.Found(
            $"It can become any convex function made of straight pieces. "
            + $"With K = 2 it is ReLU from (x, 0), leaky ReLU from (x, 0.01x) and |x| from (x, −x): largest differences on [−3, 3] {relu}, "
            + $"{leaky} and {absolute}. Seven pieces follow x² within {parabola:3}. "
            + $"Where two pieces meet there is a kink: |x| has slopes {-slopeLeft} and {slopeRight} beside 0.",
            $"它可以成为任何由直线段组成的凸函数。K = 2 时,由 (x, 0) 得 ReLU,由 (x, 0.01x) 得 Leaky ReLU,由 (x, −x) 得 |x|:在 [−3, 3] 上最大差为 {relu}、{leaky}、"
            + $"{absolute}。七片与 x² 相差不超过 {parabola:3}。两片相接处有折点:|x| 在 0 两侧的斜率为 {-slopeLeft} 与 {slopeRight}。")
            .Expect(relu == 0)
            .Expect(leaky == 0)
            .Expect(absolute == 0)
            .Expect(parabola <= 0.25)
            .Expect(slopeLeft == 1)
            .Expect(slopeRight == 1);

        static double Off(Func<double, double> maxout, Func<double, double> target) =>
            Search.Maximum(x => Math.Abs(maxout(x) - target(x)), -3, 3).Value;
    }
}
