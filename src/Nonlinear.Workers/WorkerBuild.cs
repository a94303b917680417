using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Nonlinear.Lab.Studies;

namespace Nonlinear.Workers;

/// <summary>
/// What must be equal on all machines that share runs: the code, and the bits that it computes. Each has a queue of its own, so that a
/// worker never sees a run that it would carry out otherwise.
/// </summary>
public sealed class WorkerBuild
{
    private const int Digits = 16;

    /// <summary>A build that somebody describes.</summary>
    internal WorkerBuild(string version, string code, string bits)
    {
        (Version, Code, Bits) = (version, code, bits);
        Queue = $"nonlinear-{Hash($"{code}\n{bits}")}";
    }

    /// <summary>The version, as people know it.</summary>
    public string Version { get; }

    /// <summary>The code: it changes whenever any of it does.</summary>
    public string Code { get; }

    /// <summary>What this machine computes.</summary>
    public string Bits { get; }

    /// <summary>The queue of runs for such machines.</summary>
    internal string Queue { get; }

    /// <summary>The build that is running, on this machine. The process trains with portable arithmetic from then on.</summary>
    /// <param name="assemblies">Everything that decides results.</param>
    public static WorkerBuild Running(params Assembly[] assemblies)
    {
        LabSettings.BePortable();
        string version = assemblies[0].GetName().Version?.ToString(3) ?? "0";
        // Builds are deterministic: this changes when the code does, and only then.
        string code = Hash(string.Join(
            '\n', assemblies.Append(typeof(WorkerBuild).Assembly).Select(part => part.ManifestModule.ModuleVersionId)));
        return new(version, code, MachineBits.Fingerprint());
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Version} ({Code})";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
}
