using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>Carries out the runs of choices that others ask for.</summary>
public sealed class ChoiceCarrier : IRunCarrier
{
    /// <summary>The kind of its runs.</summary>
    internal const string KindOfRun = "choose";

    private readonly DatasetCache _data = new();

    /// <inheritdoc/>
    public string Kind => KindOfRun;

    /// <inheritdoc/>
    public string Carry(RunOrder order, IRunSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(source);
        RunText text = RunText.Of(order);
        Dataset data = _data.Get(text.About, source.Content);
        string configuration = text.Configuration.GetRawText();
        return text.Study == Competition.FloorName
            ? RunKey.Write(Checked(RunKey.Read<FloorRun>(configuration), run => run.Data).Carry(data))
            : RunKey.Write(Checked(RunKey.Read<ChoiceRun>(configuration), run => run.Data).Carry(data, cancellation));

        T Checked<T>(T run, Func<T, string> fingerprint) => fingerprint(run) == data.Fingerprint
            ? run
            : throw new InvalidDataException("The data that came with a run are not those that it is about.");
    }
}
