using System.Diagnostics;
using System.Globalization;

namespace Nonlinear.Attacks.Fuzzing;

/// <summary>
/// Has files read that were damaged at random, from a seed: the fuzzing that needs nothing beside this program. With assemblies that
/// sharpfuzz has instrumented, inputs that lead somewhere new are damaged further.
/// </summary>
internal sealed class ByteAttack(AttackOptions options, FuzzTarget target)
{
    // Of the processor's time, so that it does not matter what else a machine does; whatever is as small as these files takes less.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The committed inputs of a target.</summary>
    public static IReadOnlyList<byte[]> Corpus(FuzzTarget target) =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", target.Name)).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ];

    /// <summary>Runs it.</summary>
    /// <returns>What was wrong, in words.</returns>
    public IReadOnlyList<string> Run()
    {
        Stopwatch watch = Stopwatch.StartNew();
        List<string> faults = [];
        string folder = Directory.CreateTempSubdirectory("fuzz-").FullName, path = Path.Combine(folder, "input" + target.Extension);
        List<byte[]> inputs = [.. Corpus(target)];
        int first = inputs.Count;
        ByteDamage damage = new(inputs, new(options.Seed));
        using Coverage coverage = new();
        try
        {
            for (long n = 0; n < options.Count && watch.Elapsed.TotalSeconds < options.Seconds; n++)
            {
                byte[] input = n < first ? inputs[(int)n] : damage.Next();
                coverage.Clear();
                string? wrong = Try(path, input);
                if (coverage.IsNew() && n >= first)
                    inputs.Add(input);
                if (wrong is not { } fault)
                    continue;
                faults.Add($"{target.Name} {n}: {fault}");
                if (options.Keep is { } keep)
                    File.WriteAllBytes(
                        Path.Combine(Directory.CreateDirectory(keep).FullName, $"{options.Seed}-{n}{target.Extension}"), input);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        string counts = string.Join(
            ", ", _counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key}")));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: {_bytes} bytes in {watch.Elapsed.TotalSeconds:F0} s, {inputs.Count - first} led somewhere new: {counts}"));
        return faults;
    }

    private string? Try(string path, byte[] input)
    {
        File.WriteAllBytes(path, input);
        _bytes += input.Length;
        TimeSpan begun = Environment.CpuUsage.TotalTime;
        Outcome outcome = target.Of(path);
        TimeSpan took = Environment.CpuUsage.TotalTime - begun;
        _counts[outcome.Kind] = _counts.GetValueOrDefault(outcome.Kind) + 1;
        return outcome.Kind == Outcome.Fault ? outcome.What
            : took > Slow ? string.Create(CultureInfo.InvariantCulture, $"it takes {took.TotalSeconds:F0} s")
            : null;
    }
}
