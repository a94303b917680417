using Nonlinear.Lab.Data;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Studies;

/// <summary>Runs studies by name, and writes their pages.</summary>
public static class StudyRunner
{
    /// <summary>The names of the studies, each with the question it asks.</summary>
    public static IReadOnlyList<(string Name, string Summary)> Studies { get; } =
        [.. AllStudies.List.Select(study => (study.Name, study.Summary))];

    /// <summary>Runs a study, or goes on with one that was interrupted, and writes its page.</summary>
    /// <param name="name">The name of the study.</param>
    /// <param name="quick">Whether a first impression within minutes will do.</param>
    /// <param name="data">The folder of Fashion-MNIST, for the studies that use it; null for where Debian's package puts it.</param>
    /// <param name="settings">Where and how the lab works.</param>
    /// <param name="cancellation">Stops the work; the runs that have finished are kept.</param>
    /// <exception cref="ArgumentException">There is no such study.</exception>
    /// <exception cref="IOException">Results or page cannot be written, or data are missing.</exception>
    /// <exception cref="NotSupportedException">It measures times, and was to be carried out elsewhere.</exception>
    public static LabPage Run(string name, bool quick, string? data, LabSettings settings, CancellationToken cancellation = default)
    {
        Study study = AllStudies.Named(name);
        if (settings.Desk is not null && study.MeasuresTime)
            throw new NotSupportedException(
                $"The study '{name}' measures time, which is this machine's own: it is not handed out. Run it without --store.");
        StudyScope scope = new(quick, data);
        (Dataset Train, Dataset Test)? read = null;
        string? about = null;
        if (settings.Desk is not null)
            scope = scope with { Given = () => read ??= FashionMnist.Read(data) };
        return settings.WritePage(
            name,
            StudyCarrier.KindOfRun,
            () => about ??= StudyCarrier.About(name, quick, read is { } used
                ? [settings.Desk!.Keep(DatasetBytes.Write(used.Train)), settings.Desk.Keep(DatasetBytes.Write(used.Test))]
                : []),
            lab => study.Run(lab, scope),
            cancellation);
    }
}
