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
    public static LabPage Run(string name, bool quick, string? data, LabSettings settings, CancellationToken cancellation = default)
    {
        Study study = AllStudies.List.FirstOrDefault(study => study.Name == name)
            ?? throw new ArgumentException(
                $"There is no study '{name}'; there are {string.Join(", ", AllStudies.List.Select(known => known.Name))}.",
                nameof(name));
        return settings.WritePage(name, lab => study.Run(lab, new(quick, data)), cancellation);
    }
}
