using System.Globalization;
using System.Text.RegularExpressions;
using Nonlinear.Names;

namespace Nonlinear;

/// <summary>
/// Reads the names of activations: <c>name</c>, <c>name(parameter=value, …)</c>, an alias of either form, or what a framework calls them,
/// in any case, with spaces and quotes wherever people put them.
/// </summary>
internal static partial class ActivationName
{
    // Several times as long as any, with all digits of all parameters: what is longer is not looked at.
    private const int Longest = 1000, Shown = 40;

    /// <summary>The activation that a text names; null, and what is wrong with the text, if it names none.</summary>
    public static Activation? Read(string text, IReadOnlyList<CatalogEntry> entries, out Exception? problem)
    {
        if (text.Length > Longest)
        {
            problem = new FormatException(
                $"'{text[..Shown]}…' has {text.Length} characters, and no name of an activation function has more than {Longest}.");
            return null;
        }
        string plain = Call.Plain(text);
        if (plain.Length == 0)
        {
            problem = new FormatException("The name of an activation function is empty; try gelu.");
            return null;
        }
        (plain, Func<Activation, Activation> variant) = WithoutVariant(plain);
        problem = null;
        if (Find(plain, entries) is { } whole)
            return variant(whole.Create([]));
        FormatException? malformed = null;
        if (Call.Read(plain, text, out malformed) is not { } call)
        {
            problem = malformed;
            return null;
        }
        ForeignName foreign = new(text, call, entries);
        Activation? activation = !NameIndex.HasPath(call.Head) && Find(call.Head, entries) is { } ours
            ? Own(ours, call, text, foreign, out problem)
            : foreign.Read(out problem);
        return activation is null ? null : variant(activation);
    }

    /// <summary>The name with those parameters that are not at their defaults: <c>swish(beta=1.5)</c>.</summary>
    public static string Write(ActivationInfo info, IReadOnlyList<double> values)
    {
        string arguments = string.Join(", ", info.Parameters.Zip(values)
            .Where(pair => pair.First.Default != pair.Second)
            .Select(pair => FormattableString.Invariant($"{pair.First.Name}={pair.Second:R}")));
        return arguments.Length == 0 ? info.Name : $"{info.Name}({arguments})";
    }

    // A name that is ours: with our parameters, or else with a framework's, if they fit.
    private static Activation? Own(CatalogEntry entry, Call call, string text, ForeignName foreign, out Exception? problem)
    {
        double[] values = entry.Info.Check([]);
        GatedActivation? gated = GatedName.Read(entry, call, text, out problem);
        if (gated is not null || problem is not null)
            return gated;
        problem = ReadValues(entry.Info, call.WithoutInput.Arguments, text, values);
        if (problem is null)
        {
            Activation own = entry.Create(values);
            // PReLU(8) has eight slopes in PyTorch; a place alone does not say which parameter is meant.
            problem = call.WithoutInput.HasPositional ? foreign.Contradiction(own) : null;
            return problem is null ? own : null;
        }
        return problem is FormatException ? foreign.ReadAs(entry, ref problem) : null;
    }

    // A tier or a number of threads at the end, as ToString writes them: .Fast, .OnThreads(2).
    private static (string Spelling, Func<Activation, Activation> Variant) WithoutVariant(string spelling)
    {
        Match match = VariantSuffix().Match(spelling);
        bool isFast = match.Groups["fast"].Success;
        int threads = match.Groups["threads"].Success ? int.Parse(match.Groups["threads"].Value, CultureInfo.InvariantCulture) : 1;
        return (spelling[..^match.Length], activation => activation.In(isFast ? Tier.Fast : Tier.Exact).OnThreads(threads));
    }

    [GeneratedRegex(@"(?<fast>\.fast)?(\.onthreads\((?<threads>[1-9][0-9]{0,3})\))?$", RegexOptions.IgnoreCase)]
    private static partial Regex VariantSuffix();

    private static CatalogEntry? Find(string spelling, IReadOnlyList<CatalogEntry> entries)
    {
        string bare = Bare(spelling);
        return entries.FirstOrDefault(entry => Spellings(entry.Info).Any(known => Bare(known) == bare));
    }

    private static IEnumerable<string> Spellings(ActivationInfo info) => info.Aliases.Prepend(info.Name);

    // leaky_relu, leaky-relu and LeakyReLU are one name; so are they with arguments, whose minus signs matter.
    private static string Bare(string spelling)
    {
        int open = spelling.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? spelling : spelling[..open], rest = open < 0 ? "" : spelling[open..].ToLowerInvariant();
        return NameIndex.Bare(name) + rest;
    }

    // By name, or without one by place.
    private static Exception? ReadValues(ActivationInfo info, IReadOnlyList<CallArgument> arguments, string text, double[] values)
    {
        HashSet<int> set = [];
        int place = 0;
        foreach ((string? name, string value) in arguments.Select(argument => (argument.Name, argument.Value)))
        {
            int index = name is null ? place++ : info.Parameters.ToList().FindIndex(parameter => IsCalled(parameter, name));
            if (index < 0)
                return new FormatException($"{info.CountedParameters}; there is no '{name}'.");
            if (index >= values.Length)
                return new FormatException($"{info.CountedParameters}; '{value}' in '{text}' is one too many.");
            string parameter = info.Parameters[index].Name;
            if (!set.Add(index))
                return new FormatException($"'{text}' sets {parameter} twice.");
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out values[index])
                && !Numeral.TryRead(value, out values[index]))
                return new FormatException($"{parameter}={value} in '{text}' is no number.");
            if (info.Parameters[index].Problem(values[index]) is { } problem)
                return problem;
        }
        return null;

        static bool IsCalled(ParameterInfo parameter, string name) =>
            parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            || parameter.Symbol.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
