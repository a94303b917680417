using System.Text.Json;
using System.Text.Json.Serialization;
using Nonlinear.Lab;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>
/// Where long sweeps leave what they have found, so that an interrupted one goes on and a finished one is not run again. A file belongs to
/// a subject, a set of inputs and a build; what another build left is not used.
/// </summary>
/// <param name="folder">The folder; null for the user's own.</param>
/// <param name="fresh">Whether to begin anew whatever is there.</param>
internal sealed class SweepFiles(string? folder, bool fresh)
{
    // Shorter work is done again sooner than it is looked up.
    private const long WorthKeeping = 1 << 20;

    // MPFR takes a hundred times as long as an interval.
    private const long PartOfDoubles = 1 << 19;

    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    // The library's, whose results were judged, and the judge's.
    private static readonly string Build = $"{typeof(Activation).Module.ModuleVersionId}, {typeof(Sweep).Module.ModuleVersionId}";

    private readonly string _folder = folder ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "nonlinear",
        "verify");

    /// <summary>Sweeps, from where an earlier run stopped.</summary>
    public Outcome Run(Subject subject, InputSet inputs, IProgress<double> progress, CancellationToken cancellation)
    {
        if (inputs.Count < WorthKeeping)
            return Sweep.Run(subject, inputs, progress: progress, cancellation: cancellation);
        Directory.CreateDirectory(_folder);
        string tier = subject.Activation.Tier == Tier.Fast ? "fast" : "exact", direction = subject.Derivative ? "derivative" : "forward";
        string file = Path.Combine(_folder, $"{subject.Activation.Exact} {direction} {tier} {subject.Format.Name} {inputs.Name}.json");
        SweepState? state = fresh ? null : Read(file);
        return Sweep.Run(
            subject,
            inputs,
            state,
            reached => Write(file, reached),
            progress,
            subject.Format.Bits == 64 ? PartOfDoubles : Sweep.Part,
            cancellation);
    }

    private static SweepState? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            Kept? kept = JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(file), Options);
            return kept?.Build == Build ? kept.State : null;
        }
        catch (JsonException)
        {
            return null; // not ours, or older: it will be replaced
        }
    }

    private static void Write(string file, SweepState state) =>
        WholeFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(new Kept(Build, state), Options));

    private sealed record Kept(string Build, SweepState State);
}
