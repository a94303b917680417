using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Nonlinear.Bench.Measuring;

/// <summary>Names of processors, as pages and files have them.</summary>
internal static partial class ProcessorName
{
    /// <summary>A name without trademarks and the spaces that makers fill it up with.</summary>
    public static string Plain(string name) => Spaces().Replace(Marks().Replace(name, " "), " ").Trim();

    /// <summary>A name as part of a file's: small letters and digits, with hyphens for all between.</summary>
    public static string InFiles(string name) => Others().Replace(name, "-").Trim('-').ToLowerInvariant();

    /// <summary>What Linux says of a processor: of those of Arm, which have no name, who made it and the number of the part.</summary>
    public static string? FromLinux(IEnumerable<string> lines)
    {
        Dictionary<string, string> said = lines
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return said.TryGetValue("CPU implementer", out string? maker) && said.TryGetValue("CPU part", out string? part)
            ? $"{RuntimeInformation.ProcessArchitecture} (implementer {maker}, part {part})"
            : said.GetValueOrDefault("model name");
    }

    [GeneratedRegex(@"\((R|TM)\)", RegexOptions.IgnoreCase)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Others();
}
