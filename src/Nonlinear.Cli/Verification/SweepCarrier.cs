using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>Judges parts of sweeps that others ask for.</summary>
internal sealed class SweepCarrier : IRunCarrier
{
    private const string KindOfRun = "verify";

    /// <inheritdoc/>
    public string Kind => KindOfRun;

    /// <summary>The order to judge a part of all numbers of a type.</summary>
    public static RunOrder Order(Subject subject, long start, long end)
    {
        string text = JsonSerializer.Serialize(new Part(
            subject.Activation.Exact.ToString()!, subject.Activation.Tier, subject.Derivative, subject.Format.Name, start, end));
        return new(
            Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{SweepRecord.ThisLibrary}, {SweepRecord.ThisJudge}\n{text}"))),
            KindOfRun,
            text);
    }

    /// <inheritdoc/>
    public string Carry(RunOrder order, IRunSource source, CancellationToken cancellation)
    {
        if (!Oracle.Oracle.IsAvailable)
            throw new InvalidOperationException(Oracle.Oracle.WhyNot);
        Part part = JsonSerializer.Deserialize<Part>(order.Text)!;
        Subject subject = new(
            (ElementwiseActivation)Activation.Parse(part.Function).In(part.Tier), part.Derivative, NumberFormat.Named(part.Format));
        return SweepFiles.Judge(subject, InputSet.All(subject.Format), part.Start, part.End, cancellation).WriteText();
    }

    private sealed record Part(string Function, Tier Tier, bool Derivative, string Format, long Start, long End);
}
