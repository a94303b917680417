namespace Nonlinear.Lab.Reports;

/// <summary>Words that several reports of the lab use.</summary>
internal static class ReportWords
{
    public static readonly Text Function = new("function", "函数");
    public static readonly Text Accuracy = new("Accuracy", "准确率");
    public static readonly Text AccuracyOfColumn = new("accuracy", "准确率");
    public static readonly Text Epoch = new("epoch", "轮次");
    public static readonly Text Layer = new("layer", "层");
    public static readonly Text HiddenLayers = new("hidden layers", "隐藏层数");
    public static readonly Text LearningRate = new("learning rate", "学习率");
    public static readonly Text Interval = new("95% interval", "95% 置信区间");
    public static readonly Text HowMeasured = new("How it was measured", "测量方法");

    /// <summary>From one number to another.</summary>
    public static Text Range(string low, string high) => new($"{low} to {high}", $"{low} 至 {high}");
}
