using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Says what was measured of an activation, and what to try.</summary>
internal static class VerdictAdvice
{
    // An attention whose entropy is within this of either end attends to one place, or to all alike.
    private const double EndOfEntropy = 0.05;

    /// <summary>The advice on an activation.</summary>
    public static Text On(ActivationDiagnosis activation) => Sentences(activation) is { Count: > 0 } sentences
        ? Text.Sentences(sentences)
        : new("Nothing needs to be done.", "无需处理。");

    /// <summary>What of the advice belongs to the verdict itself, sentence by sentence.</summary>
    public static IEnumerable<Text> OnVerdict(ActivationDiagnosis activation) => activation switch
    {
        { HasNonFinite: true } => [NonFinite(activation)],
        _ when activation.Verdict.Contains("dead", StringComparison.Ordinal) => Silence.Of(activation),
        _ when activation.Verdict.Contains("saturated", StringComparison.Ordinal) => Saturation(activation),
        { Nonlinearity: < Verdict.Linear } => Straightness(activation),
        { RareUnits.Count: > 0 } => [Rarity(activation)],
        _ => [],
    };

    private static List<Text> Sentences(ActivationDiagnosis activation)
    {
        List<Text> sentences = [];
        if (activation.HasNonFinite)
            sentences.Add(NonFinite(activation));
        if (activation.Softmax is { } softmax)
            sentences.AddRange(OfSoftmax(softmax, activation.Role));
        if (activation.DeadUnits.Count > 0)
            sentences.AddRange(Silence.Of(activation));
        if (activation.SaturatedUnits.Count > 0 && activation.Softmax is null)
            sentences.AddRange(Saturation(activation));
        if (activation is { Nonlinearity: < Verdict.Linear })
            sentences.AddRange(Straightness(activation));
        if (activation.RareUnits.Count > 0)
            sentences.Add(Rarity(activation));
        return sentences;
    }

    private static Text NonFinite(ActivationDiagnosis activation)
    {
        Text units = Counted(activation.NonFiniteUnits.Count, activation);
        return new(
            $"{units.English} received or put out NaN or infinity, in {activation.NonFiniteRows:N0} of {activation.Rows:N0} rows. Begin "
            + "with the node that made them first, which the diagnosis of the model names; all else that is said here is about the finite "
            + "numbers.",
            $"{units.Chinese}的输入或输出含有 NaN 或无穷，见于 {activation.Rows:N0} 行中的 {activation.NonFiniteRows:N0} 行。"
            + "请从最先产生它们的节点入手，模型诊断中已指出该节点；此处其余所述只涉及有限的数。");
    }

    private static IEnumerable<Text> Saturation(ActivationDiagnosis activation)
    {
        Text units = Counted(activation.SaturatedUnits.Count, activation);
        string passes = Cells.Share(activation.GradientShare), mean = Cells.Number(activation.Mean);
        bool hasSlope = !double.IsNaN(activation.GradientShare);
        yield return new(
            $"{units.English} had a slope below a hundredth of the function's steepest on 99% of the sample or more"
            + (hasSlope ? $"; over all units {passes} of the gradient passes." : "."),
            $"{units.Chinese}在 99% 或更多的样本上，斜率低于该函数最大斜率的百分之一"
            + (hasSlope ? $"；就全部单元而言，有 {passes} 的梯度通过。" : "。"));
        yield return activation.Role switch
        {
            ActivationRole.Output => new(
                $"An output may be sure of itself: this is no fault. Its mean is {mean}.",
                $"输出可以十分确定：这不是缺陷。其均值为 {mean}。"),
            ActivationRole.Gate => new(
                $"A gate may stay open or shut: this is no fault. Its mean is {mean}.",
                $"门可以一直打开或关闭：这不是缺陷。其均值为 {mean}。"),
            _ => Remedy.ForSaturation(activation.Function),
        };
    }

    private static IEnumerable<Text> Straightness(ActivationDiagnosis activation)
    {
        string unexplained = Cells.Share(activation.Nonlinearity);
        yield return new(
            $"A straight line through its inputs explains all of the outputs' variance but {unexplained}.",
            $"除 {unexplained} 之外，输出的全部方差都可由输入的一条直线解释。");
        yield return activation.Role switch
        {
            ActivationRole.Output => new(
                "An output may stay on such a stretch of its curve: this is no fault.", "输出可以停留在曲线的这样一段上：这不是缺陷。"),
            ActivationRole.Gate => new(
                "A gate may stay on such a stretch of its curve, and still multiplies: this is no fault.",
                "门可以停留在曲线的这样一段上，并且仍起相乘的作用：这不是缺陷。"),
            _ => new(
                "The two layers around it act nearly as one on this sample; inputs of one kind may not show the bend, so try others as "
                + "well. If it is straight on all, scale up what it receives.",
                "在这个样本上，它前后的两层几乎等同于一层；同一类输入可能显不出弯曲，因此也请试试其他输入。若对所有输入都是直的，请放大它的输入。"),
        };
    }

    private static Text Rarity(ActivationDiagnosis activation)
    {
        Text units = Counted(activation.RareUnits.Count, activation);
        return new(
            $"{units.English} {(activation.RareUnits.Count == 1 ? "was" : "were")} active on less than 1% of the sample, but not never. "
            + "That is no fault in itself: such a unit may answer to what is rare in it. More rows tell.",
            $"{units.Chinese}在不到 1% 的样本上激活，但并非从不激活。这本身不是缺陷：这样的单元也许对应样本中罕见的内容。更多的行才能说明问题。");
    }

    private static IEnumerable<Text> OfSoftmax(SoftmaxDiagnosis softmax, ActivationRole role)
    {
        (string sure, string saturated, string entropy) =
            (Cells.Share(softmax.SureRows), Cells.Share(softmax.SaturatedRows), Cells.Share(softmax.Entropy));
        yield return new(
            $"One entry has more than 99% in {sure} of its vectors, and all but a part in ten million in {saturated}, where no gradient "
            + $"passes; the mean entropy is {entropy} of the greatest possible.",
            $"在 {sure} 的向量中，有一项超过 99%；在 {saturated} 的向量中，有一项只差不到千万分之一就是全部，那里没有梯度通过；"
            + $"平均熵为最大可能值的 {entropy}。");
        Text? remark = (role, softmax.Entropy) switch
        {
            (ActivationRole.Output, _) => new("An output may be sure of itself: this is no fault.", "输出可以十分确定：这不是缺陷。"),
            (_, < EndOfEntropy) => new(
                "It has collapsed: nearly every vector attends to a single place.", "它已坍缩：几乎每个向量都只关注一个位置。"),
            (_, > 1 - EndOfEntropy) => new(
                "It is uniform: nearly every vector attends to everything alike.", "它是均匀的：几乎每个向量都同等地关注所有位置。"),
            _ => null,
        };
        if (remark is not null)
            yield return remark;
    }

    private static Text Counted(int units, ActivationDiagnosis activation)
    {
        string share = Cells.Share((double)units / activation.Units);
        return new(
            $"{units:N0} of {activation.Units:N0} units ({share})", $"{activation.Units:N0} 个单元中有 {units:N0} 个（{share}）");
    }
}
