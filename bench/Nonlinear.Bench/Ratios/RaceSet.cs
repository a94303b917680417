using MathNet.Numerics.Statistics;
using Nonlinear.Bench.Measuring;
using Nonlinear.Bench.Pages;

namespace Nonlinear.Bench.Ratios;

/// <summary>The races of one setting.</summary>
internal sealed class RaceSet(RaceSetting setting)
{
    private readonly List<(string Function, Race Race)> _races = [];

    /// <summary>What they are about, apart from the functions.</summary>
    public RaceSetting Setting => setting;

    /// <summary>The races by function.</summary>
    public IReadOnlyList<(string Function, Race Race)> Races => _races;

    /// <summary>What is kept of them.</summary>
    public IEnumerable<Measurement> Measurements =>
        from entry in _races
        from contestant in entry.Race.Contestants
        select new Measurement(
            setting,
            entry.Function,
            contestant.Part,
            contestant.Name,
            entry.Race.Nanoseconds(contestant) / setting.Elements,
            Ratios(entry.Race, contestant));

    /// <summary>Adds a race.</summary>
    public void Add(string function, Race race) => _races.Add((function, race));

    private static Dictionary<string, double> Ratios(Race race, Contestant one) => one.Part != Part.Ours ? [] : race.Contestants
        .Where(other => other != one && (other.Part != Part.Ours || other.Name == TierNames.Exact))
        .ToDictionary(other => other.Name, other => race.Ratios(one, other).Median());
}
