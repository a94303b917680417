using System.Runtime.InteropServices;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Ratios;

/// <summary>A width of vectors, and the variables that hold a process to it.</summary>
/// <param name="Bits">How wide the vectors are.</param>
/// <param name="Variables">The variables by name; none if it is what the process uses anyway.</param>
internal sealed record VectorSettings(int Bits, IReadOnlyList<(string Name, string Value)> Variables)
{
    // The runtime, libtorch's own kernels, those that it takes from oneDNN and from MKL.
    private static readonly (string Name, string Value)[] HeldTo256 =
    [
        ("DOTNET_EnableAVX512", "0"),
        ("ATEN_CPU_CAPABILITY", "avx2"),
        ("DNNL_MAX_CPU_ISA", "AVX2"),
        ("MKL_ENABLE_INSTRUCTIONS", "AVX2"),
    ];

    /// <summary>Every width that is worth a table on this processor, the widest first.</summary>
    public static IReadOnlyList<VectorSettings> OfProcessor { get; } =
        Machine.VectorBits == 512 && RuntimeInformation.ProcessArchitecture == Architecture.X64
            ? [new(512, []), new(256, HeldTo256)]
            : [new(Machine.VectorBits, [])];

    /// <summary>The variables that hold this process to less than the processor has, as a shell would set them.</summary>
    public static string Present => string.Join(' ', HeldTo256
        .Select(variable => (variable.Name, Value: Environment.GetEnvironmentVariable(variable.Name)))
        .Where(variable => variable.Value is { Length: > 0 })
        .Select(variable => $"{variable.Name}={variable.Value}"));
}
