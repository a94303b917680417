namespace Nonlinear.Lab.Names;

/// <summary>One thing that a name means, and where.</summary>
/// <param name="Function">The function; null if it is none of ours, or waits for an argument.</param>
/// <param name="Uses">The frameworks' functions that are this.</param>
public sealed record NameMeaning(Activation? Function, IReadOnlyList<FrameworkUse> Uses);

/// <summary>What frameworks mean by names.</summary>
public static class NameMeanings
{
    /// <summary>What uses mean, each thing once: those functions first that most names are; what is none of ours at the end.</summary>
    public static IReadOnlyList<NameMeaning> Of(IEnumerable<FrameworkUse> uses) =>
    [
        .. uses.GroupBy(use => use.Function?.ToString() ?? "")
            .SelectMany(group => group.Key.Length > 0
                ? [new NameMeaning(group.First().Function, [.. group])]
                : group.GroupBy(use => use.FunctionName ?? use.Problem).Select(alike => new NameMeaning(null, [.. alike])))
            .OrderBy(meaning => meaning.Function is null)
            .ThenByDescending(meaning => meaning.Uses.Count),
    ];

    /// <summary>What frameworks mean by a name with their defaults, or those among them that are named.</summary>
    /// <param name="name">A name alone.</param>
    /// <param name="frameworks">The frameworks to look at, by their identifiers; all if there are none.</param>
    /// <exception cref="FormatException">Nothing has the name; the message says what would do.</exception>
    /// <exception cref="ArgumentException">The name is not one alone, no framework has it, or there is no such framework.</exception>
    public static IReadOnlyList<NameMeaning> Of(string name, IReadOnlyList<string> frameworks)
    {
        if (name.AsSpan().IndexOfAny('.', ':', '(') >= 0)
            throw new ArgumentException($"'{name}' is one function: give another to compare it with, or a name alone, such as gelu.");
        foreach (string id in frameworks.Where(id => Find(id) is null))
            throw new ArgumentException(
                $"There is no table for '{id}'; there are {string.Join(", ", Framework.All.Select(framework => framework.Id))}.");
        FrameworkUse[] all = [.. FrameworkUse.Named(name)];
        // A name that is nobody's is refused with what it may have been.
        if (all.Length == 0)
            throw new ArgumentException(
                $"No framework has a function named '{name}'; name another function to compare {Activation.Parse(name)} with.");
        FrameworkUse[] chosen = [.. all.Where(use => frameworks.Count == 0 || frameworks.Any(id => Find(id) == use.Of.Framework))];
        foreach (string id in frameworks.Where(id => !chosen.Any(use => use.Of.Framework == Find(id))))
            throw new ArgumentException(
                $"{Find(id)!.Title} has no function named '{name}'; "
                + $"{string.Join(", ", all.Select(use => use.Of.Framework.Title).Distinct())} have one.");
        return Of(chosen);
    }

    private static Framework? Find(string id) =>
        Framework.All.FirstOrDefault(framework => string.Equals(framework.Id, id, StringComparison.OrdinalIgnoreCase));
}
