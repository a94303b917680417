using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Growth;

/// <summary>The time for an element, by the number of elements, for each contestant by name.</summary>
internal sealed record GrowthCurve(string Function, IReadOnlyDictionary<string, List<(int Elements, double Nanoseconds)>> Lines);

/// <summary>Times functions forward from a handful of elements to more than any cache holds.</summary>
internal static class GrowthRun
{
    private const int Rounds = 7;

    // For everything: three minutes.
    private static readonly TimeSpan Everything = TimeSpan.FromMinutes(2.5);

    /// <summary>Powers of four, the last of which is 256 MiB of floats.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [.. Enumerable.Range(2, 12).Select(power => 1 << (2 * power))];

    /// <summary>Times functions; along an axis all elements are one vector.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="progress">Is told what begins, and which share is done.</param>
    public static IReadOnlyList<GrowthCurve> Run(IReadOnlyList<Activation> functions, Action<string, double> progress)
    {
        TimeSpan limit = Everything / (functions.Count * Sizes.Count);
        Dictionary<string, List<(int, double)>>[] lines = [.. functions.Select(_ => new Dictionary<string, List<(int, double)>>())];
        int done = 0;
        foreach (int size in Sizes)
        {
            using Buffers buffers = new(size);
            for (int i = 0; i < functions.Count; i++)
            {
                progress($"{functions[i]}, {size}", (double)done++ / (functions.Count * Sizes.Count));
                Job job = new(functions[i], buffers, 1, size);
                Race race = Race.Run([.. Limits.Forward(job), .. Ours.Forward(job)], Rounds, limit);
                foreach (Contestant contestant in race.Contestants)
                {
                    lines[i].TryAdd(contestant.Name, []);
                    lines[i][contestant.Name].Add((size, race.Nanoseconds(contestant) / size));
                }
            }
        }
        return [.. functions.Zip(lines, (function, line) => new GrowthCurve(function.ToString(), line))];
    }
}
