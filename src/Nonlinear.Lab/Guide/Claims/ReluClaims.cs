using System.Diagnostics;
using Nonlinear.Lab.Guide.Claims.Experiments;

namespace Nonlinear.Lab.Guide.Claims;

/// <summary>Claims about ReLU: the slope at 0, dead units, and what its zeros are good for.</summary>
internal static class ReluClaims
{
    private const int Inputs = 32, Units = 128, Samples = 400;

    private static readonly ElementwiseActivation Relu = Activation.Relu();

    public static IEnumerable<Claim> All { get; } =
    [
        new("relu-slope-at-zero", ["relu"], Verdict.Convention,
            new("The slope of ReLU at 0 is 0.", "ReLU 在 0 处的导数为 0。"),
            SlopeAtZero),
        new("relu-dead", ["relu"], Verdict.Wrong,
            new("A ReLU whose input is at most 0 is dead.", "输入不大于 0 的 ReLU 就是死亡神经元。"),
            SilentIsNotDead),
        new("relu-death-by-initialisation", ["relu"], Verdict.Wrong,
            new("Too large an initialisation kills ReLU units.", "过大的初始化会使 ReLU 神经元死亡。"),
            WhatKills),
        new("relu-death-by-step", ["relu"], Verdict.Holds,
            new("Too large a learning rate kills ReLU units.", "过大的学习率会使 ReLU 神经元死亡。"),
            LargeStep),
        new("relu-sparse-work", ["relu"], Verdict.Wrong,
            new("The zeros of ReLU save work.", "ReLU 输出的零可以减少计算量。"),
            WorkOnZeros),
        new("relu-sparse-weights", ["relu"], Verdict.Wrong,
            new("ReLU makes the weights sparse.", "ReLU 促使权重稀疏。"),
            SparseWeights),
    ];

    private static Evidence SlopeAtZero()
    {
        const double Step = 1e-6;
        double left = (Relu.Forward(0) - Relu.Forward(-Step)) / Step, right = (Relu.Forward(Step) - Relu.Forward(0)) / Step;
        double atZero = Relu.Derivative(0);
        return Evidence.Found(
            $"There is no slope at 0: it is {left} from the left and {right} from the right, and any number between is a subgradient. "
            + $"The library takes the left one, {atZero}, as most frameworks do.",
            $"在 0 处并无导数:左侧为 {left},右侧为 {right},两者之间的任何数都是次梯度。本库与多数框架一样取左侧值 {atZero}。")
            .Expect(left == 0)
            .Expect(right == 1)
            .Expect(atZero == left);
    }

    private static Evidence SilentIsNotDead()
    {
        (HiddenLayer layer, double[][] inputs, _) = Network();
        double silent = layer.SilentShare(inputs), dead = layer.DeadShare(inputs);
        return Evidence.Found(
            $"Dead means silent on all data. Of {Units} units with random weights, {silent:%} are silent on an input, "
            + $"on average over {Samples}; silent on all of them are {dead:%}. The others learn from the inputs on which they speak.",
            $"死亡是指对全部数据都不激活。{Units} 个随机权重的单元对单个输入平均有 {silent:%} 不激活(共 {Samples} 个输入);对所有输入都不激活的占 {dead:%}。其余单元仍从使其激活的输入中学习。")
            .Expect(silent is > 0.3 and < 0.7)
            .Expect(dead == 0);
    }

    private static Evidence WhatKills()
    {
        const double Factor = 1000, Shift = -10;
        (HiddenLayer layer, double[][] inputs, _) = Network();
        double large = (layer with { W = [.. layer.W.Select(w => w.Select(weight => Factor * weight).ToArray())] }).DeadShare(inputs);
        double shifted = (layer with { B = [.. layer.B.Select(bias => bias + Shift)] }).DeadShare(inputs);
        return Evidence.Found(
            $"Zero-mean weights {Factor} times as large leave {large:%} of the units dead: the sign of an input does not depend on its "
            + $"scale. Biases moved by {Shift} kill {shifted:%}.",
            $"零均值权重放大 {Factor} 倍后死亡单元占 {large:%}:输入的符号与其尺度无关。而把偏置移动 {Shift} 则使 {shifted:%} 的单元死亡。")
            .Expect(large == 0)
            .Expect(shifted > 0.95);
    }

    private static Evidence LargeStep()
    {
        (HiddenLayer small, double[][] inputs, double[] targets) = Network();
        (HiddenLayer large, _, _) = Network();
        const double SmallStep = 0.001, LargeStep = 10;
        small.Descend(inputs, targets, SmallStep);
        large.Descend(inputs, targets, LargeStep);
        double few = small.DeadShare(inputs), many = large.DeadShare(inputs);
        return Evidence.Found(
            $"One step of gradient descent with rate {SmallStep} leaves {few:%} of {Units} units dead; "
            + $"the same step with rate {LargeStep} leaves {many:%}. Their slope is 0 on all data, so no later step brings them back.",
            $"以学习率 {SmallStep} 做一步梯度下降后,{Units} 个单元中死亡的占 {few:%};以 {LargeStep} 做同一步则占 {many:%}。它们对全部数据的导数都为 0,此后再无法恢复。")
            .Expect(few == 0)
            .Expect(many > 0.2);
    }

    private static Evidence WorkOnZeros()
    {
        const int Rounds = 60;
        NormalNumbers numbers = new(seed: 5);
        double[] weights = numbers.Next(512 * 512), dense = numbers.Next(512), sparse = new double[512];
        Relu.Forward(dense, sparse);
        double share = sparse.Count(value => value == 0) / (double)sparse.Length, timeDense = double.MaxValue, timeSparse = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            timeDense = Math.Min(timeDense, Time(dense));
            timeSparse = Math.Min(timeSparse, Time(sparse));
        }
        double ratio = timeSparse / timeDense;
        return Evidence.Found(
            $"Dense kernels multiply by zeros as by any number: with {share:%} of the vector zeros, "
            + $"a product with a 512 × 512 matrix takes {ratio:%} of the time it takes without any (best of {Rounds}). "
            + $"Only kernels made for sparse data gain.",
            $"稠密核对零照乘不误:当向量中 {share:%} 为零时,与 512 × 512 矩阵相乘所需时间是无零时的 {ratio:%}({Rounds} 次取最优)。只有专门的稀疏核才会受益。")
            .Expect(share > 0.4)
            .Expect(ratio > 0.75);

        double Time(double[] vector)
        {
            long start = Stopwatch.GetTimestamp();
            double sum = 0;
            for (int row = 0; row < weights.Length; row += vector.Length)
            {
                for (int i = 0; i < vector.Length; i++)
                    sum += weights[row + i] * vector[i];
            }
            double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return double.IsFinite(sum) ? elapsed : throw new InvalidOperationException("The product of finite numbers is not finite.");
        }
    }

    private static Evidence SparseWeights()
    {
        const int Steps = 50;
        (HiddenLayer layer, double[][] inputs, double[] targets) = Network();
        double before = layer.Loss(inputs, targets);
        for (int step = 0; step < Steps; step++)
            layer.Descend(inputs, targets, 0.02);
        double after = layer.Loss(inputs, targets), zeros = layer.W.Average(w => w.Count(weight => weight == 0) / (double)w.Length);
        double silent = layer.SilentShare(inputs);
        return Evidence.Found(
            $"It makes activations sparse. After {Steps} steps of training (loss {before:3} to {after:3}), "
            + $"{silent:%} of the outputs are 0 and {zeros:%} of the weights.",
            $"它使激活值稀疏,而非权重。训练 {Steps} 步后(损失由 {before:3} 降到 {after:3}),输出中 {silent:%} 为 0,权重中为 0 的占 {zeros:%}。")
            .Expect(after < before / 2)
            .Expect(silent > 0.2)
            .Expect(zeros == 0);
    }

    // Inputs as after a rectified layer, none negative, and targets far from what an untrained network says.
    private static (HiddenLayer Layer, double[][] Inputs, double[] Targets) Network()
    {
        NormalNumbers numbers = new(seed: 3);
        double[][] inputs = [.. Enumerable.Range(0, Samples).Select(_ => numbers.Next(Inputs).Select(x => Math.Max(0, x)).ToArray())];
        double[] targets = [.. inputs.Select(x => x[0] - x[1] - 5)];
        return (HiddenLayer.Random(Relu, Inputs, Units, numbers), inputs, targets);
    }
}
