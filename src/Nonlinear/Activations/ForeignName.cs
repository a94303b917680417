using Nonlinear.Names;

namespace Nonlinear;

/// <summary>A name that is not ours, or has arguments that are not ours: what the frameworks say of it.</summary>
internal sealed class ForeignName(string text, Call call, IReadOnlyList<CatalogEntry> entries)
{
    /// <summary>The activation that the name is, if the frameworks agree on one; null, and what is wrong, if they do not.</summary>
    public Activation? Read(out Exception? problem)
    {
        bool hasPath = NameIndex.HasPath(call.Head);
        FrameworkFunction[] candidates = [.. hasPath ? NameIndex.At(call.Head) : NameIndex.Named(call.Head)];
        if (candidates.Length == 0)
            candidates = [.. WithJoinedPath()];
        if (candidates.Length > 0)
            return Agreed(candidates, hasPath, out problem);
        problem = hasPath ? NothingThere() : Unknown(call.Head);
        return null;
    }

    /// <summary>
    /// What a name of ours is with arguments that are not ours: <c>LeakyReLU(negative_slope=0.2)</c>. Null, with what was wrong before, if
    /// no framework has such arguments.
    /// </summary>
    public Activation? ReadAs(CatalogEntry ours, ref Exception? problem)
    {
        FrameworkFunction[] candidates =
        [
            .. NameIndex.Named(call.Head)
                .Concat(ours.Info.Aliases.Prepend(ours.Info.Name).SelectMany(NameIndex.Named))
                .Distinct()
                .Where(function => function.Framework.IsPasted && CallReader.Read(function, call).Function is not null),
        ];
        return candidates.Length == 0 ? null : Agreed(candidates, hasPath: false, out problem);
    }

    /// <summary>What is wrong with a reading of values without names, if a framework reads them in another way.</summary>
    public FormatException? Contradiction(Activation own)
    {
        foreach (Reading reading in NameIndex.Named(call.Head).Select(function => CallReader.Read(function, call)))
        {
            if (reading.Function is { } function && Create(function, out _) is { } other && !IsSame(own, other))
                return new($"'{text}' may be {own} or, as {reading.Of.Signature}, {other}; write that which you mean.");
        }
        return null;
    }

    private Activation? Agreed(FrameworkFunction[] candidates, bool hasPath, out Exception? problem)
    {
        Reading[] readings = [.. candidates.Select(candidate => CallReader.Read(candidate, call))];
        List<(Reading Reading, Activation? Activation, string Name)> meanings = [];
        foreach (Reading reading in readings.Where(reading => reading.Function is not null))
        {
            Activation? meant = Create(reading.Function!, out _);
            string name = meant?.ToString() ?? reading.Function!.ToString();
            if (!meanings.Any(other => other.Name == name || IsSame(other.Activation, meant)))
                meanings.Add((reading, meant, name));
        }
        if (meanings.Count == 0)
        {
            problem = new FormatException(readings[0].Problem);
            return null;
        }
        if (meanings.Count > 1)
        {
            string[] all = [.. meanings.Select(meaning => $"{meaning.Name} ({meaning.Reading.Of.Name})")];
            problem = new FormatException(
                $"'{text}' is {string.Join(", ", all[..^1])} or {all[^1]}: say whose it is, as in "
                + $"{meanings[0].Reading.Of.FullName}, or write the function's name here.");
            return null;
        }
        Reading chosen = meanings[0].Reading;
        Activation? activation = Create(chosen.Function!, out problem);
        if (activation is null && problem is FormatException)
            problem = new FormatException(
                $"{(hasPath ? chosen.Of.Name : $"'{call.Head}', which {chosen.Of.Framework.Title} has as {chosen.Of.Name},")} is "
                + $"{chosen.Function}, and {problem.Message}");
        return activation;
    }

    // Whether two are one function, perhaps by two names: clip(min=0, max=6) and relu6.
    private static bool IsSame(Activation? one, Activation? other)
    {
        if (one is not ElementwiseActivation || other is not ElementwiseActivation || one.Equals(other))
            return one is not null && one.Equals(other);
        double[] x = [.. Enumerable.Range(-60, 121).Select(i => i * 0.37)], y = new double[x.Length], z = new double[x.Length];
        one.Forward<double>(x, y);
        other.Forward<double>(x, z);
        return y.Zip(z).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-12 * Math.Abs(pair.First));
    }

    private Activation? Create(NamedFunction function, out Exception? problem)
    {
        CatalogEntry? entry = entries.FirstOrDefault(entry => entry.Info.Name == function.Name);
        problem = entry is null ? new FormatException($"{function.Name} is not in the catalogue.") : null;
        if (entry is null)
            return null;
        double[] values = entry.Info.Check([]);
        foreach ((string name, double value) in function.Parameters)
        {
            int index = entry.Info.Parameters.ToList().FindIndex(parameter => parameter.Name == name);
            problem = index < 0
                ? new FormatException($"{entry.Info.CountedParameters}; there is no '{name}'.")
                : entry.Info.Parameters[index].Problem(value);
            if (problem is not null)
                return null;
            values[index] = value;
        }
        Activation activation = entry.Create(values);
        return function.Layout is { } layout ? ((GatedActivation)activation).WithLayout(layout) : activation;
    }

    // A name that is joined to what stands before it, as in ggml_gelu and eltwise_swish.
    private IEnumerable<FrameworkFunction> WithJoinedPath() => Framework.All
        .SelectMany(framework => framework.Functions)
        .Where(function => function.Prefixes.Any(prefix => prefix.Length > 0
            && function.Names.Any(name => string.Equals(prefix + name, call.Head, StringComparison.OrdinalIgnoreCase))));

    private FormatException NothingThere()
    {
        Framework[] frameworks = [.. NameIndex.WithPath(call.Head)];
        string name = call.Head[(call.Head.LastIndexOfAny(['.', ':']) + 1)..];
        string elsewhere = Elsewhere(name);
        if (frameworks.Length == 0)
            return new(
                $"'{text}': '{call.Head}' begins with no framework that is known here; there are "
                + $"{string.Join(", ", Framework.All.Select(framework => framework.Id))}, as in torch:{name}.{elsewhere}");
        IEnumerable<string> there = frameworks.SelectMany(framework => framework.Functions).SelectMany(function => function.Names);
        string titles = string.Join(" or ", frameworks.Select(framework => framework.ToString()));
        return new($"No activation function '{name}' is known in {titles}.{Meant(Slips.Nearest(name, there))}{elsewhere}");
    }

    // What has the name, but elsewhere.
    private string Elsewhere(string name)
    {
        string[] others = [.. NameIndex.Named(name).Select(function => function.Name).Distinct().Take(3)];
        CatalogEntry? ours = entries.FirstOrDefault(entry => NameIndex.Bare(entry.Info.Name) == NameIndex.Bare(name));
        return (ours, others) switch
        {
            ({ } entry, _) => $" There is {entry.Info.Name} here.",
            (null, []) => "",
            _ => $" There is {string.Join(", ", others)}.",
        };
    }

    private FormatException Unknown(string name)
    {
        IReadOnlyList<string> near = Slips.Nearest(name, entries.SelectMany(entry => entry.Info.Aliases.Prepend(entry.Info.Name)));
        if (near.Count == 0)
            near = Slips.Nearest(name, Framework.All.SelectMany(framework => framework.Functions).SelectMany(function => function.Names));
        string unknown = $"There is no activation function '{name}', here or in the frameworks that are known.";
        return near.Count > 0
            ? new(unknown + Meant(near))
            : new($"{unknown} There are: {string.Join(", ", entries.Select(entry => entry.Info.Name))}.");
    }

    private static string Meant(IReadOnlyList<string> near) => near.Count switch
    {
        0 => "",
        1 => $" Did you mean {near[0]}?",
        _ => $" The nearest names are {string.Join(", ", near.Take(5))}.",
    };
}
