using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace Nonlinear.Bench.Measuring;

/// <summary>
/// Times contestants in turns, so that a machine that speeds up or slows down does so for all of them. Each round gives everyone a burst of
/// two milliseconds, or one pass, starting with a different one each time; ratios are taken between times of the same round.
/// </summary>
internal sealed class Race
{
    private const double Burst = 2e-3;
    private const int FewestRounds = 3, WarmUps = 30;

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMilliseconds(100);

    private readonly List<double[]> _rounds = [];

    private Race(Contestant[] contestants) => Contestants = contestants;

    /// <summary>Who took part.</summary>
    public IReadOnlyList<Contestant> Contestants { get; }

    /// <summary>The fastest of those who compute the same; null if nobody else does.</summary>
    public Contestant? BestRival =>
        Contestants.Where(contestant => contestant.Part == Part.Rival).MinBy(contestant => Times(contestant).Median());

    /// <summary>Runs a race.</summary>
    /// <param name="contestants">Who takes part; what they own is freed.</param>
    /// <param name="rounds">How often everybody has a turn.</param>
    /// <param name="limit">No round but the first three begins later.</param>
    public static Race Run(IEnumerable<Contestant> contestants, int rounds, TimeSpan limit)
    {
        Race race = new([.. contestants]);
        try
        {
            race.Go(rounds, limit);
        }
        finally
        {
            foreach (Contestant contestant in race.Contestants)
                contestant.Owner?.Dispose();
        }
        return race;
    }

    /// <summary>The fastest round in nanoseconds.</summary>
    public double Nanoseconds(Contestant contestant) => Times(contestant).Min() * 1e9;

    /// <summary>One's time over another's, round by round.</summary>
    public double[] Ratios(Contestant one, Contestant other) => [.. Times(one).Zip(Times(other), (time, otherTime) => time / otherTime)];

    private IEnumerable<double> Times(Contestant contestant)
    {
        int place = Contestants.ToList().IndexOf(contestant);
        return _rounds.Select(round => round[place]);
    }

    private void Go(int rounds, TimeSpan limit)
    {
        foreach (Contestant contestant in Contestants)
            WarmUp(contestant);
        int[] passes = [.. Contestants.Select(Passes)];
        long start = Stopwatch.GetTimestamp();
        while (_rounds.Count < rounds && (_rounds.Count < FewestRounds || Stopwatch.GetElapsedTime(start) < limit))
        {
            double[] round = new double[Contestants.Count];
            for (int turn = 0; turn < round.Length; turn++)
            {
                int who = (turn + _rounds.Count) % round.Length;
                round[who] = Seconds(Contestants[who], passes[who]);
            }
            _rounds.Add(round);
        }
    }

    private static void WarmUp(Contestant contestant)
    {
        long start = Stopwatch.GetTimestamp();
        for (int pass = 0; pass < WarmUps && (pass == 0 || Stopwatch.GetElapsedTime(start) < LongestWarmUp); pass++)
            contestant.Pass();
    }

    // Enough to fill a burst.
    private static int Passes(Contestant contestant)
    {
        int passes = 1;
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
