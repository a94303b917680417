using Nonlinear.Lab.Guide.Claims.Experiments;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Claims about the inputs times a gate: swish, mish and GELU.</summary>
internal static class GatedClaims
{
    private static readonly ElementwiseActivation Swish = Activation.Swish(), Mish = Activation.Mish(), Gelu = Activation.Gelu();

    public static IEnumerable<Claim> All { get; } =
    [
        new("swish-limit-zero", ["swish"], Verdict.HoldsInPart,
            new("As β falls to 0, swish becomes linear.", "β 趋于 0 时,swish 退化为线性函数。"),
            SwishLimits),
        new("swish-silu", ["swish"], Verdict.Holds,
            new("With β = 1 swish is SiLU.", "β = 1 时 swish 即 SiLU。"),
            SwishIsSilu),
        new("swish-beta", ["swish"], Verdict.Holds,
            new("β can be learned.", "β 可以学习。"),
            SwishBeta),
        new("mish-tanh", ["mish"], Verdict.Wrong,
            new("On the negative side mish looks like tanh.", "在负半轴上 mish 的形状类似 tanh。"),
            MishBelowZero),
        new("mish-smoother", ["mish", "swish"], Verdict.Wrong,
            new("Around 0 mish is smoother than swish.", "在 0 附近 mish 比 swish 更平滑。"),
            MishCurvature),
        new("mish-naive", ["mish"], Verdict.Wrong,
            new("mish can be computed as x · tanh(log(1 + eˣ)).", "mish 可以按 x · tanh(log(1 + eˣ)) 直接计算。"),
            NaiveSoftplus),
        new("gelu-slope", ["gelu"], Verdict.Wrong,
            new("The slope of GELU is Φ(x) + ½ x e^(−x²/2) / √π.", "GELU 的导数为 Φ(x) + ½ x e^(−x²/2) / √π。"),
            GeluSlope),
        new("gelu-approximation", ["gelu", "gelu_tanh"], Verdict.Holds,
            new("GELU ≈ ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))).", "GELU ≈ ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))。"),
            GeluApproximation),
    ];

    private static Evidence SwishLimits()
    {
        const double Small = 1e-6, Large = 1e6;
        ElementwiseActivation flat = Activation.Swish(Small), sharp = Activation.Swish(Large);
        double toHalf = Search.Maximum(x => Math.Abs(flat.Forward(x) - x / 2), -10, 10).Value;
        // Off it most where βx is of ordinary size.
        double toRelu = Search.Maximum(
            x => Math.Abs(sharp.Forward(x) - Activation.Relu().Forward(x)), -10 / Large, 10 / Large).Value;
        return Evidence.Found(
            $"Linear, but not the identity: the limit is x/2. On [−10, 10] swish with β = {Small} is off it by at most {toHalf:2}. "
            + $"The other end is the more useful one: with β = {Large} swish is within {toRelu:2} of ReLU.",
            $"是线性的,但不是恒等函数:极限为 x/2。在 [−10, 10] 上,β = {Small} 的 swish 与它相差至多 {toHalf:2}。另一端更有用:β = {Large} 时 swish 与 ReLU 相差至多 {toRelu:2}。")
            .Expect(toHalf < 1e-4)
            .Expect(toRelu is > 1e-7 and < 1e-6);
    }

    private static Evidence SwishIsSilu()
    {
        ElementwiseActivation silu = (ElementwiseActivation)Activation.Parse("silu");
        double difference = Search.Maximum(x => Math.Abs(silu.Forward(x) - x * Activation.Sigmoid().Forward(x)), -20, 20).Value;
        return Evidence.Found(
            $"The name silu finds swish with β = {silu.ParameterValues[0]}, "
            + $"and on [−20, 20] it differs from x · σ(x) by at most {difference:2}, which is rounding.",
            $"名称 silu 对应 β = {silu.ParameterValues[0]} 的 swish;在 [−20, 20] 上它与 x · σ(x) 相差至多 {difference:2},属舍入误差。")
            .Expect(silu.Info == Swish.Info)
            .Expect(silu.ParameterValues[0] == 1)
            .Expect(difference < 1e-14);
    }

    private static Evidence SwishBeta()
    {
        const double X = 1.5, Beta = 1, Step = 1e-5;
        double[] gradient = new double[1];
        Activation.Swish(Beta).ParameterGradient([X], [1.0], gradient);
        double sigmoid = Activation.Sigmoid().Forward(Beta * X), formula = X * X * sigmoid * (1 - sigmoid);
        double difference = (Activation.Swish(Beta + Step).Forward(X) - Activation.Swish(Beta - Step).Forward(X)) / (2 * Step);
        return Evidence.Found(
            $"What learning needs is the gradient by β, x² σ(βx) (1 − σ(βx)), which is often left out. "
            + $"At x = {X}, β = {Beta} it is {gradient[0]:8}; the difference quotient is {difference:8}.",
            $"学习所需的是对 β 的梯度 x² σ(βx) (1 − σ(βx)),它常被略去。在 x = {X}、β = {Beta} 处其值为 {gradient[0]:8},差商为 {difference:8}。")
            .Expect(Math.Abs(gradient[0] - formula) < 1e-14)
            .Expect(Math.Abs(gradient[0] - difference) < 1e-8);
    }

    private static Evidence MishBelowZero()
    {
        (double at, double least) = Search.Minimum(Mish.Forward, -10, 0);
        double far = Mish.Forward(-10);
        return Evidence.Found(
            $"tanh falls towards −1; mish turns at x = {at:6}, where it is {least:6}, "
            + $"and comes back towards 0 from below: mish(−10) = {far:3}, tanh(−10) = {Activation.Tanh().Forward(-10):3}.",
            $"tanh 趋于 −1;mish 在 x = {at:6} 处取得最小值 {least:6},随后从下方回到 0:mish(−10) = {far:3},tanh(−10) = {Activation.Tanh().Forward(-10):3}。")
            .Expect(Math.Abs(at + 1.192431) < 1e-6)
            .Expect(Math.Abs(least + 0.308843) < 1e-6)
            .Expect(far is < 0 and > -0.001);
    }

    private static Evidence MishCurvature()
    {
        double mish = Mish.Curvature(0), swish = Swish.Curvature(0);
        return Evidence.Found(
            $"Both can be differentiated without end, so neither is smoother. "
            + $"If bending is meant, mish bends more: its second derivative at 0 is {mish}, that of swish {swish}.",
            $"两者都无穷次可导,谈不上谁更平滑。若指弯曲程度,mish 反而弯得更厉害:它在 0 处的二阶导数为 {mish},swish 为 {swish}。")
            .Expect(Math.Abs(mish - 0.64) < 1e-12)
            .Expect(Math.Abs(swish - 0.5) < 1e-12)
            .Expect(Mish.Info.Smoothness == Swish.Info.Smoothness);
    }

    private static Evidence NaiveSoftplus()
    {
        static double Naive(double x) => x * Math.Tanh(Math.Log(1 + Math.Exp(x)));
        double vanishes = Search.Crossing(x => Naive(x) == 0 ? -1 : 1, -100, -1);
        double overflows = Search.Crossing(x => double.IsInfinity(Math.Log(1 + Math.Exp(x))) ? 1 : -1, 1, 1000);
        return Evidence.Found(
            $"In double precision the logarithm is 0 below x = {vanishes:3}, where 1 + eˣ rounds to 1, and ∞ above {overflows:4}. "
            + $"At x = −40 the recipe gives {Naive(-40)}, the library {Mish.Forward(-40):4}.",
            $"在双精度下,当 x < {vanishes:3} 时 1 + eˣ 舍入为 1,对数为 0;当 x > {overflows:4} 时对数为 ∞。"
            + $"在 x = −40 处该算法给出 {Naive(-40)},本库给出 {Mish.Forward(-40):4}。")
            .Expect(Math.Abs(vanishes + 36.7) < 0.05)
            .Expect(Math.Abs(overflows - 709.8) < 0.05)
            .Expect(Naive(-40) == 0)
            .Expect(Mish.Forward(-40) < 0);
    }

    private static Evidence GeluSlope()
    {
        static double Printed(double x) => Phi(x) + 0.5 * x * Math.Exp(-x * x / 2) / Math.Sqrt(Math.PI);
        const double Step = 1e-5;
        double right = Gelu.Derivative(1), printed = Printed(1), quotient = (Gelu.Forward(1 + Step) - Gelu.Forward(1 - Step)) / (2 * Step);
        return Evidence.Found(
            $"The second term is x e^(−x²/2) / √(2π). At x = 1 the slope is {right:6} (difference quotient {quotient:6}); "
            + $"the formula gives {printed:6}.",
            $"第二项应为 x e^(−x²/2) / √(2π)。在 x = 1 处导数为 {right:6}(差商 {quotient:6}),而该公式给出 {printed:6}。")
            .Expect(Math.Abs(right - 1.08332) < 5e-6)
            .Expect(Math.Abs(printed - 1.01244) < 5e-6)
            .Expect(Math.Abs(right - quotient) < 1e-8)
            with
            {
                Plot = new(
                    new("The slope of GELU, and what the wrong formula gives", "GELU 的导数,以及错误公式给出的值"),
                    new("x", "x"),
                    new("slope", "导数"),
                    [
                        Curve(new("measured", "测得"), Gelu.Derivative),
                        Curve(new("wrong formula", "错误公式"), Printed),
                    ]),
            };

        // GELU is x · Φ(x).
        static double Phi(double x) => x == 0 ? 0.5 : Gelu.Forward(x) / x;
        static EvidenceCurve Curve(Text label, Func<double, double> f) =>
            new(label, [.. Search.Grid(-4, 4, 160).Select(x => (x, f(x)))]);
    }

    private static Evidence GeluApproximation()
    {
        (double at, double error) = Search.Maximum(x => Math.Abs(Gelu.Forward(x) - Activation.GeluTanh().Forward(x)), 0, 10);
        return Evidence.Found(
            $"The two differ by at most {error:3}, at |x| = {at:3}.",
            $"两者相差至多 {error:3},位于 |x| = {at:3}。")
            .Expect(error is > 4.72e-4 and < 4.74e-4)
            .Expect(Math.Abs(at - 2.70) < 0.005)
            with
            {
                Plot = new(
                    new("The approximation less the exact function", "近似值与精确值之差"),
                    new("x", "x"),
                    new("difference", "差"),
                    [
                        new(
                            new("gelu_tanh − gelu", "gelu_tanh − gelu"),
                            [.. Search.Grid(-6, 6, 240).Select(x => (x, Activation.GeluTanh().Forward(x) - Gelu.Forward(x)))]),
                    ]),
            };
    }
}
