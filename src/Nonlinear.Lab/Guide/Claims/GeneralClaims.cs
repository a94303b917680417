using Nonlinear.Lab.Guide.Claims.Experiments;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Claims about activation functions as such, measured over the whole catalogue.</summary>
internal static class GeneralClaims
{
    private static readonly ElementwiseActivation[] Elementwise = [.. Catalog.Tutorial.OfType<ElementwiseActivation>()];

    public static IEnumerable<Claim> All { get; } =
    [
        new("collapse", [], Verdict.Holds,
            new("Without a nonlinearity, any number of layers is one linear layer.", "没有非线性,再多的层也只等价于一个线性层。"),
            Collapse),
        new("monotone-convex", [], Verdict.Wrong,
            new("Activation functions should be monotone, because then the loss is convex.", "激活函数最好是单调的,因为这样损失函数是凸的。"),
            LossBetweenTwoMinima),
        new("monotone-common", [], Verdict.HoldsInPart,
            new("Most common activation functions are monotone.", "常见的激活函数大多是单调的。"),
            Minima),
        new("differentiable-common", [], Verdict.HoldsInPart,
            new("Most common activation functions are differentiable.", "常见的激活函数大多可导。"),
            Kinks),
    ];

    private static Evidence Collapse()
    {
        // Leaky ReLU with α = 1 is the identity.
        double linear = Surplus(Activation.LeakyRelu(1)), least = Elementwise.Min(Surplus);
        return Evidence.Found(
            $"A linear map N satisfies N(a + b) = N(a) + N(b). With the identity as activation, "
            + $"a random network misses that by {linear:2}, which is rounding; with the functions of the catalogue by {least:2} at least.",
            $"线性映射 N 满足 N(a + b) = N(a) + N(b)。以恒等函数为激活的随机网络与此相差 {linear:2},属舍入误差;用本库的各函数则至少相差 {least:2}。")
            .Expect(linear < 1e-14)
            .Expect(least > 1e-3);

        static double Surplus(ElementwiseActivation activation)
        {
            NormalNumbers numbers = new(seed: 29);
            HiddenLayer network = HiddenLayer.Random(activation, inputs: 8, units: 16, numbers);
            double[] a = numbers.Next(8), b = numbers.Next(8), sum = [.. a.Zip(b, (x, y) => x + y)];
            return Math.Abs(network.Output(sum) - network.Output(a) - network.Output(b));
        }
    }

    private static Evidence LossBetweenTwoMinima()
    {
        ElementwiseActivation[] monotone = [.. Elementwise.Where(activation => activation.Info.Monotone)];
        (ActivationInfo Info, double[] Losses)[] runs = [.. monotone.Select(activation => (activation.Info, Along(activation)))];
        double least = runs.Min(run => run.Losses[Steps / 2]), ends = runs.Max(run => Math.Max(run.Losses[0], run.Losses[^1]));
        return Evidence.Found(
            $"Take a network of two hidden units and as targets its own outputs. Its loss is 0; "
            + $"exchanging the two units leaves it 0, at another point. A convex function would be 0 on the whole way between. "
            + $"Measured half way: {least:2} or more, for each of the {runs.Length} monotone elementwise functions of the tour.",
            $"取一个有两个隐藏单元的网络,并以它自己的输出为目标,损失为 0;交换两个单元得到参数空间中的另一点,损失仍为 0。若损失是凸的,两点之间应处处为 0。"
            + $"而在中点测得:对目录中 {runs.Length} 个单调的逐元素函数,损失都不小于 {least:2}。")
            .Expect(runs.Length > 0)
            .Expect(ends < 1e-30)
            .Expect(least > 1e-3)
            with
            {
                Plot = new(
                    new("The loss on the straight way from one minimum to the other", "从一个极小点沿直线到另一个极小点的损失"),
                    new("way", "路程"),
                    new("loss", "损失"),
                    [.. runs.Select(run => new EvidenceCurve(
                        new(run.Info.Title, run.Info.Title),
                        [.. run.Losses.Select((loss, i) => (i / (double)Steps, loss))]))]),
            };

        static double[] Along(ElementwiseActivation activation)
        {
            HiddenLayer one = new(activation, [[2], [-1]], [0.5, -0.3], [1, -1]),
                other = new(activation, [[-1], [2]], [-0.3, 0.5], [-1, 1]);
            double[][] inputs = [.. Search.Grid(-2, 2, 40).Select(x => new[] { x })];
            double[] targets = [.. inputs.Select(one.Output)];
            return [.. Search.Grid(0, 1, Steps).Select(t => new HiddenLayer(
                activation,
                [.. one.W.Zip(other.W, (a, b) => Between(a, b, t))],
                Between(one.B, other.B, t),
                Between(one.V, other.V, t)).Loss(inputs, targets))];
        }

        static double[] Between(double[] a, double[] b, double t) => [.. a.Zip(b, (from, to) => (1 - t) * from + t * to)];
    }

    private const int Steps = 60;

    private static Evidence Minima()
    {
        (ActivationInfo Info, double At, double Value)[] minima = [.. Elementwise
            .Where(activation => !activation.Info.Monotone)
            .Select(activation => (activation.Info, Search.Minimum(activation.Forward, -5, 0)))
            .Select(pair => (pair.Info, pair.Item2.At, pair.Item2.Value))];
        return Evidence.Found(
            $"Of the {Elementwise.Length} elementwise functions of the tour {Elementwise.Length - minima.Length} are. "
            + $"The others fall to a minimum below 0 and rise again.",
            $"本导览中 {Elementwise.Length} 个逐元素函数有 {Elementwise.Length - minima.Length} 个是单调的。其余函数先降到 0 以下的最小值,再回升。")
            .Expect(minima.All(minimum => minimum.Value < -0.1))
            .Expect(Near("swish", -1.278465, -0.278465))
            .Expect(Near("mish", -1.192431, -0.308843))
            .Expect(Near("gelu", -0.751792, -0.169971))
            with
            {
                Table = new(
                    [new("function", "函数"), new("minimum at", "最小值位置"), new("minimum", "最小值")],
                    [.. minima.Select(
                        minimum => (Text.Same(minimum.Info.Title), (IReadOnlyList<double>)[minimum.At, minimum.Value]))])
                {
                    Digits = 6,
                },
            };

        bool Near(string name, double at, double value) =>
            minima.Any(minimum => minimum.Info.Name == name && Math.Abs(minimum.At - at) < 1e-6 && Math.Abs(minimum.Value - value) < 1e-6);
    }

    private static Evidence Kinks()
    {
        (string Name, double Left, double Right)[] kinks =
        [
            .. Elementwise.Append(Activation.Elu(0.5)).SelectMany(activation => activation.Kinks.Select(kink => (
                activation.ToString(),
                activation.Derivative(double.BitDecrement(kink)),
                activation.Derivative(double.BitIncrement(kink))))),
        ];
        (string Name, double Left, double Right)[] jumps = [.. kinks.Where(kink => Math.Abs(kink.Left - kink.Right) > 1e-9)];
        string[] expected = ["relu", "leaky_relu", "prelu", "selu", "elu(alpha=0.5)"];
        int differentiable = Elementwise.Count(activation => jumps.All(jump => jump.Name != activation.ToString()));
        return Evidence.Found(
            $"Of the {Elementwise.Length} elementwise functions of the tour {differentiable} are, at their default parameters. "
            + $"Elsewhere the slope jumps, and in ELU too unless α = 1; maxout jumps wherever two pieces meet. "
            + $"A slope at the jump is agreed on, and training does not mind.",
            $"本导览中 {Elementwise.Length} 个逐元素函数在默认参数下有 {differentiable} 个可导。"
            + $"其余函数的导数有跳跃;ELU 在 α ≠ 1 时也是如此;maxout 在两片相接处跳跃。跳跃处的导数取约定值,对训练并无妨碍。")
            .Expect(expected.All(name => jumps.Any(jump => jump.Name == name)))
            .Expect(jumps.All(jump => jump.Name != "elu"))
            with
            {
                Table = new(
                    [new("function", "函数"), new("slope on the left", "左导数"), new("slope on the right", "右导数")],
                    [.. jumps.Select(jump => (Text.Same(jump.Name), (IReadOnlyList<double>)[jump.Left, jump.Right]))]),
            };
    }
}
