using System.Globalization;

namespace Nonlinear.Cli.Verification;

/// <summary>What was measured of another library; a line of docs/exactness-peers.csv.</summary>
/// <param name="Function">The function's name in the catalogue.</param>
/// <param name="Direction">forward or derivative; the gradient of a function of vectors is backward.</param>
/// <param name="Type">The number type.</param>
/// <param name="Library">The library.</param>
/// <param name="Judged">How many results were judged.</param>
/// <param name="Misrounded">How many of them are not correctly rounded.</param>
/// <param name="Lost">How many are NaN or ±∞ where the exact value is not, or the other way round.</param>
/// <param name="MaxUlps">The largest error of the others.</param>
internal sealed record PeerResult(
    string Function,
    string Direction,
    string Type,
    string Library,
    long Judged,
    long Misrounded,
    long Lost,
    double MaxUlps)
{
    /// <summary>Reads a file of results; lines that start with # are remarks on how they came about.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">A line is malformed; the message names it.</exception>
    public static (IReadOnlyList<PeerResult> Results, IReadOnlyList<string> Remarks) Read(string file)
    {
        string[] lines = File.ReadAllLines(file);
        List<PeerResult> results = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#') || lines[i].StartsWith("function,", StringComparison.Ordinal) || lines[i].Length == 0)
                continue;
            results.Add(Parse(lines[i]) ?? throw new FormatException($"'{file}', line {i + 1} is no result: '{lines[i]}'."));
        }
        return (results, [.. lines.Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '))]);
    }

    private static PeerResult? Parse(string line) =>
        line.Split(',') is [var function, var direction, var type, var library, var judged, var misrounded, var lost, var ulps, ..]
        && long.TryParse(judged, CultureInfo.InvariantCulture, out long count)
        && long.TryParse(misrounded, CultureInfo.InvariantCulture, out long wrong)
        && long.TryParse(lost, CultureInfo.InvariantCulture, out long undefined)
        && double.TryParse(ulps, CultureInfo.InvariantCulture, out double error)
            ? new(function, direction, type, library, count, wrong, undefined, error)
            : null;
}
