using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Lab.Studies;

/// <summary>Where and how the lab works; the numbers that come out do not depend on it.</summary>
/// <param name="Folder">The folder of the lab: results of runs are kept there, and pages appear there.</param>
/// <param name="Threads">How many runs go on at the same time.</param>
/// <param name="Progress">Is told the share that is done.</param>
public sealed record LabSettings(string Folder, int Threads, IProgress<double>? Progress = null)
{
    /// <summary>The folder unless told otherwise.</summary>
    public const string DefaultFolder = "lab";

    /// <summary>The file in the folder in which the results of runs are kept.</summary>
    public const string Results = "results.db";

    /// <summary>What becomes of work that is interrupted.</summary>
    public string WhenInterrupted =>
        $"Interrupted. The runs that have finished are kept in '{Folder}', and the same command goes on from there.";

    /// <summary>Lets something be measured in a laboratory, and writes the page.</summary>
    internal LabPage WritePage(string name, Func<Laboratory, StudyReport> measure, CancellationToken cancellation)
    {
        ReportPage.Check(Folder, name);
        using ResultStore store = new(Path.Combine(Folder, Results));
        StudyReport report;
        try
        {
            report = measure(new(store, Threads, Progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(WhenInterrupted);
        }
        return LabPage.Write(Folder, report);
    }
}
