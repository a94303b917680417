using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>A diagnosis as a report: short in the terminal, all of it on one self-contained page.</summary>
internal static class DiagnosisReport
{
    /// <summary>The name of the page's folder in that of the lab.</summary>
    public const string Name = "diagnose";

    private const string StyleSheet = "diagnosis.css";

    // A terminal has 80 columns, and names of tensors are long; their ends tell most.
    private const int ShortName = 26, ShortFunction = 18;

    /// <summary>The report.</summary>
    /// <param name="options">What was diagnosed.</param>
    /// <param name="model">What was found.</param>
    /// <param name="comparison">How it compares with another model; null if there is none.</param>
    public static StudyReport Of(DiagnosisOptions options, ModelDiagnosis model, DiagnosisComparison? comparison)
    {
        string name = Path.GetFileName(model.Model);
        return new(
            Name,
            new($"How are the activations of {name}?", $"{name} 的激活函数状况如何？"),
            new(
                $"The model worked on {model.Rows:N0} {(model.Rows == 1 ? "row" : "rows")}, {model.Batch:N0} at a time, and every "
                + "activation in it was watched: what it received, what it put out, and how steep it was there.",
                $"模型处理了 {model.Rows:N0} 行，每次 {model.Batch:N0} 行，并观察其中的每个激活函数：它收到什么，输出什么，在那里有多陡。"),
            DiagnosisFindings.Of(model, comparison),
            [.. Parts(model, comparison)],
            options.Command + (comparison is null ? "" : $" --against {ShellWord.Quoted(comparison.Before.Model)}"))
        {
            StyleInside = Style(),
        };
    }

    private static IEnumerable<ReportPart> Parts(ModelDiagnosis model, DiagnosisComparison? comparison)
    {
        if (comparison is not null)
        {
            yield return new Heading(new("Compared", "比较"));
            yield return ComparisonTable.ForTerminal(comparison);
            yield return new ReportMarkup(language => ComparisonTable.ForPage(comparison, language));
            if (ComparisonTable.Unmatched(comparison) is { } unmatched)
                yield return unmatched;
        }
        if (model.Activations.Count > 0)
        {
            yield return new Heading(new("Activations", "激活函数"));
            yield return Brief(model);
            yield return new ReportMarkup(language => ActivationTable.Of(model, language));
        }
        if (model.LeftOut.Count > 0)
        {
            yield return new Heading(new("Left out", "未作诊断的部分"));
            yield return LeftOut(model);
        }
        if (model.Activations.Count > 0)
        {
            yield return new Heading(new("Each activation", "各激活函数"));
            yield return new ReportMarkup(language => ActivationSections.Of(model, language));
        }
        foreach (ReportPart part in Words())
            yield return part;
    }

    private static ReportTable Brief(ModelDiagnosis model) => new(
        new("Every activation, in the order of the model; the page has more.", "每个激活函数，按模型中的顺序；页面上有更多内容。"),
        [
            ActivationTable.Activation,
            ReportWords.Function,
            ActivationTable.Units,
            ActivationTable.Dead,
            ActivationTable.Verdict,
        ],
        [.. model.Activations.Select(activation => (IReadOnlyList<Label>)
        [
            End(activation.Name, ShortName),
            activation.Function.Length > ShortFunction ? activation.Function[..(ShortFunction - 1)] + "…" : activation.Function,
            $"{activation.Units}",
            $"{activation.DeadUnits.Count}",
            activation.VerdictSoFar,
        ])])
    {
        Medium = ReportMedium.Terminal,
    };

    private static ReportTable LeftOut(ModelDiagnosis model) => new(
        new(
            "What could not be followed, and why. Nothing is said of it here, neither good nor bad.",
            "无法跟踪的部分及原因。这里对它们不作任何好坏的评价。"),
        [new Text("node", "节点"), new Text("operations", "运算"), new Text("reason", "原因")],
        [.. model.LeftOut.Select(part => (IReadOnlyList<Label>)[part.Name, part.Operation, part.Why])])
    {
        Medium = ReportMedium.Page,
        WordsAtStart = 3,
    };

    private static IEnumerable<ReportPart> Words() =>
    [
        new Heading(new("What the words mean", "术语说明")),
        .. ((Text[])
        [
            new(
                "Units are counted from 0: features of a dense layer, channels of a convolution, along the axis that is named.",
                "单元从 0 数起：全连接层的特征、卷积的通道，沿所标明的轴。"),
            new(
                "Dead: output and slope were exactly 0 on all of the sample. It is a statement about this sample: a unit that is silent on "
                + "all of n independent rows may still be active on up to 3/n of such inputs (the rule of three, with 95% confidence). "
                + "Positions of one image or text are not independent, so rows are what counts.",
                "死亡：在整个样本上，输出和斜率都恰为 0。这只是关于这个样本的结论：在全部 n 个独立行上都静默的单元，"
                + "仍可能在至多 3/n 的此类输入上激活（三倍法则，置信度 95%）。同一图像或文本的各个位置并不独立，因此以行数为准。"),
            new(
                "Rarely active: not dead, but output and slope were 0 on more than 99% of the sample. No fault in itself.",
                "极少激活：没有死亡，但在超过 99% 的样本上输出和斜率都为 0。这本身不是缺陷。"),
            new(
                "Saturated: neither, but the slope was below a hundredth of the function's steepest on 99% of the sample or more. Such a "
                + "unit hardly learns. In a gate, which may stay open or shut, and in an output, which may be sure of itself, that is no "
                + "fault.",
                "饱和：不属于以上两种，但在 99% 或更多的样本上斜率低于该函数最大斜率的百分之一。这样的单元几乎不学习。"
                + "门可以一直打开或关闭，输出可以十分确定，对它们而言这不是缺陷。"),
            new("Zeros: the share of outputs that were exactly 0.", "零值：恰为 0 的输出所占的比例。"),
            new(
                "Nonlinearity: the share of the outputs' variance that no straight line through what the units received explains. "
                + "Near 0 the function might as well not be there, as far as this sample shows.",
                "非线性度：输出的方差中，无法由单元输入的任何一条直线解释的比例。接近 0 时，就这个样本而言，有没有这个函数都一样。"),
            new(
                "Gradient: the mean of |f′| at what the units received, the share of a gradient that passes.",
                "梯度：|f′| 在单元输入处的均值，即梯度通过的比例。"),
            new(
                "Verdicts: from a tenth of the units on, many; from half on, mostly. Nearly linear: a nonlinearity below 1%.",
                "结论：达到单元数的十分之一为“许多”，达到一半为“大多”。近乎线性：非线性度低于 1%。"),
        ]).Select(text => new Prose(text)),
    ];

    /// <summary>The end of a name that is too long for a terminal.</summary>
    internal static string End(string name, int length = ShortName) => name.Length > length ? "…" + name[^(length - 1)..] : name;

    private static string Style()
    {
        using StreamReader reader = new(typeof(DiagnosisReport).Assembly.GetManifestResourceStream(StyleSheet)!);
        return reader.ReadToEnd();
    }
}
