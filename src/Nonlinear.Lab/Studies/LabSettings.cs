using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

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

    /// <summary>Whether pages, and what is said of them, are Chinese instead of English.</summary>
    public bool IsChinese { get; init; }

    /// <summary>Who has the runs carried out; null for this machine.</summary>
    public IRunDesk? Desk { get; init; }

    /// <summary>What becomes of work that is interrupted.</summary>
    public string WhenInterrupted => Desk is null
        ? $"Interrupted. The runs that have finished are kept in '{Folder}', and the same command goes on from there."
        : $"Interrupted. Workers finish what was handed out; results are kept at {Desk.Where}, and the same command goes on from there.";

    /// <summary>
    /// Makes this process train with arithmetic that gives the same bits on every machine, which takes longer. It is for the whole process
    /// and for good.
    /// </summary>
    public static void BePortable() => FastestProduct.BePortable();

    /// <summary>Lets something be measured in a laboratory, and writes the page.</summary>
    /// <param name="name">The name of the page.</param>
    /// <param name="kind">Who can carry out the runs elsewhere.</param>
    /// <param name="about">What tells them what the runs are about.</param>
    /// <param name="measure">What is measured.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal LabPage WritePage(
        string name, string kind, Func<string> about, Func<Laboratory, StudyReport> measure, CancellationToken cancellation)
    {
        ReportPage.Check(Folder, name);
        using ResultStore? store = Desk is null ? new(Path.Combine(Folder, Results)) : null;
        IRunPlace place = Desk is null ? new RunsHere(store, Threads) : new RunsHandedOut(Desk, kind, about);
        StudyReport report;
        try
        {
            report = measure(new(place, Progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(WhenInterrupted);
        }
        return LabPage.Write(Folder, report, Language.Of(IsChinese));
    }
}
