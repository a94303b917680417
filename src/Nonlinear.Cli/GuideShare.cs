using Nonlinear.Lab.Guide;

namespace Nonlinear.Cli;

/// <summary>Tells a progress bar what share of the guide is written.</summary>
internal sealed class GuideShare(IProgress<double> progress) : IProgress<GuideProgress>
{
    /// <inheritdoc/>
    public void Report(GuideProgress value) => progress.Report((double)value.Done / value.Total);
}
