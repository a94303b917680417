using System.IO.MemoryMappedFiles;
using SharpFuzz;

namespace Nonlinear.Attacks.Fuzzing;

/// <summary>
/// Takes inputs from afl-fuzz, which sees by the coverage of instrumented assemblies which of them lead somewhere new; fuzz.sh starts both.
/// </summary>
internal static class GuidedFuzzing
{
    private const int Inputs = 0, Bytes = 1;

    /// <summary>Reads inputs until there are no more. What is not answered ends the process, and so afl-fuzz keeps it.</summary>
    /// <param name="target">What reads them.</param>
    /// <param name="tally">A file of two whole numbers, to which how many inputs and bytes there were are added; null for none.</param>
    public static void Run(FuzzTarget target, string? tally)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("fuzz-").FullName, "input" + target.Extension);
        using MemoryMappedFile? kept = tally is null ? null : MemoryMappedFile.CreateFromFile(tally, FileMode.OpenOrCreate, null, 16);
        using MemoryMappedViewAccessor? counts = kept?.CreateViewAccessor();
        Fuzzer.Run(stream =>
        {
            using (FileStream file = File.Create(path))
            {
                stream.CopyTo(file);
                counts?.Write(Inputs * sizeof(long), counts.ReadInt64(Inputs * sizeof(long)) + 1);
                counts?.Write(Bytes * sizeof(long), counts.ReadInt64(Bytes * sizeof(long)) + file.Length);
            }
            Outcome outcome = target.Of(path);
            if (outcome.Kind == Outcome.Fault)
                throw new InvalidOperationException(outcome.What);
        });
    }
}
