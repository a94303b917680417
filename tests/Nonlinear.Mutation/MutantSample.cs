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

    // What the cases may take together that are called with a mutant: the likeliest first.
    private const double LongestMutant = 20;

    // A case that has taken less than so many seconds of a processor in so many milliseconds is no longer at work.
    private const double LeastWork = 0.1;
    private const int LongestIdle = 120_000;

    // Where a test caught a mutant before, the next is caught too, as a rule; and by one that reaches little rather than by one that
    // reaches much.
    private static readonly Comparison<TestCase> MostKillsFirst = (a, b) => Worth(b).CompareTo(Worth(a));

    [Fact]
    public void Is_tried()
    {
        Assert.SkipWhen(Workplace.Report is null, "mutate.sh says where the report of Stryker is.");
        if (Workplace.Phase == "prepare")
        {
            Preparation.Call(new());
            return;
        }
        IReadOnlyList<Mutant> all = Mutant.Draw(Workplace.Report, Workplace.Count, Workplace.Seed, Workplace.Places);
        if (Workplace.Phase == "try")
            Try([.. all.Where((_, i) => i % Workplace.Parts == Workplace.Part)], new([Workplace.Journal], Workplace.HasCrashed));
        else
            Tell(all, new(Workplace.AllJournals, hasCrashed: false));
    }

    private static void Try(IReadOnlyList<Mutant> mutants, Journal journal)
    {
        if (mutants.All(journal.Knows))
            return;
        double limit = double.PositiveInfinity; // in seconds of a processor
        MutantSwitch active = new();
        IReadOnlyList<TestCase> cases = Preparation.Take();
        bool isNew = true;
        Mutant? tried = null;
        new Thread(EndWhenTooLong) { IsBackground = true }.Start();
        foreach (Mutant mutant in mutants.Where(mutant => !journal.Knows(mutant)))
        {
            List<TestCase> reaching = [.. cases.Where(one => one.Reached.Contains(mutant.Id))];
            reaching.Sort(MostKillsFirst);
            journal.Begin(mutant);
            Volatile.Write(ref tried, mutant);
            active.Forget();
            int called = 0;
            double end = Now() + LongestMutant;
            TestCase? failed = reaching.TakeWhile(_ => Now() < end).FirstOrDefault(one => !Passes(one));
            // What a mutant computed may be kept somewhere; and what is computed once was so before this one was on. Where an earlier
            // one's results are, or those of none, this one is tried again, as the first of a process.
            bool isSpoilt = failed?.Passes() == false || (!isNew && reaching.Count > 0 && !active.HasReached(mutant));
            if (isSpoilt && !isNew)
                journal.Forget(mutant);
            else
                journal.End(mutant, failed is not null, failed?.Name ?? $"{called} of {reaching.Count} cases that reach it");
            if (isSpoilt)
                Environment.Exit(1);
            if (failed is not null)
                failed.Kills++;
            isNew = false;

            bool Passes(TestCase one)
            {
                called++;
                Volatile.Write(ref limit, Now() + (Allowance * (1 + one.FirstSeconds)));
                active.Active = mutant.Id;
                bool passes = one.Passes();
                active.Active = -1;
                Volatile.Write(ref limit, double.PositiveInfinity);
                return passes;
            }
        }

        // Some mutants never end, and some wait for what never comes.
        void EndWhenTooLong()
        {
            double last = 0;
            long since = Environment.TickCount64;
            while (true)
            {
                double now = Now(), most = Volatile.Read(ref limit);
                if (now > last + LeastWork || double.IsPositiveInfinity(most))
                    (last, since) = (now, Environment.TickCount64);
                if (now > most || Environment.TickCount64 > since + LongestIdle)
                    break;
                Thread.Sleep(500);
            }
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

    private static double Worth(TestCase one) => (one.Kills + 0.1) / ((0.02 + one.Seconds) * one.Reached.Count);

    // Seconds of a processor.
    private static double Now() => Environment.CpuUsage.TotalTime.TotalSeconds;
}
