using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Lab.Studies;

/// <summary>Carries out the runs of studies that others ask for.</summary>
public sealed class StudyCarrier : IRunCarrier
{
    /// <summary>The kind of its runs.</summary>
    internal const string KindOfRun = "study";

    private readonly DatasetCache _data = new();

    /// <inheritdoc/>
    public string Kind => KindOfRun;

    /// <summary>What tells which study it is, how far it goes, and where its data are.</summary>
    internal static string About(string study, bool quick, IReadOnlyList<string> data) => RunKey.Write(new Subject(study, quick, data));

    /// <inheritdoc/>
    public string Carry(RunOrder order, IRunSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        Subject subject = RunKey.Read<Subject>(RunText.Of(order).About);
        StudyScope scope = new(subject.Quick, null);
        if (subject.Data is [var train, var test])
            scope = scope with { Given = () => (_data.Get(train, source.Content), _data.Get(test, source.Content)) };
        return RunsOfOrder.ResultOf(order, source, lab => AllStudies.Named(subject.Study).Run(lab, scope), cancellation);
    }

    private sealed record Subject(string Study, bool Quick, IReadOnlyList<string> Data);
}
