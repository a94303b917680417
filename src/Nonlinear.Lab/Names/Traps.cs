using Nonlinear.Lab.Measure;

namespace Nonlinear.Lab.Names;

/// <summary>Something that a name means, and how far that is from what it means elsewhere.</summary>
/// <param name="Meaning">What it means, and where.</param>
/// <param name="FromUsual">Its difference from what most mean; null for that itself, and where there is nothing to measure.</param>
internal sealed record TrapMeaning(NameMeaning Meaning, FunctionDifference? FromUsual);

/// <summary>A name, or a function, that is not the same everywhere.</summary>
/// <param name="Kind">What kind of trap it is.</param>
/// <param name="Title">The name; for a function, that of the catalogue.</param>
/// <param name="Meanings">What it is, the most usual first.</param>
internal sealed record Trap(string Kind, string Title, IReadOnlyList<TrapMeaning> Meanings)
{
    /// <summary>By what it is found on a page.</summary>
    public string Id => $"{Kind}-{Title}".ToLowerInvariant();

    /// <summary>What a figure shows: the usual function and the first that was measured against it; null if none was.</summary>
    public (ElementwiseActivation Usual, ElementwiseActivation Other)? Drawn =>
        Meanings.FirstOrDefault(meaning => meaning.FromUsual is not null) is { } other
            ? ((ElementwiseActivation)Meanings[0].Meaning.Function!, (ElementwiseActivation)other.Meaning.Function!)
            : null;
}

/// <summary>An axis along which frameworks take a function unless told otherwise.</summary>
/// <param name="Function">The function.</param>
/// <param name="Argument">The argument's default as it is written; null if it must be given.</param>
/// <param name="Uses">The frameworks' functions with this default.</param>
internal sealed record AxisDefault(string Function, string? Argument, IReadOnlyList<FrameworkFunction> Uses);

/// <summary>Where frameworks differ, found in their tables and measured.</summary>
internal static class Traps
{
    private static readonly string[] AxisNames = ["axis", "dim"];

    private static readonly Lazy<IReadOnlyList<Trap>> Names = new(() => [.. FindNames()]);
    private static readonly Lazy<IReadOnlyList<Trap>> Parameters = new(() => [.. FindParameters()]);
    private static readonly Lazy<IReadOnlyList<Trap>> Forms = new(() => [.. FindForms()]);

    /// <summary>Names that are different functions in different places.</summary>
    public static IReadOnlyList<Trap> OfNames => Names.Value;

    /// <summary>Functions whose parameters have different defaults.</summary>
    public static IReadOnlyList<Trap> OfParameters => Parameters.Value;

    /// <summary>Functions of which some framework computes something else.</summary>
    public static IReadOnlyList<Trap> OfForms => Forms.Value;

    /// <summary>All of them.</summary>
    public static IEnumerable<Trap> All => OfNames.Concat(OfParameters).Concat(OfForms);

    /// <summary>Functions along an axis that have different default axes.</summary>
    public static IReadOnlyList<AxisDefault> OfAxes { get; } =
    [
        .. from use in FrameworkUse.All
           where use.Function is AxisActivation or WidenedActivation or GatedActivation
           let argument = use.Of.Arguments.FirstOrDefault(argument => AxisNames.Contains(argument.Name))
           where argument is not null
           group (use.Of, argument.Default) by use.FunctionName into byFunction
           from byDefault in byFunction.GroupBy(pair => pair.Default)
           where byFunction.Select(pair => pair.Default).Distinct().Count() > 1
           select new AxisDefault(byFunction.Key!, byDefault.Key, [.. byDefault.Select(pair => pair.Of)]),
    ];

    private static IEnumerable<Trap> FindNames()
    {
        HashSet<FrameworkFunction> seen = [];
        foreach (FrameworkUse use in FrameworkUse.All)
        {
            foreach (string name in use.Of.Names)
            {
                FrameworkUse[] alike = [.. FrameworkUse.Named(name)];
                // What depends on an argument that has to be given tells nothing; what is nowhere ours is no concern of these pages.
                FrameworkUse[] telling = [.. alike.Where(other => other.FunctionName is not null || other.Of.Meanings.Count == 0)];
                string[] kinds = [.. telling.Select(other => other.FunctionName ?? "").Distinct()];
                // What is computed in another way is told where forms are.
                if (kinds.Length > 1 && !telling.Any(other => other.Instead is not null) && seen.Add(alike[0].Of))
                    yield return new("name", name, Measured(telling));
            }
        }
    }

    private static IEnumerable<Trap> FindParameters() =>
        from use in FrameworkUse.All
        where use.FunctionName is not null && use.Instead is null
        group use by use.FunctionName into function
        where function.Select(use => use.Function?.ToString()).OfType<string>().Distinct().Count() > 1
        select new Trap("default", function.Key, Measured(function));

    private static IEnumerable<Trap> FindForms() =>
        from use in FrameworkUse.All
        where use.Instead is not null
        group use by use.FunctionName into function
        select new Trap(
            "form",
            function.Key,
            [
                new(new(function.First().Instead, []), null),
                .. NameMeanings.Of(function).Select(meaning => new TrapMeaning(
                    meaning, Difference(function.First().Instead, meaning.Function))),
            ]);

    private static IReadOnlyList<TrapMeaning> Measured(IEnumerable<FrameworkUse> uses)
    {
        IReadOnlyList<NameMeaning> meanings = NameMeanings.Of(uses);
        return [.. meanings.Select((meaning, i) => new TrapMeaning(
            meaning, i == 0 ? null : Difference(meanings[0].Function, meaning.Function)))];
    }

    private static FunctionDifference? Difference(Activation? usual, Activation? other) =>
        usual is ElementwiseActivation first && other is ElementwiseActivation second ? FunctionDifference.Of(first, second) : null;
}
