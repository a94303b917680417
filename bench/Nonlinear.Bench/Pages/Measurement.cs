using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Pages;

/// <summary>How fast one contestant was in one race.</summary>
/// <param name="Setting">What the race was about, apart from the function.</param>
/// <param name="Function">The function.</param>
/// <param name="Part">What the contestant took part for.</param>
/// <param name="Contestant">Who it was.</param>
/// <param name="Nanoseconds">The time for an element in the fastest round.</param>
/// <param name="Ratios">Of the library's own contestants: their time over that of others, by name; the median over the rounds.</param>
internal sealed record Measurement(
    RaceSetting Setting,
    string Function,
    Part Part,
    string Contestant,
    double Nanoseconds,
    IReadOnlyDictionary<string, double> Ratios);
