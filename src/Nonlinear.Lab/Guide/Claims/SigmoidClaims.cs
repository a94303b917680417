using Nonlinear.Lab.Guide.Claims.Experiments;
using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Claims about sigmoid and tanh.</summary>
internal static class SigmoidClaims
{
    private static readonly ElementwiseActivation Sigmoid = Activation.Sigmoid(), Tanh = Activation.Tanh();

    public static IEnumerable<Claim> All { get; } =
    [
        new("sigmoid-slope", ["sigmoid"], Verdict.Holds,
            new("The slope of the sigmoid is 0.25 at most.", "sigmoid 的导数最大为 0.25。"),
            LargestSlope),
        new("sigmoid-cutoff", ["sigmoid"], Verdict.Convention,
            new("For |x| > 3 the slope of the sigmoid is practically 0.", "当 |x| > 3 时,sigmoid 的导数几乎为 0。"),
            SigmoidCutoff),
        new("tanh-identity", ["tanh"], Verdict.Holds,
            new("tanh x = 2σ(2x) − 1, and its slope is 1 − tanh² x.", "tanh x = 2σ(2x) − 1,其导数为 1 − tanh² x。"),
            TanhIdentities),
        new("tanh-cutoff", ["tanh"], Verdict.Convention,
            new("For |x| > 2 the slope of tanh is practically 0; the useful range is ±1.5.", "当 |x| > 2 时 tanh 的导数几乎为 0;有效区间为 ±1.5。"),
            TanhCutoffs),
        new("tanh-quotient", ["tanh"], Verdict.Wrong,
            new("tanh can be computed as (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).", "tanh 可以按 (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) 直接计算。"),
            TanhQuotient),
        new("tanh-cost", ["tanh"], Verdict.Wrong,
            new("A tanh costs four exponentials.", "计算一次 tanh 需要四次指数运算。"),
            TanhFromOneExponential),
        new("vanishing-gradient", ["sigmoid", "tanh"], Verdict.HoldsInPart,
            new(
                "Deep stacks of sigmoid or tanh layers lose the gradient: it is a product of factors below 1.",
                "sigmoid 或 tanh 的深层堆叠会使梯度消失:梯度是许多小于 1 的因子之积。"),
            GradientByDepth),
    ];

    private static Evidence LargestSlope()
    {
        (double at, double slope) = Search.Maximum(Sigmoid.Derivative, -10, 10);
        return Evidence.Found(
            $"The largest slope found on [−10, 10] is {slope:10}, at x = {at:2}.",
            $"在 [−10, 10] 上找到的最大导数为 {slope:10},位于 x = {at:2}。")
            .Expect(Math.Abs(slope - 0.25) < 1e-12)
            .Expect(Math.Abs(at) < 1e-4);
    }

    private static Evidence SigmoidCutoff()
    {
        double slope = Sigmoid.Derivative(3), share = slope / Sigmoid.Derivative(0);
        double onePercent = Search.Crossing(x => 0.01 - Sigmoid.Derivative(x) / Sigmoid.Derivative(0), 0, 20);
        return Evidence.Found(
            $"At x = 3 the slope is {slope:3}, still {share:%} of its maximum; it falls below 1% of it only beyond |x| = {onePercent:3}. "
            + $"The border at 3 is a rule of thumb.",
            $"在 x = 3 处导数为 {slope:3},仍是最大值的 {share:%};直到 |x| 超过 {onePercent:3} 才降到最大值的 1% 以下。以 3 为界只是经验之谈。")
            .Expect(share > 0.1)
            .Expect(onePercent > 5);
    }

    private static Evidence TanhIdentities()
    {
        double identity = Search.Maximum(x => Math.Abs(Tanh.Forward(x) - (2 * Sigmoid.Forward(2 * x) - 1)), -20, 20).Value;
        double slope = Search.Maximum(x => Math.Abs(Tanh.Derivative(x) - (1 - Math.Pow(Tanh.Forward(x), 2))), -20, 20).Value;
        double exact = Tanh.Derivative(19), cancelled = 1 - Math.Pow(Tanh.Forward(19), 2);
        return Evidence.Found(
            $"On [−20, 20] the two sides differ by at most {identity:2} and {slope:2}, which is rounding. "
            + $"As a recipe the second cancels: at x = 19 it gives {cancelled:3}, where the slope is {exact:3}; "
            + $"the library computes sech² x.",
            $"在 [−20, 20] 上两式两侧相差至多 {identity:2} 与 {slope:2},属舍入误差。但作为算法,后者会相消:在 x = 19 处得到 {cancelled:3},而真实导数为 {exact:3};本库直接计算 sech² x。")
            .Expect(identity < 1e-15)
            .Expect(slope < 1e-15)
            .Expect(Math.Abs(cancelled / exact - 1) > 0.01);
    }

    private static Evidence TanhCutoffs()
    {
        double atTwo = Tanh.Derivative(2), atOneAndAHalf = Tanh.Derivative(1.5);
        return Evidence.Found(
            $"The slope is {atOneAndAHalf:3} at 1.5 and {atTwo:3} at 2, against {Tanh.Derivative(0)} at 0. It shrinks smoothly; "
            + $"no border is marked anywhere.",
            $"导数在 1.5 处为 {atOneAndAHalf:3},在 2 处为 {atTwo:3},在 0 处为 {Tanh.Derivative(0)}。它平滑递减,并不存在分界点。")
            .Expect(Math.Abs(atTwo - 0.0707) < 5e-5)
            .Expect(Math.Abs(atOneAndAHalf - 0.181) < 5e-4);
    }

    private static Evidence TanhQuotient()
    {
        static double Quotient(double x) => (Math.Exp(x) - Math.Exp(-x)) / (Math.Exp(x) + Math.Exp(-x));
        const double Small = 1e-10, Large = 710;
        double border = Search.Crossing(x => double.IsNaN(Quotient(x)) ? 1 : -1, 0, Large);
        double error = Math.Abs(Quotient(Small) / Small - 1), ours = Math.Abs(Tanh.Forward(Small) / Small - 1);
        return Evidence.Found(
            $"In double precision the quotient is {Quotient(Large)} from |x| = {border:5} on, where both exponentials overflow, "
            + $"and at x = {Small} its relative error is {error:2}. The library gives {Tanh.Forward(Large)} and an error of {ours:2}.",
            $"在双精度下,自 |x| = {border:5} 起两个指数都溢出,商变为 {Quotient(Large)};在 x = {Small} 处相对误差为 {error:2}。"
            + $"本库分别给出 {Tanh.Forward(Large)} 与误差 {ours:2}。")
            .Expect(Math.Abs(border - 709.78) < 0.005)
            .Expect(error > 1e-8)
            .Expect(Tanh.Forward(Large) == 1)
            .Expect(ours < 1e-15);
    }

    private static Evidence TanhFromOneExponential()
    {
        // ELU at x ≤ 0 is expm1 x.
        ElementwiseActivation elu = Activation.Elu();
        double Single(double x)
        {
            double expm1 = elu.Forward(-2 * Math.Abs(x));
            return Math.CopySign(expm1 / (expm1 + 2), x);
        }
        double error = Search.Maximum(x => x == 0 ? 0 : Math.Abs(Single(x) / Tanh.Forward(x) - 1), -20, 20).Value;
        return Evidence.Found(
            $"One is enough: with u = expm1(−2|x|), tanh |x| = −u / (u + 2). "
            + $"Computed so, it agrees with the library to a relative {error:2} on [−20, 20].",
            $"一次就够:令 u = expm1(−2|x|),则 tanh |x| = −u / (u + 2)。这样算出的值在 [−20, 20] 上与本库的相对差至多 {error:2}。")
            .Expect(error < 1e-15);
    }

    private static Evidence GradientByDepth()
    {
        const int Depth = 50, Width = 64;
        (Text Label, double[] Lengths)[] runs =
        [
            Run("sigmoid", Sigmoid, gain: 1),
            Run("sigmoid", Sigmoid, gain: 4),
            Run("tanh", Tanh, gain: 0.5),
            Run("tanh", Tanh, gain: 1),
            Run("tanh", Tanh, gain: 2),
            Run("ReLU", Activation.Relu(), gain: Math.Sqrt(2)),
        ];
        double[] At(int depth) => [.. runs.Select(run => run.Lengths[depth - 1])];
        double sigmoid = runs[0].Lengths[^1], tanhSmall = runs[2].Lengths[^1], tanh = runs[3].Lengths[^1], tanhLarge = runs[4].Lengths[^1];
        return Evidence.Found(
            $"After {Depth} random dense layers of {Width} units, {sigmoid:2} of a gradient is left with sigmoid and {tanh:2} with tanh, "
            + $"both with weights of deviation 1/√n. With tanh the initialisation decides: half of it leaves {tanhSmall:2}, "
            + $"twice of it {tanhLarge:2}.",
            $"经过 {Depth} 个随机全连接层(每层 {Width} 个单元,权重标准差 1/√n)后,sigmoid 只剩梯度的 {sigmoid:2},tanh 剩 {tanh:2}。"
            + $"对 tanh 而言初始化起决定作用:标准差减半剩 {tanhSmall:2},加倍则为 {tanhLarge:2}。")
            .Expect(sigmoid < 1e-20)
            .Expect(tanhSmall < 1e-10)
            .Expect(tanh < 0.5)
            .Expect(tanhLarge > tanh)
            with
            {
                Table = new(
                    [new("Layers", "层数"), .. runs.Select(run => run.Label)],
                    [.. new[] { 2, 5, 10, 20, 30, 40, Depth }
                        .Select(depth => (new Text($"{depth}", $"{depth}"), (IReadOnlyList<double>)At(depth)))]),
                Plot = new(
                    new(
                        "Length of the gradient, relative to its start, by the number of layers it was carried back through",
                        "梯度长度(相对起点)随反向经过的层数的变化"),
                    new("layers", "层数"),
                    new("gradient left", "剩余梯度"),
                    [.. runs.Select(run => new EvidenceCurve(run.Label, [.. run.Lengths.Select((length, i) => (i + 1.0, length))]))])
                {
                    Logarithmic = true,
                },
            };

        static (Text Label, double[] Lengths) Run(string name, Activation activation, double gain)
        {
            string label = $"{name}, {Numbers.Write(gain, 3)}/√n";
            return (
                new(label, label),
                new DenseStack(activation, gain, Depth, new NormalNumbers(seed: 2).Next(Width), seed: 1).GradientByDepth());
        }
    }
}
