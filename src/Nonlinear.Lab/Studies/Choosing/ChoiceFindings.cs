using System.Globalization;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>What a competition comes to, in sentences.</summary>
/// <param name="plan">What was asked.</param>
/// <param name="competition">What came out.</param>
internal sealed class ChoiceFindings(ChoicePlan plan, Competition competition)
{
    // A network most of whose units are dead is one of fewer units.
    private const double ManyDead = 0.5;

    // Classes of which one has so many times the rows of another.
    private const double Unequal = 2;

    private readonly ChoiceWords _words = new(plan.Data);

    /// <summary>The functions, best first.</summary>
    public IReadOnlyList<string> Ranking { get; } =
        [.. plan.Activations.OrderByDescending(activation => competition.Score(activation).Mean)];

    /// <summary>The function that is advised: the best of those that are better than the baseline, or the baseline.</summary>
    public string Advised => Better.Append(plan.Baseline).First();

    /// <summary>Whether classes have so different numbers of rows that accuracy alone flatters.</summary>
    public bool IsSkewed =>
        plan.Data.IsClassification && plan.Data.ClassCounts.Max() > Unequal * plan.Data.ClassCounts.Min();

    /// <summary>The one sentence of advice.</summary>
    public Text Advice
    {
        get
        {
            if (Ranking.All(Diverged))
                return new(
                    "Training diverged with every function: try smaller steps with --rates.",
                    "用所有函数训练都发散了：请用 --rates 尝试更小的步长。");
            string[] better = [.. Better], worse = [.. Differing(sign: -1)];
            return better.Length == 0 ? NothingBetter(worse) : UseBest(better);
        }
    }

    /// <summary>All sentences, the advice first.</summary>
    public IReadOnlyList<Text> All()
    {
        List<Text> findings = [Advice];
        AddFindable(findings);
        AddFloor(findings);
        AddHealth(findings);
        string[] stopped = [.. plan.Activations.Where(competition.Stopped)];
        if (stopped.Length > 0)
            findings.Add(new(
                $"{Text.List(stopped).English} {(stopped.Length == 1 ? "was" : "were")} so far behind after "
                + $"{Competition.SeedsBeforeLook} seeds that training was stopped there.",
                $"{Competition.SeedsBeforeLook} 个种子之后，{Text.List(stopped).Chinese} 已落后太多，训练到此为止。"));
        if (competition.OutOfTime)
            findings.Add(new(
                $"Time ran out after {competition.Seeds} of {plan.Seeds} seeds; what is said here rests on those.",
                $"完成 {plan.Seeds} 个种子中的 {competition.Seeds} 个后时间已用完；以下所述以这些种子为依据。"));
        AddRates(findings);
        if (IsSkewed)
            findings.Add(new(
                "The classes have unequal numbers of rows, so that a high accuracy may say little: see the accuracy balanced over the "
                + "classes, and the log-loss.",
                "各类别的行数不等，因此准确率高可能说明不了什么：请看按类别平衡的准确率和对数损失。"));
        findings.Add(Data());
        Text network = plan.Network;
        findings.Add(new(
            $"Network: {network.English}; {(plan.Patience > 0 ? "at most " : "")}{plan.Epochs} {(plan.Epochs == 1 ? "epoch" : "epochs")}.",
            $"网络：{network.Chinese}；训练{(plan.Patience > 0 ? "至多 " : " ")}{plan.Epochs} 轮。"));
        findings.AddRange(plan.Data.Notes);
        return findings;
    }

    private IEnumerable<string> Better => Differing(sign: 1);

    private IEnumerable<string> Differing(int sign) => Ranking.Where(
        activation => competition.Differs(activation) && Math.Sign(competition.Difference(activation).Mean) == sign);

    private bool Diverged(string activation) => competition.Results(activation).All(result => result.Diverged);

    private Text NothingBetter(string[] worse)
    {
        Text nothing = new(
            $"Nothing could be shown to be better than {plan.Baseline}", $"未能证明有任何函数优于 {plan.Baseline}");
        return worse.Length == 0
            ? new(
                $"{nothing.English}: keep it, or take whichever is cheapest for you.",
                $"{nothing.Chinese}：保留它，或选用对您来说代价最低的函数。")
            : new(
                $"{nothing.English}, and {Text.List(worse).English} {(worse.Length == 1 ? "is" : "are")} worse: keep {plan.Baseline}.",
                $"{nothing.Chinese}，且 {Text.List(worse).Chinese} 更差：保留 {plan.Baseline}。");
    }

    private Text UseBest(string[] better)
    {
        Text others = better.Length == 1
            ? Text.Same("")
            : new(
                $"; so {(better.Length == 2 ? "is" : "are")} {Text.List(better[1..]).English}",
                $"；{Text.List(better[1..]).Chinese} 也更好");
        Interval gain = competition.Difference(better[0]);
        Text by = _words.Points(gain.Mean), range = _words.Points(gain);
        string confidence = ChoiceWords.Confidence(competition.Level(better[0]));
        return new(
            $"Use {better[0]}: it is better than {plan.Baseline} by {by.English.TrimStart('+')} "
            + $"({confidence} interval {range.English}){others.English}.",
            $"使用 {better[0]}：它比 {plan.Baseline} 高 {by.Chinese.TrimStart('+')}"
            + $"（{confidence} 置信区间：{range.Chinese}）{others.Chinese}。");
    }

    private void AddFindable(List<Text> findings)
    {
        if (competition.Findable is not { } findable)
            return;
        if (findable.Difference > competition.LargestDifference)
        {
            findings.Add(new(
                $"{competition.Seeds} seeds of these {plan.Data.Count} rows can show nothing for sure: results vary so much from seed to "
                + "seed that no difference that is possible would be found in four of five such choices. Take more --seeds.",
                $"这 {plan.Data.Count} 行数据的 {competition.Seeds} 个种子不能可靠地说明任何问题：各种子的结果相差太大，"
                + "以致任何可能的差异都不会在五次这样的选择中有四次被发现。请用 --seeds 增加种子。"));
            return;
        }
        Text half = findable.SeedsForHalf is { } seeds
            ? new(
                $"half of it takes {Math.Max(seeds, competition.Seeds + 1)} seeds.",
                $"要发现其一半大小的差异，需要 {Math.Max(seeds, competition.Seeds + 1)} 个种子。")
            : new(
                "half of it no number of seeds will show, because they share these rows; it takes about four times as many rows.",
                "其一半大小的差异，再多种子也显示不出来，因为它们共用这些行；这大约需要四倍的行数。");
        Text size = _words.Size(findable.Difference);
        findings.Add(new(
            $"What {competition.Seeds} seeds of these {plan.Data.Count} rows can show: a true difference of "
            + $"{size.English} is found in four of five such choices; {half.English}",
            $"这 {plan.Data.Count} 行数据的 {competition.Seeds} 个种子能说明什么：大小为 {size.Chinese}的真实差异，"
            + $"五次这样的选择中有四次会被发现；{half.Chinese}"));
    }

    private void AddFloor(List<Text> findings)
    {
        FloorKind best = competition.BestFloor;
        Text name = FloorRun.NameOf(best, plan.Data);
        string score = _words.Score(competition.Score(best).Mean);
        Text floor = new($"the {name.English} ({score}), which needs no network", $"无需网络的{name.Chinese}（{score}）");
        string[] above = [.. Ranking.Where(competition.BeatsFloor)], below = [.. Ranking.Where(name => !competition.BeatsFloor(name))];
        findings.Add(
            below.Length == 0
                ? new($"Every function does better than {floor.English}.", $"每个函数都优于{floor.Chinese}。")
            : above.Length == 0 && Ranking.All(competition.IsBelowFloor)
                ? new(
                    $"No function could be shown to do better than {floor.English}, and all did worse on average: train them longer, with "
                    + "--epochs and --early-stopping, or do without a network.",
                    $"未能证明有任何函数优于{floor.Chinese}，且平均而言全都更差：请用 --epochs 和 --early-stopping 训练更久，或者不用网络。")
            : above.Length == 0
                ? new(
                    $"No function could be shown to do better than {floor.English}: on these data a network may not be worth its cost.",
                    $"未能证明有任何函数优于{floor.Chinese}：对这些数据，网络可能不值得其代价。")
            : new(
                $"{Text.List(below).English} could not be shown to do better than {floor.English}.",
                $"未能证明 {Text.List(below).Chinese} 优于{floor.Chinese}。"));
    }

    private void AddHealth(List<Text> findings)
    {
        string[] diverged = [.. Ranking.Where(Diverged)];
        if (diverged.Length > 0 && diverged.Length < Ranking.Count)
            findings.Add(new(
                $"With {Text.List(diverged).English} training diverged for every seed.",
                $"用 {Text.List(diverged).Chinese} 训练时，所有种子都发散了。"));
        double dead = competition.Results(Advised).Average(result => result.Dead);
        if (dead > ManyDead)
            findings.Add(new(
                $"In the networks with {Advised}, {Cells.Share(dead)} of the hidden units are dead: their output and slope are 0 on every "
                + "row. They are networks of fewer units; try smaller --rates, a --bias nearer to 0, or a function that does not die.",
                $"在使用 {Advised} 的网络中，{Cells.Share(dead)} 的隐藏单元已死亡：它们在每一行上的输出和斜率都为 0。"
                + "这相当于单元更少的网络；请尝试更小的 --rates、更接近 0 的 --bias，或不会死亡的函数。"));
    }

    private void AddRates(List<Text> findings)
    {
        IReadOnlyList<double> tried = plan.Ladder.Count > 0 ? plan.Ladder : plan.Rates;
        string[] edge =
        [
            .. plan.Activations.Where(activation => tried.Count > 1
                && !Diverged(activation)
                && MedianRate(activation) is double rate
                && (rate == tried[0] || rate == tried[^1])),
        ];
        if (edge.Length > 0)
            findings.Add(new(
                $"For {Text.List(edge).English} the best learning rate lies at an end of those that were tried; with others it might do "
                + "better.",
                $"{Text.List(edge).Chinese} 的最佳学习率位于所试范围的端点；换用其他学习率也许会更好。"));
    }

    /// <summary>The learning rate that most seeds would agree on.</summary>
    public double MedianRate(string activation)
    {
        double[] rates = [.. competition.Results(activation).Select(result => result.Rate).Order()];
        return rates[rates.Length / 2];
    }

    // The size of the data, with the rows of each class.
    private Text Data()
    {
        const int MostShown = 10;
        IReadOnlyList<int> counts = plan.Data.ClassCounts;
        string[] classes =
        [
            .. plan.Data.ClassNames.Zip(counts).Take(MostShown).Select(
                pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First} {pair.Second}")),
            .. counts.Count > MostShown ? ["…"] : (string[])[],
        ];
        Text size = plan.Data.Description;
        return new(
            $"Data: {size.English}{(classes.Length > 0 ? $" ({string.Join(", ", classes)})" : "")}.",
            $"数据：{size.Chinese}{(classes.Length > 0 ? $"（{string.Join('、', classes)}）" : "")}。");
    }
}
