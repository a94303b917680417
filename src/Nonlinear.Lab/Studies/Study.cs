using Nonlinear.Lab.Data;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Lab.Studies;

/// <summary>A question about activation functions in training, and how it is answered.</summary>
/// <param name="name">The name by which it is asked for.</param>
/// <param name="summary">The question, in a few words.</param>
internal abstract class Study(string name, string summary)
{
    /// <summary>The name by which it is asked for.</summary>
    public string Name => name;

    /// <summary>The question, in a few words.</summary>
    public string Summary => summary;

    /// <summary>The claims of the guide that it shows in training, by their names.</summary>
    public virtual IReadOnlyList<string> Claims => [];

    /// <summary>Whether its results are times of the machine that it runs on.</summary>
    public virtual bool MeasuresTime => false;

    /// <summary>Carries it out.</summary>
    /// <param name="lab">Where runs are carried out.</param>
    /// <param name="scope">How far to go, and on which data.</param>
    public abstract StudyReport Run(Laboratory lab, StudyScope scope);

    /// <summary>The command that repeats it.</summary>
    protected string Command(StudyScope scope) =>
        $"nonlinear study {name}{(scope.Quick ? " --quick" : "")}"
        + (scope.DataFolder is { } folder ? $" --data {ShellWord.Quoted(folder)}" : "");
}

/// <summary>How far a study goes.</summary>
/// <param name="Quick">Whether a first impression within minutes will do.</param>
/// <param name="DataFolder">Where Fashion-MNIST is, if not where it is installed.</param>
internal sealed record StudyScope(bool Quick, string? DataFolder)
{
    /// <summary>Where Fashion-MNIST comes from, if not from a folder of this machine.</summary>
    public Func<(Dataset Train, Dataset Test)>? Given { get; init; }

    /// <summary>Fashion-MNIST, for the studies that are about it.</summary>
    public (Dataset Train, Dataset Test) FashionMnist() => Given is null ? Data.FashionMnist.Read(DataFolder) : Given();
}
