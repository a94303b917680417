namespace Nonlinear.Lab.Data.Tables;

/// <summary>Why a column cannot be learned from.</summary>
/// <param name="Heading">The column.</param>
/// <param name="Why">What is wrong, after "Column 'x'".</param>
/// <param name="Remedy">What to do besides leaving it out; null for nothing.</param>
internal sealed record ColumnProblem(string Heading, string Why, string? Remedy = null)
{
    /// <summary>All that is wrong, in one sentence with the way out.</summary>
    public static FormatException Of(IReadOnlyList<ColumnProblem> problems)
    {
        string[] headings = [.. problems.Select(problem => problem.Heading)];
        string ignore = headings.Any(heading => heading.Contains(',', StringComparison.Ordinal))
            ? string.Join(' ', headings.Select(heading => $"--ignore \"{heading}\""))
            : $"--ignore \"{string.Join(',', headings)}\"";
        if (problems is [var only])
            return new($"Column '{only.Heading}' {only.Why}; leave it out with {ignore}{Or(only.Remedy)}.");
        string all = string.Join("; ", problems.Select(problem => $"'{problem.Heading}' {problem.Why}"));
        string[] remedies = [.. problems.Select(problem => problem.Remedy).OfType<string>().Distinct()];
        return new($"{problems.Count} columns cannot be inputs: {all}. Leave them out with {ignore}{Or(string.Join(", ", remedies))}.");
    }

    private static string Or(string? remedy) => string.IsNullOrEmpty(remedy) ? "" : $", or {remedy}";
}
