using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Bench.Measuring;

/// <summary>What the numbers were measured on.</summary>
internal static class Machine
{
    /// <summary>The widest vectors that the runtime uses, in bits; 0 if it uses none.</summary>
    public static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128
            : 0;

    /// <summary>What there is to say, by name.</summary>
    public static IReadOnlyList<(string Name, string Value)> Facts { get; } =
    [
        (FactNames.Processor, Processor.Name),
        ("cores", FormattableString.Invariant($"{Environment.ProcessorCount}, one in use")),
        ("caches",
            Cache.All.Count > 0
                ? string.Join(", ", Cache.All.Select(cache => $"{cache.Name} {BinarySize.Write(cache.Bytes)}"))
                : "unknown"),
        (FactNames.Vectors, FormattableString.Invariant($"{VectorBits} bits")),
        ("runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"),
        (FactNames.System, RuntimeInformation.OSDescription),
    ];
}
