using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>What came out of a competition, for other programs.</summary>
internal static class ChoiceJson
{
    // Raised when a field changes its meaning or goes; others may be added.
    private const int Schema = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Writes the outcome.</summary>
    /// <param name="plan">What was asked.</param>
    /// <param name="competition">What came out.</param>
    /// <param name="command">The command that repeats it.</param>
    /// <param name="page">Where the page is.</param>
    public static string Write(ChoicePlan plan, Competition competition, string command, string page)
    {
        ChoiceFindings findings = new(plan, competition);
        return JsonSerializer.Serialize(
            new Document(
                Schema,
                new(
                    plan.Data.Name,
                    plan.Data.Target,
                    plan.Data.Count,
                    plan.Data.Features,
                    [.. plan.Data.ClassNames.Zip(plan.Data.ClassCounts, (name, rows) => new ClassPart(name, rows))],
                    [.. plan.Data.Notes.Select(note => note.English)]),
                plan.Data.ScoreName.English,
                competition.Seeds,
                plan.Baseline,
                findings.Advised,
                [.. findings.All().Select(finding => finding.English)],
                competition.Findable is { } findable ? new(findable.Difference, findable.SeedsForHalf) : null,
                [
                    .. Enum.GetValues<FloorKind>().Select(kind => new FloorPart(
                        FloorRun.NameOf(kind, plan.Data).English,
                        competition.Score(kind).Mean,
                        Pair(competition.Score(kind)),
                        competition.Floor(kind).Average(result => result.Balanced),
                        competition.Floor(kind).Average(result => result.Loss))),
                ],
                [.. findings.Ranking.Select(activation => Function(plan, competition, findings, activation))],
                command,
                page),
            Options);
    }

    private static FunctionPart Function(ChoicePlan plan, Competition competition, ChoiceFindings findings, string activation)
    {
        IReadOnlyList<ChoiceResult> results = competition.Results(activation);
        bool baseline = activation == plan.Baseline;
        return new(
            activation,
            competition.Score(activation).Mean,
            Pair(competition.Score(activation)),
            results.Average(result => result.Balanced),
            results.Average(result => result.Loss),
            [.. results.Select(result => result.Score)],
            baseline ? null : competition.Difference(activation).Mean,
            baseline ? null : Pair(competition.Difference(activation)),
            baseline ? null : 1 - competition.Level(activation),
            baseline ? null : competition.Corrected(activation),
            baseline ? "baseline"
                : !competition.Differs(activation) ? "may be equal"
                : competition.Difference(activation).Mean > 0 ? "better"
                : "worse",
            competition.BeatsFloor(activation),
            competition.Stopped(activation),
            findings.MedianRate(activation),
            results.Average(result => result.Dead),
            results.Average(result => result.Saturated),
            results[0].Parameters);
    }

    private static double[] Pair(Interval interval) => [interval.Low, interval.High];

    private sealed record Document(
        int Schema,
        DataPart Data,
        string Score,
        int Seeds,
        string Baseline,
        string Advised,
        IReadOnlyList<string> Findings,
        FindablePart? Findable,
        IReadOnlyList<FloorPart> Floors,
        IReadOnlyList<FunctionPart> Functions,
        string Command,
        string Page);

    private sealed record DataPart(
        string Name, string Target, int Rows, IReadOnlyList<string> Inputs, IReadOnlyList<ClassPart> Classes, IReadOnlyList<string> Notes);

    private sealed record ClassPart(string Name, int Rows);

    private sealed record FindablePart(double Difference, int? SeedsForHalf);

    private sealed record FloorPart(string Name, double Score, double[] Interval, double Balanced, double Loss);

    private sealed record FunctionPart(
        string Name,
        double Score,
        double[] Interval,
        double Balanced,
        double Loss,
        IReadOnlyList<double> Scores,
        double? Difference,
        double[]? DifferenceInterval,
        double? Confidence,
        double? P,
        string Verdict,
        bool AboveFloor,
        bool Stopped,
        double Rate,
        double Dead,
        double Saturated,
        int Parameters);
}
