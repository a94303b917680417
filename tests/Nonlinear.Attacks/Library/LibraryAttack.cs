using System.Diagnostics;
using System.Globalization;
using Nonlinear.Oracle;

namespace Nonlinear.Attacks.Library;

/// <summary>
/// Calls the library at random: functions, parameters, tiers, types, operations, lengths, places, and numbers of all kinds.
/// </summary>
internal sealed class LibraryAttack(AttackOptions options)
{
    private const int MostTold = 40;

    private readonly Lock _lock = new();
    private int _told;

    /// <summary>Runs it.</summary>
    /// <returns>Whether nothing was wrong.</returns>
    public bool Run()
    {
        Stopwatch watch = Stopwatch.StartNew();
        LibraryFindings all = new(_ => { });
        long trials = 0;
        Parallel.For(
            0L, options.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Workers }, () => new Worker(), (i, loop, worker) =>
            {
                if (watch.Elapsed.TotalSeconds > options.Seconds)
                {
                    loop.Stop();
                    return worker;
                }
                worker.Trials++;
                Try(options.First + i, worker.Findings);
                return worker;
            },
            worker =>
            {
                lock (_lock)
                {
                    all.Add(worker.Findings);
                    trials += worker.Trials;
                }
            });
        string judged = Oracle.Oracle.IsAvailable ? $"{all.Judged} results judged" : "none judged: MPFR is not there";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{trials} random operations, {all.Calls} calls in {watch.Elapsed.TotalSeconds:F0} s, {judged}, {all.Faults} faults"));
        if (options.Verbose)
            Console.WriteLine(string.Join('\n', all.CallsOfKinds.Select(kind => $"{kind.Value,12} {kind.Key}")));
        return all.Faults == 0 && trials > 0;
    }

    private void Try(long number, LibraryFindings sum)
    {
        Random random = new(unchecked((options.Seed * 1_000_003) + (int)(number * 2_654_435_761L)));
        LibraryFindings findings = new(what => Tell(number, what));
        Activation function = DrawnFunction.Of(random, options.Function);
        ILibraryCase drawn = function switch
        {
            ElementwiseActivation one => new ElementwiseCase(one),
            GatedActivation gated => new GatedCase(gated),
            _ => new VectorCase(function),
        };
        try
        {
            switch (random.Next(4))
            {
                case 0:
                    Run<double>("double", x => x, x => x);
                    break;
                case 1:
                    Run<Half>("half", x => (Half)x, x => (double)x);
                    break;
                case 2:
                    Run<BFloat16>("bfloat16", x => (BFloat16)x, x => x);
                    break;
                default:
                    Run<float>("float", x => (float)x, x => x);
                    break;
            }
        }
#pragma warning disable CA1031 // No call that is made here may throw.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            findings.Fault($"{function}: {thrown}".ReplaceLineEndings(" "));
        }
        sum.Add(findings);

        void Run<T>(string name, Func<double, T> from, Func<T, double> to)
            where T : unmanaged
        {
            Trial<T> trial = new(random, NumberFormat.Named(name), from, to, findings);
            drawn.Run(trial);
            findings.CountFor($"{(function.Tier == Tier.Fast ? "fast" : "exact")} {name} {trial.Operation}");
        }
    }

    private void Tell(long number, string what)
    {
        lock (_lock)
        {
            if (_told++ < MostTold || options.Verbose)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {what}"));
        }
    }

    private sealed class Worker
    {
        public LibraryFindings Findings { get; } = new(_ => { });

        public long Trials { get; set; }
    }
}
