using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace Nonlinear.Bench;

/// <summary>
/// Times contestants in turns, so that a machine that speeds up or slows down does so for all. Every round gives each of them a burst of a millisecond
/// or two; what is compared is the time of a round over that of the same round.
/// </summary>
internal sealed class Race
{
    private const double Burst = 1.5e-3;

    private readonly Contestant[] _contestants;
    private readonly double[][] _seconds;

    private Race(Contestant[] contestants, int rounds)
    {
        _contestants = contestants;
        int[] passes = [.. contestants.Select(Passes)];
        _seconds = [.. contestants.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contestants.Length; i++)
                _seconds[i][round] = Seconds(contestants[i], passes[i]);
        }
    }

    /// <summary>Runs the race.</summary>
    public static Race Run(IEnumerable<Contestant> contestants, int rounds) => new([.. contestants], rounds);

    /// <summary>The fastest round, in nanoseconds an element.</summary>
    public double Nanoseconds(string name, int elements) => Of(name).Min() * 1e9 / elements;

    /// <summary>The median over the rounds of one's time divided by another's; NaN where one of them did not run.</summary>
    public double Ratio(string name, string other) =>
        Ran(name) && Ran(other) ? Of(name).Zip(Of(other), (one, another) => one / another).Median() : double.NaN;

    private bool Ran(string name) => Array.Exists(_contestants, contestant => contestant.Name == name);

    private double[] Of(string name) => _seconds[Array.FindIndex(_contestants, contestant => contestant.Name == name)];

    // Enough to fill a burst; the passes that find this out warm up as well.
    private static int Passes(Contestant contestant)
    {
        int passes = 1;
        Seconds(contestant, 30);
        while (passes < 1 << 20 && passes * Seconds(contestant, passes) < Burst)
            passes *= 2;
        return passes;
    }

    private static double Seconds(Contestant contestant, int passes)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < passes; i++)
            contestant.Pass();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / passes;
    }
}
