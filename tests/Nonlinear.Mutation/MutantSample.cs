using System.Globalization;
using System.Reflection;

namespace Nonlinear.Mutation;

/// <summary>
/// Switches mutants on, one at a time, and calls tests until one fails. All happens in one process, for most of what a test takes is its
/// compilation; mutate.sh starts another where a mutant has ended it.
/// </summary>
public class MutantSample
{
    // What a case may take in seconds of a processor, and how much longer with a mutant before it is taken for an endless loop.
    private const double Longest = 3, Allowance = 20;

    // Those that judge numbers, the quickest classes of them.
    private static readonly string[] Classes =
    [
        "VectorReferenceTests", "LibraryAttackTests", "SpecialValueTests", "AccuracyTests", "FastSoftmaxTests", "AttentionSoftmaxTests",
        "CrossEntropyOptionTests", "BinaryCrossEntropyTests", "SparseProbabilityTests", "MaxoutTests", "CreluTests", "BFloat16Tests",
        "GradientTests", "SharedCallTests",
    ];

    // Where a test caught a mutant before, the next is caught too, as a rule.
    private static readonly Comparison<TestCase> MostKillsFirst = (a, b) => Worth(b).CompareTo(Worth(a));

    private double _limit;

    [Fact]
    public void Is_tried()
    {
        string? report = Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS");
        Assert.SkipWhen(report is null, "mutate.sh names the report of Stryker.");
        IReadOnlyList<Mutant> mutants = Mutant.Draw(report, Number("NONLINEAR_MUTANTS_COUNT", 300), Number("NONLINEAR_MUTANTS_SEED", 20));
        Journal journal = new(Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS_JOURNAL")!);
        if (mutants.Any(mutant => !journal.Knows(mutant)))
            Try(mutants, journal);
        Tell(mutants, journal);
    }

    private void Try(IReadOnlyList<Mutant> mutants, Journal journal)
    {
        FieldInfo active = typeof(Activation).Assembly.GetTypes().Single(type => type.Name == "MutantControl").GetField("ActiveMutant")!;
        active.SetValue(null, -1);
        List<TestCase> cases =
            [.. Classes.SelectMany(name => TestCase.Of(Assembly.Load("Nonlinear.Tests").GetType($"Nonlinear.Tests.{name}", true)!))];
        cases.RemoveAll(one => !one.Passes() || one.Seconds > Longest);
        new Thread(EndWhenTooLong) { IsBackground = true }.Start();
        bool isNew = true;
        foreach (Mutant mutant in mutants.Where(mutant => !journal.Knows(mutant)))
        {
            journal.Begin(mutant);
            cases.Sort(MostKillsFirst);
            TestCase? failed = cases.FirstOrDefault(one => !Passes(one));
            // What a mutant computed may be kept somewhere; where an earlier one's is, this one is tried again.
            bool isSpoilt = failed?.Passes() == false;
            if (isSpoilt && !isNew)
                journal.Forget(mutant);
            else
                journal.End(mutant, failed?.Name);
            if (isSpoilt)
                Environment.Exit(1);
            if (failed is not null)
                failed.Kills++;
            isNew = false;

            bool Passes(TestCase one)
            {
                Volatile.Write(ref _limit, Environment.CpuUsage.TotalTime.TotalSeconds + (Allowance * (1 + one.Seconds)));
                active.SetValue(null, mutant.Id);
                bool passes = one.Passes();
                active.SetValue(null, -1);
                Volatile.Write(ref _limit, double.PositiveInfinity);
                return passes;
            }
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

    private void EndWhenTooLong()
    {
        for (;; Thread.Sleep(500))
        {
            double limit = Volatile.Read(ref _limit);
            if (limit > 0 && Environment.CpuUsage.TotalTime.TotalSeconds > limit)
                Environment.Exit(1);
        }
    }

    private static double Worth(TestCase one) => (one.Kills + 0.1) / (0.02 + one.Seconds);

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int number) ? number : usual;
}
