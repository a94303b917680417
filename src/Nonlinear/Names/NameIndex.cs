namespace Nonlinear.Names;

/// <summary>Finds functions of frameworks by name.</summary>
internal static class NameIndex
{
    private static readonly Lazy<ILookup<string, FrameworkFunction>> ByName = new(() => Framework.All
        .SelectMany(framework => framework.Functions)
        .SelectMany(function => function.Names.Select(name => (Name: Bare(name), Function: function)))
        .ToLookup(pair => pair.Name, pair => pair.Function));

    /// <summary>A name without what is a matter of style: leaky_relu, leaky-relu and LeakyReLU are one.</summary>
    public static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal)
        .Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Whether a name says whose it is.</summary>
    public static bool HasPath(string head) => head.AsSpan().IndexOfAny('.', ':') >= 0;

    /// <summary>Whatever has that name in any framework.</summary>
    public static IEnumerable<FrameworkFunction> Named(string name) => ByName.Value[Bare(name)].Distinct();

    /// <summary>
    /// What a name with a path may be: with the letters as they are if that is a name, or in any case. Of <c>torch:name</c> the first that
    /// the framework's table has; so <c>keras:gelu</c> is what Keras looks up, <c>keras.activations.gelu</c>.
    /// </summary>
    public static IReadOnlyList<FrameworkFunction> At(string head)
    {
        if (FrameworkOf(head) is not { } framework)
            return Best(Reached(head));
        string rest = head[(head.IndexOf(':', StringComparison.Ordinal) + 1)..];
        FrameworkFunction[] all =
        [
            .. framework.Functions.Where(function => function.Names.Any(name => IsCalled(function, name, rest)))
        ];
        if (all.FirstOrDefault(function => function.Names.Contains(rest)) is { } exact)
            return [exact];
        return all.Length > 0 ? all : Best([.. framework.Ids.SelectMany(id => Reached($"{id}.{rest}"))]);

        static bool IsCalled(FrameworkFunction function, string name, string text) => Bare(name) == Bare(text)
            || function.Prefixes.Any(prefix => prefix.Length > 0 && Bare(prefix + name) == Bare(text));
    }

    /// <summary>The framework that a name's path begins with, before a colon.</summary>
    public static Framework? FrameworkOf(string head)
    {
        int colon = head.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 || head.AsSpan(colon).StartsWith("::")
            ? null
            : Framework.All.FirstOrDefault(framework => framework.Ids.Contains(head[..colon], StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The frameworks that have a path, whatever they have at its end.</summary>
    public static IEnumerable<Framework> WithPath(string head) => FrameworkOf(head) is { } framework
        ? [framework]
        : Framework.All.Where(candidate => candidate.Functions.SelectMany(function => function.Prefixes)
            .Any(prefix => prefix.Length > 0 && HasPath(prefix) && head.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    // By their full paths; whether the name is written as it is there.
    private static (FrameworkFunction Function, bool IsExact)[] Reached(string head) =>
    [
        .. from framework in Framework.All
           from function in framework.Functions
           from prefix in function.Prefixes
           where prefix.Length > 0 && head.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
           let rest = head[prefix.Length..]
           where function.Names.Any(name => Bare(name) == Bare(rest))
           select (function, function.Names.Contains(rest)),
    ];

    private static FrameworkFunction[] Best((FrameworkFunction Function, bool IsExact)[] found)
    {
        bool isExact = found.Any(pair => pair.IsExact);
        return [.. found.Where(pair => pair.IsExact == isExact).Select(pair => pair.Function).Distinct()];
    }
}
