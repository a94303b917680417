using Nonlinear.Lab.Guide.Claims.Experiments;
using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Claims about ELU and SELU.</summary>
internal static class ExponentialLinearClaims
{
    private static readonly ElementwiseActivation Elu = Activation.Elu(), Selu = Activation.Selu();

    public static IEnumerable<Claim> All { get; } =
    [
        new("elu-mean", ["elu"], Verdict.HoldsInPart,
            new("With α = 1 the mean output of ELU is near 0.", "α = 1 时 ELU 的输出均值接近 0。"),
            Mean),
        new("elu-saturation", ["elu"], Verdict.HoldsInPart,
            new("The slope below 0, αeˣ, is always positive, so ELU does not saturate.", "0 以下的导数 αeˣ 恒为正,因此 ELU 不会饱和。"),
            Saturation),
        new("elu-alpha", ["elu"], Verdict.HoldsInPart,
            new("ELU is smooth at 0 for any α.", "无论 α 取何值,ELU 在 0 处都是光滑的。"),
            SlopesByAlpha),
        new("selu-constants", ["selu"], Verdict.Holds,
            new("λ = 1.0507 and α = 1.67326 follow from two integrals.", "λ = 1.0507 与 α = 1.67326 由两个积分方程得出。"),
            Constants),
        new("selu-smooth", ["selu"], Verdict.Wrong,
            new("SELU is continuously differentiable.", "SELU 连续可导。"),
            Kink),
        new("selu-identity-weights", ["selu"], Verdict.Wrong,
            new("SELU needs identity matrices as weights.", "SELU 要求权重为单位矩阵。"),
            Weights),
        new("selu-independent-input", ["selu"], Verdict.Wrong,
            new(
                "SELU needs input that is independent and identically distributed, with mean 0 and variance 1.",
                "SELU 要求输入独立同分布,且均值为 0、方差为 1。"),
            Attraction),
        new("selu-batch-norm", ["selu"], Verdict.HoldsInPart,
            new("SELU works only without batch normalisation.", "SELU 只有在不用批归一化时才有效。"),
            NormalisationAndDropout),
    ];

    private static Evidence Mean()
    {
        double elu = NormalMoments.Expect(Elu.Forward), relu = NormalMoments.Expect(Activation.Relu().Forward);
        return Evidence.Found(
            $"Nearer than ReLU's, but not 0: for N(0, 1) input the mean is {elu}, that of ReLU {relu}.",
            $"比 ReLU 更接近,但不是 0:对 N(0, 1) 输入,均值为 {elu},ReLU 为 {relu}。")
            .Expect(Math.Abs(elu - 0.1605) < 5e-5)
            .Expect(Math.Abs(relu - 0.3989) < 5e-5);
    }

    private static Evidence Saturation()
    {
        double onePercent = Search.Crossing(x => Elu.Derivative(x) - 0.01, -20, 0), slope = Elu.Derivative(-20), level = Elu.Forward(-20);
        return Evidence.Found(
            $"Positive, but not for long of any use: it is below 1% from x = {onePercent:4} down and {slope:2} at −20, "
            + $"where the output is {level:9}. ELU saturates at −α, as a sigmoid does.",
            $"确为正,但很快失去作用:自 x = {onePercent:4} 以下已不足 1%,在 −20 处为 {slope:2},此时输出为 {level:9}。ELU 在 −α 处饱和,与 sigmoid 无异。")
            .Expect(slope is > 0 and < 1e-8)
            .Expect(Math.Abs(onePercent - Math.Log(0.01)) < 1e-9);
    }

    private static Evidence SlopesByAlpha()
    {
        (double Alpha, double Left, double Right)[] slopes =
            [.. new[] { 0.1, 0.5, 1, 2 }.Select(alpha => Slopes(alpha, Activation.Elu(alpha)))];
        return Evidence.Found(
            $"Only for α = 1. Otherwise the slope jumps at 0 from α to 1; "
            + $"the range from 0.1 to 1, which is often recommended, has a kink everywhere but at its end.",
            $"仅当 α = 1 时成立。否则导数在 0 处由 α 跳到 1;常被推荐的区间 0.1 到 1,除端点外处处有折点。")
            .Expect(slopes.All(slope => slope.Left == slope.Right == (slope.Alpha == 1)))
            .Expect(slopes.All(slope => Math.Abs(slope.Left - slope.Alpha) < 1e-12))
            with
            {
                Table = new(
                    [new("α", "α"), new("slope left of 0", "0 左侧导数"), new("slope right of 0", "0 右侧导数")],
                    [.. slopes.Select(slope => (
                        new Text(Numbers.Write(slope.Alpha), Numbers.Write(slope.Alpha)),
                        (IReadOnlyList<double>)[slope.Left, slope.Right]))]),
            };

        static (double Alpha, double Left, double Right) Slopes(double alpha, ElementwiseActivation elu) =>
            (alpha, elu.Derivative(double.BitDecrement(0)), elu.Derivative(double.BitIncrement(0)));
    }

    private static Evidence Constants()
    {
        // λ drops out of the first integral, which gives α; the second then gives λ.
        double above = NormalMoments.Expect(Activation.Relu().Forward), below = NormalMoments.Expect(x => Elu.Forward(Math.Min(0, x)));
        double alpha = -above / below;
        ElementwiseActivation elu = Activation.Elu(alpha);
        double lambda = 1 / Math.Sqrt(NormalMoments.Expect(x => Math.Pow(elu.Forward(x), 2)));
        double errorAlpha = Math.Abs(alpha - Nonlinear.Selu.Alpha.High), errorLambda = Math.Abs(lambda - Nonlinear.Selu.Lambda.High);
        return Evidence.Found(
            $"Solving them here, by quadrature, gives α = {alpha:13} and λ = {lambda:13}; "
            + $"the library's own differ by {errorAlpha:1} and {errorLambda:1}.",
            $"在此用数值积分求解,得 α = {alpha:13}、λ = {lambda:13};与本库所用常数相差 {errorAlpha:1} 与 {errorLambda:1}。")
            .Expect(errorAlpha < 1e-12)
            .Expect(errorLambda < 1e-12)
            .Expect(Math.Abs(alpha - 1.67326) < 5e-6)
            .Expect(Math.Abs(lambda - 1.0507) < 5e-5);
    }

    private static Evidence Kink()
    {
        double left = Selu.Derivative(double.BitDecrement(0)), right = Selu.Derivative(double.BitIncrement(0));
        return Evidence.Found(
            $"It is continuous, its slope is not: {left:5} = λα from the left, {right:5} = λ from the right. "
            + $"The library takes the left one at 0.",
            $"函数连续,导数却不连续:左侧为 {left:5} = λα,右侧为 {right:5} = λ。本库在 0 处取左侧值。")
            .Expect(Math.Abs(left - 1.7581) < 5e-5)
            .Expect(Math.Abs(right - 1.0507) < 5e-5)
            .Expect(Selu.Derivative(0) == left)
            with
            {
                Plot = new(
                    new("The slope of SELU, which jumps at 0", "SELU 的导数,在 0 处跳跃"),
                    new("x", "x"),
                    new("slope", "导数"),
                    [
                        new(
                            new("slope", "导数"),
                            [
                                .. Search.Grid(-4, 0, 80).Select(x => (x, Selu.Derivative(x))),
                                (0, double.NaN),
                                .. Search.Grid(1e-12, 3, 20).Select(x => (x, Selu.Derivative(x))),
                            ]),
                    ]),
            };
    }

    private static Evidence Weights()
    {
        const int Depth = 30;
        (double meanLeCun, double varianceLeCun) = AfterLeCunLayers(Depth, numbers => numbers.Next(Width));
        double[] signal = new NormalNumbers(seed: 23).Next(Width * Runs);
        for (int layer = 0; layer < Depth; layer++)
            Selu.Forward(signal, signal);
        (double mean, double variance) = NormalMoments.Of(signal);
        return Evidence.Found(
            $"It needs random weights whose sum is 0 and whose squares sum to 1 for each unit (LeCun-normal). "
            + $"After {Depth} such layers mean and variance are {meanLeCun:2} and {varianceLeCun:3}. "
            + $"With identity matrices they drift to {mean:3} and {variance:3}.",
            $"它需要随机权重,每个单元的权重之和为 0、平方和为 1(LeCun 正态)。经过 {Depth} 层后均值与方差为 {meanLeCun:2} 与 {varianceLeCun:3};若用单位矩阵,"
            + $"则漂移到 {mean:3} 与 {variance:3}。")
            .Expect(Math.Abs(meanLeCun) < 0.1)
            .Expect(Math.Abs(varianceLeCun - 1) < 0.2)
            .Expect(variance > 2);
    }

    private static Evidence Attraction()
    {
        const int Depth = 30;
        (double startMean, double startVariance) = NormalMoments.Of([.. Enumerable.Range(0, Runs).SelectMany(run => Walk(new(run)))]);
        (double mean, double variance) = AfterLeCunLayers(Depth, Walk);
        return Evidence.Found(
            $"The point (0, 1) attracts, so that it need not be met at the start. "
            + $"Neighbouring inputs that depend on each other, with mean {startMean:2} and variance {startVariance:2}, "
            + $"come out of {Depth} layers with mean {mean:2} and variance {variance:3}.",
            $"点 (0, 1) 是吸引的,起点不必恰好在此。相邻分量相互依赖、均值 {startMean:2}、方差 {startVariance:2} 的输入,经过 {Depth} 层后均值为 {mean:2}、方差为 {variance:3}。")
            .Expect(Math.Abs(startMean) > 0.5)
            .Expect(startVariance < 0.6)
            .Expect(Math.Abs(mean) < 0.1)
            .Expect(Math.Abs(variance - 1) < 0.2);

        // Each number is mostly the one before it.
        static double[] Walk(NormalNumbers numbers)
        {
            double[] x = numbers.Next(Width, 0.3);
            for (int i = 1; i < x.Length; i++)
                x[i] += 0.9 * x[i - 1];
            return [.. x.Select(value => value + 1)];
        }
    }

    private static Evidence NormalisationAndDropout()
    {
        const double Rate = 0.1;
        (double mean, double variance) = NormalMoments.Through(Selu.Forward, 0, 1);
        double square = variance + mean * mean, kept = 1 - Rate, floor = Selu.Info.AtMinusInfinity;
        double plain = square / kept - mean * mean;
        double scale = 1 / Math.Sqrt(kept + floor * floor * kept * Rate), shift = -scale * Rate * floor;
        double alphaMean = scale * (kept * mean + Rate * floor) + shift;
        double alphaVariance = scale * scale * (kept * square + Rate * floor * floor - Math.Pow(kept * mean + Rate * floor, 2));
        return Evidence.Found(
            $"It does without one, but normalised input is exactly what it keeps: N(0, 1) comes out with mean {Nearly(mean)} and variance "
            + $"{variance:9}. What does disturb it is plain dropout, which at a rate of {Rate} raises the variance to {plain:4}; "
            + $"alpha dropout, which drops to −λα and rescales, keeps mean {Nearly(alphaMean)} and variance {alphaVariance:9}.",
            $"它不需要批归一化,但归一化的输入恰是它所保持的:N(0, 1) 输入的输出均值为 {Nearly(mean)}、方差为 {variance:9}。"
            + $"真正干扰它的是普通 dropout:比率 {Rate} 时方差升到 {plain:4};alpha dropout 以 −λα 代替并重新缩放,均值保持 {Nearly(alphaMean)}、方差保持 {alphaVariance:9}。")
            .Expect(Math.Abs(mean) < 1e-10)
            .Expect(Math.Abs(variance - 1) < 1e-10)
            .Expect(plain > 1.1)
            .Expect(Math.Abs(alphaMean) < 1e-10)
            .Expect(Math.Abs(alphaVariance - 1) < 1e-10);

        // 0 rather than the rounding errors of the quadrature, and not -0.
        static double Nearly(double value) => Math.Abs(value) < 1e-9 ? 0 : value;
    }

    private const int Width = 128, Runs = 16;

    // Mean and variance over several random networks, each with an input of its own.
    private static (double Mean, double Variance) AfterLeCunLayers(int depth, Func<NormalNumbers, double[]> input) =>
        NormalMoments.Of([.. Enumerable.Range(0, Runs)
            .SelectMany(run => new DenseStack(Selu, gain: 1, depth, input(new(run)), seed: 100 + run).Output)]);
}
