using System.Globalization;

namespace Nonlinear.Mutation;

/// <summary>
/// Switches mutants on, one at a time, and calls the tests that reach each until one fails. All happens in one process, for most of what a
/// test takes is its compilation; mutate.sh starts another where a mutant has ended it.
/// </summary>
public class MutantSample
{
    // How much longer a case may take with a mutant before that is taken for an endless loop, and seconds beside.
    private const double Allowance = 5;

    // Where a test caught a mutant before, the next is caught too, as a rule.
    private static readonly Comparison<TestCase> MostKillsFirst = (a, b) => Worth(b).CompareTo(Worth(a));

    // In seconds of a processor.
    private double _limit = double.PositiveInfinity;

    [Fact]
    public void Is_tried()
    {
        string? report = Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS");
        Assert.SkipWhen(report is null, "mutate.sh names the report of Stryker.");
        IReadOnlyList<Mutant> mutants = Mutant.Draw(
            report,
            Number("NONLINEAR_MUTANTS_COUNT", 300),
            Number("NONLINEAR_MUTANTS_SEED", 20),
            (Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS_PLACES") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Journal journal = new(
            Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS_JOURNAL")!,
            hasCrashed: Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS_CRASHED") is not null);
        if (mutants.Any(mutant => !journal.Knows(mutant)))
            Try(mutants, journal);
        Tell(mutants, journal);
    }

    private void Try(IReadOnlyList<Mutant> mutants, Journal journal)
    {
        MutantSwitch active = new();
        IReadOnlyList<TestCase> cases =
            Preparation.Take(Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS_REACHED")!, active, out bool isNew);
        Mutant? tried = null;
        new Thread(EndWhenTooLong) { IsBackground = true }.Start();
        foreach (Mutant mutant in mutants.Where(mutant => !journal.Knows(mutant)))
        {
            List<TestCase> reaching = [.. cases.Where(one => one.Reached.Contains(mutant.Id))];
            reaching.Sort(MostKillsFirst);
            journal.Begin(mutant);
            Volatile.Write(ref tried, mutant);
            active.Forget();
            TestCase? failed = reaching.FirstOrDefault(one => !Passes(one));
            // What a mutant computed may be kept somewhere; and what is computed once was so before this one was on. Where an earlier
            // one's results are, or those of none, this one is tried again, as the first of a process.
            bool isSpoilt = failed?.Passes() == false || (!isNew && reaching.Count > 0 && !active.HasReached(mutant));
            if (isSpoilt && !isNew)
                journal.Forget(mutant);
            else
                journal.End(mutant, failed is not null, failed?.Name ?? $"{reaching.Count} cases reach it");
            if (isSpoilt)
                Environment.Exit(1);
            if (failed is not null)
                failed.Kills++;
            isNew = false;

            bool Passes(TestCase one)
            {
                Volatile.Write(ref _limit, Environment.CpuUsage.TotalTime.TotalSeconds + (Allowance * (1 + one.FirstSeconds)));
                active.Active = mutant.Id;
                bool passes = one.Passes();
                active.Active = -1;
                Volatile.Write(ref _limit, double.PositiveInfinity);
                return passes;
            }
        }

        void EndWhenTooLong()
        {
            while (Environment.CpuUsage.TotalTime.TotalSeconds < Volatile.Read(ref _limit))
                Thread.Sleep(500);
            journal.End(Volatile.Read(ref tried)!, isKilled: true, "it went on for too long");
            Environment.Exit(1);
        }
    }

    private static void Tell(IReadOnlyList<Mutant> mutants, Journal journal)
    {
        // Wilson's interval.
        const double Z = 1.96;
        int killed = mutants.Count(journal.HasKilled), n = mutants.Count;
        double share = (double)killed / n, middle = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        double half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4.0 * n * n)));
        IEnumerable<Mutant> survivors = mutants.Where(mutant => !journal.HasKilled(mutant));
        foreach (Mutant mutant in survivors.OrderBy(mutant => mutant.Place, StringComparer.Ordinal))
            Console.WriteLine($"survived: {mutant.Place}, {mutant.Kind}: {mutant.Replacement}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{killed} of {n} mutants killed: {share:P1}, of all of them {middle - half:P1} to {middle + half:P1} (95 %)"));
    }

    private static double Worth(TestCase one) => (one.Kills + 0.1) / (0.02 + one.Seconds);

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int number) ? number : usual;
}
