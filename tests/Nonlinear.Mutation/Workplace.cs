using System.Globalization;

namespace Nonlinear.Mutation;

/// <summary>
/// What mutate.sh tells its processes: where everything lies, which mutants are meant, and which part of the work is whose.
/// </summary>
internal static class Workplace
{
    /// <summary>The report of Stryker; null if mutate.sh has not started this process.</summary>
    public static string? Report => Folder is { } folder ? Path.Combine(folder, "reports", "mutation-report.json") : null;

    /// <summary>How many mutants are drawn.</summary>
    public static int Count => Number("COUNT", 300);

    /// <summary>By which seed.</summary>
    public static int Seed => Number("SEED", 20);

    /// <summary>Of which files and lines alone, such as LargeAngle.cs:35; empty for all.</summary>
    public static string[] Places => Words("PLACES");

    /// <summary>Which classes of tests take part; empty for those that usually do.</summary>
    public static string[] Classes => Words("CLASSES");

    /// <summary>How many processes share the work.</summary>
    public static int Parts => Number("PARTS", 1);

    /// <summary>Which of them this one is, from 0.</summary>
    public static int Part => Number("PART", 0);

    /// <summary>What this process is to do: "prepare", "try", or to tell what became of all.</summary>
    public static string Phase => Variable("PHASE") ?? "";

    /// <summary>Whether the process before crashed, by the mutant that it had begun; otherwise somebody stopped it.</summary>
    public static bool HasCrashed => Variable("CRASHED") is not null;

    /// <summary>What this process finds out about cases.</summary>
    public static string Reached => Path.Combine(Folder!, FormattableString.Invariant($"reached-{Part}.tsv"));

    /// <summary>What all have found out.</summary>
    public static string[] AllReached => Directory.GetFiles(Folder!, "reached-*.tsv");

    /// <summary>What this process finds out about mutants.</summary>
    public static string Journal => Path.Combine(Folder!, FormattableString.Invariant($"mutants-{Seed}-{Part}.tsv"));

    /// <summary>What all have found out.</summary>
    public static string[] AllJournals => Directory.GetFiles(Folder!, FormattableString.Invariant($"mutants-{Seed}-*.tsv"));

    private static string? Folder => Variable("FOLDER");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable("NONLINEAR_MUTANTS_" + name);

    private static string[] Words(string name) => (Variable(name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string name, int usual) =>
        int.TryParse(Variable(name), CultureInfo.InvariantCulture, out int number) ? number : usual;
}
