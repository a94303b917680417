using System.Globalization;

namespace Nonlinear.Attacks;

/// <summary>What to run.</summary>
/// <param name="Count">How many damaged models.</param>
/// <param name="Seconds">For how long at most.</param>
/// <param name="Seed">From which the damage is drawn.</param>
/// <param name="First">The number of the first.</param>
/// <param name="Workers">How many processes share the work.</param>
/// <param name="Models">A folder with models to be damaged as well, each with its sample beside it; null if there is none.</param>
/// <param name="Keep">A folder that takes the models that were not taken well; null if they need not be kept.</param>
/// <param name="Verbose">Whether everything that is said is shown.</param>
/// <param name="Store">The database from which a worker takes runs while it is killed; null to leave the worker out.</param>
/// <param name="Function">The one function that is called at random; null for all.</param>
internal sealed record AttackOptions(
    long Count, int Seconds, int Seed, long First, int Workers, string? Models, string? Keep, bool Verbose, string? Store = null,
    string? Function = null)
{
    public static AttackOptions Parse(string[] args) => new(
        long.Parse(Value(args, "--count") ?? "10000", CultureInfo.InvariantCulture),
        int.Parse(Value(args, "--seconds") ?? "1000000", CultureInfo.InvariantCulture),
        int.Parse(Value(args, "--seed") ?? "1", CultureInfo.InvariantCulture),
        long.Parse(Value(args, "--first") ?? "0", CultureInfo.InvariantCulture),
        int.Parse(Value(args, "--workers") ?? "2", CultureInfo.InvariantCulture),
        Value(args, "--models"),
        Value(args, "--keep"),
        args.Contains("--verbose"),
        Value(args, "--store"),
        Value(args, "--function"));

    /// <summary>What stands behind a word; null if the word is not there.</summary>
    public static string? Value(string[] args, string word) =>
        Array.IndexOf(args, word) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
