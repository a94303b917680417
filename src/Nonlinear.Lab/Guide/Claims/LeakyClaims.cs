using Nonlinear.Lab.Guide.Claims.Experiments;
using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Claims about leaky ReLU and PReLU.</summary>
internal static class LeakyClaims
{
    private static readonly Activation Prelu = Activation.Prelu();

    public static IEnumerable<Claim> All { get; } =
    [
        new("leaky-alpha", ["leaky_relu"], Verdict.Convention,
            new("α = 0.01 is usual, and α lies between 0 and 1.", "α 常取 0.01,且在 0 与 1 之间。"),
            LeakyAlpha),
        new("prelu-start", ["prelu"], Verdict.Holds,
            new("α starts at 0.25 and is learned.", "α 的初值为 0.25,并通过训练学习。"),
            StartAndLearning),
        new("prelu-gradient", ["prelu"], Verdict.Holds,
            new("The gradient by α is x for x ≤ 0 and 0 above.", "对 α 的梯度在 x ≤ 0 时为 x,否则为 0。"),
            Gradient),
        new("prelu-sharing", ["prelu"], Verdict.Holds,
            new("There is either one α for all, or one for each channel.", "α 要么全体共享一个,要么每个通道一个。"),
            Sharing),
        new("prelu-sample", ["prelu"], Verdict.Holds,
            new(
                "PyTorch's PReLU with α = 0.25 gives the ten values of a well-known sample.",
                "PyTorch 的 PReLU 在 α = 0.25 时给出一个常见示例的十个输出值。"),
            Sample),
        new("prelu-positive", ["prelu"], Verdict.Wrong,
            new("α is a positive number.", "α 是正数。"),
            NegativeSlope),
        new("prelu-decay", ["prelu"], Verdict.Wrong,
            new("α needs weight decay (L2) against overfitting.", "α 需要配合权重衰减(L2 正则)以防过拟合。"),
            Decay),
    ];

    private static Evidence LeakyAlpha()
    {
        double usual = Activation.LeakyRelu().ParameterValues[0];
        (double Alpha, double Error)[] errors =
            [.. new[] { -0.5, 0, 0.01, 0.5, 1, 1.5, 2 }.Select(alpha => (alpha, MaximumFormError(alpha)))];
        double most = errors.Where(error => error.Error == 0).Max(error => error.Alpha);
        return Evidence.Found(
            $"The default is {usual}; nothing in the definition confines α. "
            + $"What does break is the shortcut max(αx, x): it agrees with the definition for α up to {most} and is wrong for every larger "
            + $"one, where it is off by (α − 1)|x| on both sides of 0.",
            $"默认值为 {usual};定义本身并不限制 α。真正会出错的是简写 max(αx, x):α 不超过 {most} 时与定义一致,再大则在 0 的两侧都错,误差为 (α − 1)|x|。")
            .Expect(usual == 0.01)
            .Expect(errors.All(error => error.Error == 0 == error.Alpha <= 1))
            .Expect(errors.All(error => error.Alpha <= 1 || Math.Abs(error.Error - 3 * (error.Alpha - 1)) < 1e-12))
            with
            {
                Table = new(
                    [new("α", "α"), new("largest error of max(αx, x) on [−3, 3]", "max(αx, x) 在 [−3, 3] 上的最大误差")],
                    [.. errors.Select(error => (
                        new Text(Numbers.Write(error.Alpha), Numbers.Write(error.Alpha)),
                        (IReadOnlyList<double>)[error.Error]))]),
            };

        static double MaximumFormError(double alpha) =>
            Search.Maximum(x => Math.Abs(Math.Max(alpha * x, x) - Activation.LeakyRelu(alpha).Forward(x)), -3, 3).Value;
    }

    private static Evidence StartAndLearning()
    {
        double start = Prelu.ParameterValues[0], learned = Learn(x => Math.Max(0, x) + 0.6 * Math.Min(0, x));
        return Evidence.Found(
            $"The library's default is {start}. From there, gradient descent on data with slope 0.6 below 0 arrives at α = {learned:6}.",
            $"本库的默认值为 {start}。以此为起点,在 0 以下斜率为 0.6 的数据上做梯度下降,得到 α = {learned:6}。")
            .Expect(start == 0.25)
            .Expect(Prelu.Info.Parameters[0].Learnable)
            .Expect(Math.Abs(learned - 0.6) < 1e-6);
    }

    private static Evidence Gradient()
    {
        double[] x = [-2, -0.5, 0, 3], ones = [1, 1, 1, 1], sum = new double[1];
        double[] single = [.. x.Select(at => GradientAt([at], [1]))];
        ((ElementwiseActivation)Prelu).ParameterGradient(x, ones, sum);
        return Evidence.Found(
            $"Measured at {x[0]}, {x[1]}, {x[2]} and {x[3]}: {single[0]}, {single[1]}, {single[2]} and {single[3]}. "
            + $"Positions that share an α add up: here {sum[0]}.",
            $"在 {x[0]}、{x[1]}、{x[2]}、{x[3]} 处测得 {single[0]}、{single[1]}、{single[2]}、{single[3]}。共享同一 α 的位置要相加:此处为 {sum[0]}。")
            .Expect(single.SequenceEqual([-2, -0.5, 0, 0]))
            .Expect(sum[0] == single.Sum());

        static double GradientAt(double[] x, double[] dy)
        {
            double[] gradient = new double[1];
            ((ElementwiseActivation)Prelu).ParameterGradient(x, dy, gradient);
            return gradient[0];
        }
    }

    private static Evidence Sharing()
    {
        double[] x = [-1, -1, -1, -2, -2, -2], y = new double[6], dx = new double[6], perChannel = new double[3], shared = new double[1];
        double[] alphas = [0.1, 0.2, 0.3], dy = [1, 1, 1, 1, 1, 1];
        ElementwiseActivation prelu = (ElementwiseActivation)Prelu;
        prelu.ForwardPerChannel(x, [2, 3], alphas, y);
        prelu.BackwardPerChannel(x, [2, 3], alphas, dy, dx, perChannel);
        prelu.BackwardPerChannel(x, [2, 3], [0.25], dy, dx, shared);
        bool refused = Refuses(() => prelu.ForwardPerChannel(x, [2, 3], [0.1, 0.2], y));
        return Evidence.Found(
            $"A 2 × 3 input has three channels, dimension 1 being the channel. "
            + $"With α = 0.1, 0.2, 0.3 its first row of −1 becomes {y[0]}, {y[1]}, {y[2]}; "
            + $"each α gathers its own gradient, {perChannel[0]}, and a shared one all of it, {shared[0]}. "
            + $"Two values for three channels are refused. With fewer than two dimensions there is one channel.",
            $"2 × 3 的输入有三个通道(第 1 维是通道)。取 α = 0.1、0.2、0.3,全为 −1 的首行变为 {y[0]}、{y[1]}、{y[2]};每个 α 各自累加梯度 {perChannel[0]},"
            + $"共享的 α 则得到全部 {shared[0]}。给三个通道两个值会被拒绝。少于两维时只有一个通道。")
            .Expect(y.AsSpan(0, 3).SequenceEqual([-0.1, -0.2, -0.3]))
            .Expect(perChannel.SequenceEqual([-3.0, -3, -3]))
            .Expect(shared[0] == -9)
            .Expect(refused);

        static bool Refuses(Action action)
        {
            try
            {
                action();
                return false;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }
    }

    private static Evidence Sample()
    {
        double[] x = [0.2399, -0.3208, -0.7234, 1.6305, 0.5196, -0.7686, 0.1195, -0.2320, 1.2424, -0.7216];
        double[] printed = [0.2399, -0.0802, -0.1809, 1.6305, 0.5196, -0.1922, 0.1195, -0.0580, 1.2424, -0.1804];
        double[] y = new double[x.Length];
        Prelu.Forward(x, y);
        double off = y.Zip(printed, (a, b) => Math.Abs(a - b)).Max();
        return Evidence.Found(
            $"All ten agree within {off:2}, half a unit of the four printed decimals.",
            $"十个值全部吻合,相差至多 {off:2},即所印四位小数的半个单位。")
            .Expect(off <= 0.00005 + 1e-12);
    }

    private static Evidence NegativeSlope()
    {
        double learned = Learn(Math.Abs);
        double at = Activation.Prelu(learned).Forward(-2);
        return Evidence.Found(
            $"Nothing confines it. Learning |x| from the usual start ends at α = {learned:6}, which turns −2 into {at:6}.",
            $"没有任何限制。从通常的初值学习 |x|,最终得到 α = {learned:6},它把 −2 变成 {at:6}。")
            .Expect(Math.Abs(learned + 1) < 1e-6);
    }

    private static Evidence Decay()
    {
        double free = Learn(Leak), decayed = Learn(Leak, decay: 0.1);
        return Evidence.Found(
            $"The paper uses momentum and no decay on α, because decay pulls α to 0, "
            + $"that is towards plain ReLU: on data made with slope 0.25, "
            + $"learning arrives at {free:6} without and at {decayed:4} with a decay of 0.1.",
            $"论文使用动量且不对 α 做衰减,因为衰减会把 α 拉向 0,即退回普通 ReLU:在斜率为 0.25 的数据上,不衰减学得 {free:6},衰减系数 0.1 时学得 {decayed:4}。")
            .Expect(Math.Abs(free - 0.25) < 1e-6)
            .Expect(decayed is > 0 and < 0.24);

        static double Leak(double x) => Math.Max(0, x) + 0.25 * Math.Min(0, x);
    }

    // Gradient descent on the mean squared error between PReLU and a target, over normal inputs.
    private static double Learn(Func<double, double> target, double decay = 0)
    {
        const int Steps = 400;
        const double Rate = 0.1;
        double[] x = new NormalNumbers(seed: 11).Next(500), error = new double[x.Length], gradient = new double[1];
        double alpha = Prelu.ParameterValues[0];
        for (int step = 0; step < Steps; step++)
        {
            ElementwiseActivation prelu = Activation.Prelu(alpha);
            prelu.Forward(x, error);
            for (int i = 0; i < x.Length; i++)
                error[i] = 2 * (error[i] - target(x[i])) / x.Length;
            prelu.ParameterGradient(x, error, gradient);
            alpha -= Rate * (gradient[0] + decay * alpha);
        }
        return alpha;
    }
}
