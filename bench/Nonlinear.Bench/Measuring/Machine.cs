using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Bench.Measuring;

/// <summary>What the numbers were measured on.</summary>
internal static class Machine
{
    /// <summary>What there is to say, by name.</summary>
    public static IReadOnlyList<(string Name, string Value)> Facts { get; } =
    [
        ("processor", Processor()),
        ("cores", FormattableString.Invariant($"{Environment.ProcessorCount}, one in use")),
        ("caches",
            Cache.All.Count > 0
                ? string.Join(", ", Cache.All.Select(cache => $"{cache.Name} {BinarySize.Write(cache.Bytes)}"))
                : "unknown"),
        ("vectors", Vectors()),
        ("runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"),
        ("system", RuntimeInformation.OSDescription),
    ];

    private static string Vectors() =>
        Vector512.IsHardwareAccelerated ? "512 bits"
            : Vector256.IsHardwareAccelerated ? "256 bits"
            : Vector128.IsHardwareAccelerated ? "128 bits"
            : "none";

    private static string Processor()
    {
        const string Linux = "/proc/cpuinfo";
        Dictionary<string, string> said = File.Exists(Linux)
            ? File.ReadLines(Linux)
                .TakeWhile(line => line.Length > 0)
                .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
                .Where(pair => pair.Length == 2)
                .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1])
            : [];
        string? name = said.GetValueOrDefault("model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        string family = said.TryGetValue("cpu family", out string? number)
            ? $" (family {number}, model {said.GetValueOrDefault("model")})"
            : "";
        return $"{name ?? RuntimeInformation.ProcessArchitecture.ToString()}{family}";
    }
}
