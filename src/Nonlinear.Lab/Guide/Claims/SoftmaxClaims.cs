using Nonlinear.Lab.Guide.Claims.Experiments;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Claims about softmax.</summary>
internal static class SoftmaxClaims
{
    private static readonly AxisActivation Softmax = Activation.Softmax();

    public static IEnumerable<Claim> All { get; } =
    [
        new("softmax-slope", ["softmax"], Verdict.HoldsInPart,
            new("The derivative of softmax is s (1 − s).", "softmax 的导数为 s (1 − s)。"),
            Jacobian),
        new("softmax-naive", ["softmax"], Verdict.HoldsInPart,
            new(
                "Softmax is the exponentials divided by their sum; large inputs overflow, and subtracting the maximum prevents it.",
                "softmax 是各指数除以其总和;输入过大会溢出,减去最大值即可避免。"),
            Overflow),
        new("softmax-independence", ["softmax"], Verdict.Wrong,
            new("Softmax assumes that its outputs are independent of each other.", "softmax 假设各输出相互独立。"),
            Coupling),
    ];

    private static double[] Forward(params double[] x)
    {
        double[] y = new double[x.Length];
        Softmax.Forward(x, y);
        return y;
    }

    private static Evidence Jacobian()
    {
        double[] x = [1, 2, 3], s = Forward(x), jacobian = new double[9];
        Softmax.Jacobian(x, jacobian);
        double diagonal = Enumerable.Range(0, 3).Max(i => Math.Abs(jacobian[4 * i] - s[i] * (1 - s[i])));
        double beside = Enumerable.Range(0, 9).Where(k => k % 4 != 0).Max(k => Math.Abs(jacobian[k] + s[k / 3] * s[k % 3]));
        double largest = Enumerable.Range(0, 9).Where(k => k % 4 != 0).Min(k => jacobian[k]);
        return Evidence.Found(
            $"That is only the diagonal of a matrix, ∂sᵢ/∂xⱼ = sᵢ (δᵢⱼ − sⱼ). "
            + $"For x = (1, 2, 3) the entries beside the diagonal go down to {largest:4}: raising one input lowers every other output.",
            $"那只是矩阵 ∂sᵢ/∂xⱼ = sᵢ (δᵢⱼ − sⱼ) 的对角线。对 x = (1, 2, 3),非对角元最低为 {largest:4}:提高一个输入会降低其他所有输出。")
            .Expect(diagonal < 1e-15)
            .Expect(beside < 1e-15)
            .Expect(largest < -0.1)
            with
            {
                Table = new(
                    [new("∂sᵢ/∂xⱼ", "∂sᵢ/∂xⱼ"), .. Same("x₁", "x₂", "x₃")],
                    [.. Same("s₁", "s₂", "s₃").Select((label, i) => (label, (IReadOnlyList<double>)jacobian[(3 * i)..(3 * i + 3)]))]),
            };

        static IEnumerable<Text> Same(params string[] labels) => labels.Select(Text.Same);
    }

    private static Evidence Overflow()
    {
        static double[] Naive(params double[] x)
        {
            double[] e = [.. x.Select(Math.Exp)];
            return [.. e.Select(value => value / e.Sum())];
        }
        double naive = Naive(1000, 1000)[0], stable = Forward(1000, 1000)[0];
        double border = Search.Crossing(x => double.IsNaN(Naive(x, x)[0]) ? 1 : -1, 1, 1000);
        return Evidence.Found(
            $"The remedy is right, and yet the code printed with it is usually the form that overflows: in double precision it is {naive} "
            + $"for two inputs from {border:5} on. For (1000, 1000) the library gives {stable} each.",
            $"补救办法是对的,但随文给出的代码往往仍是会溢出的形式:在双精度下,两个输入达到 {border:5} 起即得 {naive}。对 (1000, 1000) 本库给出各 {stable}。")
            .Expect(double.IsNaN(naive))
            .Expect(stable == 0.5)
            .Expect(border is > 709 and < 710);
    }

    private static Evidence Coupling()
    {
        double[] before = Forward(1, 2, 3), shifted = Forward(101, 102, 103), raised = Forward(1, 2, 5);
        double sum = raised.Sum(), lost = before[1] - raised[1];
        double shift = before.Zip(shifted, (a, b) => Math.Abs(a - b)).Max();
        double oddsBefore = before[1] / before[0], oddsAfter = raised[1] / raised[0];
        return Evidence.Found(
            $"They cannot be: they sum to {sum:12}. Raising the third input of (1, 2, 3) to 5 takes {lost:3} from the second output. "
            + $"What holds is that adding 100 to every input changes nothing (largest difference {shift:2}), "
            + $"and that the odds of two outputs ignore the third: {oddsBefore:6} before, {oddsAfter:6} after.",
            $"不可能独立:它们的和为 {sum:12}。把 (1, 2, 3) 的第三个输入提高到 5,第二个输出就减少 {lost:3}。"
            + $"真正成立的是:所有输入同加 100 结果不变(最大差 {shift:2});两个输出之比与第三个无关:之前 {oddsBefore:6},之后 {oddsAfter:6}。")
            .Expect(Math.Abs(sum - 1) < 1e-15)
            .Expect(lost > 0.1)
            .Expect(shift < 1e-15)
            .Expect(Math.Abs(oddsBefore / oddsAfter - 1) < 1e-14);
    }
}
