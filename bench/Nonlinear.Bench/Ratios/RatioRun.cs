using System.Diagnostics;
using Nonlinear.Bench.Measuring;
using Nonlinear.Bench.Pages;
using Nonlinear.Bench.Rivals;

namespace Nonlinear.Bench.Ratios;

/// <summary>Races functions against everybody, forward and backward, at several sizes.</summary>
/// <param name="rivals">Who is there.</param>
/// <param name="rounds">How often everybody has a turn, at most.</param>
/// <param name="within">How long all races together may take: what one leaves of its share, the others have.</param>
internal sealed class RatioRun(AllRivals rivals, int rounds, TimeSpan within)
{
    // However large the arrays are.
    private static readonly TimeSpan LongestRace = TimeSpan.FromSeconds(10);

    // A large vocabulary, ImageNet's classes for a batch, attention's scores, its shorter rows, a classifier's ten classes.
    private static readonly (int Rows, int Columns)[] Shapes =
        [(1, 32_768), (1024, 1000), (4096, 128), (8192, 64), (16_384, 16), (16_384, 10)];

    /// <summary>Races functions.</summary>
    /// <param name="functions">The functions: elementwise and gated ones, and such along an axis, which have shapes of their own.</param>
    /// <param name="sizes">Numbers of elements.</param>
    /// <param name="progress">Is told what begins, and after it which share is done.</param>
    public IReadOnlyList<RaceSet> Run(IReadOnlyList<Activation> functions, IReadOnlyList<int> sizes, Action<string, double> progress)
    {
        ILookup<FunctionKind, Activation> byKind = functions.ToLookup(Kind);
        RaceSetting[] settings =
        [
            .. sizes.Select(size => new RaceSetting(Direction.Forward, FunctionKind.Elementwise, 1, size)),
            .. sizes.Select(size => new RaceSetting(Direction.Forward, FunctionKind.Gated, 1, size)),
            .. Shapes.Select(shape => new RaceSetting(Direction.Forward, FunctionKind.AlongAxis, shape.Rows, shape.Columns)),
        ];
        List<RaceSet> sets = [];
        int total = settings.Sum(setting => byKind[setting.Kind].Count()), done = 0;
        long start = Stopwatch.GetTimestamp();
        foreach (RaceSetting setting in settings.Where(setting => byKind[setting.Kind].Any()))
        {
            using Buffers buffers = new(setting.Elements);
            RaceSet forward = new(setting), backward = new(setting with { Direction = Direction.Backward });
            foreach (Activation function in byKind[setting.Kind])
            {
                progress($"{function}, {setting.Size}", (double)done / total);
                TimeSpan share = (within - Stopwatch.GetElapsedTime(start)) / (2 * (total - done++));
                Job job = new(function, buffers, setting.Rows, setting.Columns);
                Contestant[] forwards = [.. Limits.Forward(job), .. Ours.Forward(job), .. rivals.Forward(job)];
                Agreement.Check(job, forwards, job.Y);
                forward.Add(function.ToString(), Race(forwards, share));
                Ours.Forward(job).First().Pass();
                job.Y.Span.CopyTo(job.Saved.Span);
                Contestant[] backwards = [.. Limits.Backward(job), .. Ours.Backward(job), .. rivals.Backward(job)];
                Agreement.Check(job, backwards, function is GatedActivation ? [job.Y, job.ValueGradient] : [job.Y]);
                backward.Add(function.ToString(), Race(backwards, share));
            }
            sets.Add(forward);
            sets.Add(backward);
        }
        return sets;
    }

    private static FunctionKind Kind(Activation function) => function switch
    {
        ElementwiseActivation => FunctionKind.Elementwise,
        GatedActivation => FunctionKind.Gated,
        _ => FunctionKind.AlongAxis,
    };

    private Race Race(Contestant[] contestants, TimeSpan share) =>
        Measuring.Race.Run(contestants, rounds, share < LongestRace ? share : LongestRace);
}
