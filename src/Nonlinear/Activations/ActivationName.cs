using System.Globalization;
using System.Text.RegularExpressions;

namespace Nonlinear;

/// <summary>
/// Reads the names of activations: <c>name</c>, <c>name(parameter=value, …)</c>, or an alias of either form, in any case, with
/// spaces and quotes wherever people put them.
/// </summary>
internal static partial class ActivationName
{
    /// <summary>The activation that a text names; null, and what is wrong with the text, if it names none.</summary>
    public static Activation? Read(string text, IReadOnlyList<CatalogEntry> entries, out Exception? problem)
    {
        string spelling = Normalize(text);
        if (spelling.Length == 0)
        {
            problem = new FormatException("The name of an activation function is empty; try gelu.");
            return null;
        }
        (spelling, Func<Activation, Activation> variant) = WithoutVariant(spelling);
        if (Find(spelling, entries) is { } whole)
        {
            problem = null;
            return variant(whole.Create([]));
        }
        problem = Split(spelling, text, out string name, out string[] arguments);
        CatalogEntry? entry = Find(name, entries);
        if (problem is null && entry is null)
            problem = Unknown(name, entries);
        if (problem is not null)
            return null;
        double[] values = entry!.Info.Check([]);
        problem = ReadValues(entry.Info, arguments, text, values);
        return problem is null ? variant(entry.Create(values)) : null;
    }

    /// <summary>The name with those parameters that are not at their defaults: <c>swish(beta=1.5)</c>.</summary>
    public static string Write(ActivationInfo info, IReadOnlyList<double> values)
    {
        string arguments = string.Join(", ", info.Parameters.Zip(values)
            .Where(pair => pair.First.Default != pair.Second)
            .Select(pair => FormattableString.Invariant($"{pair.First.Name}={pair.Second:R}")));
        return arguments.Length == 0 ? info.Name : $"{info.Name}({arguments})";
    }

    // A tier or a number of threads at the end, as ToString writes them: .Fast, .OnThreads(2).
    private static (string Spelling, Func<Activation, Activation> Variant) WithoutVariant(string spelling)
    {
        Match match = VariantSuffix().Match(spelling);
        bool isFast = match.Groups["fast"].Success;
        int threads = match.Groups["threads"].Success ? int.Parse(match.Groups["threads"].Value, CultureInfo.InvariantCulture) : 1;
        return (spelling[..^match.Length], activation => activation.In(isFast ? Tier.Fast : Tier.Exact).OnThreads(threads));
    }

    [GeneratedRegex(@"(?<fast>\.fast)?(\.onthreads\((?<threads>[1-9][0-9]{0,3})\))?$")]
    private static partial Regex VariantSuffix();

    /// <summary>Lower case, without blanks and quotes, and with _ for -, so that every usual way to type a name is the same.</summary>
    private static string Normalize(string text) =>
        new([.. text.ToLowerInvariant().Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '"'))]);

    private static CatalogEntry? Find(string spelling, IReadOnlyList<CatalogEntry> entries) =>
        entries.FirstOrDefault(entry => Spellings(entry.Info).Any(known => Bare(known) == Bare(spelling)));

    private static IEnumerable<string> Spellings(ActivationInfo info) => info.Aliases.Prepend(info.Name);

    // leaky_relu, leaky-relu and LeakyReLU are one name; so are they with arguments, whose minus signs matter.
    private static string Bare(string spelling)
    {
        int open = spelling.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? spelling : spelling[..open], rest = open < 0 ? "" : spelling[open..];
        return name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal) + rest;
    }

    private static FormatException? Split(string spelling, string text, out string name, out string[] arguments)
    {
        int open = spelling.IndexOf('(', StringComparison.Ordinal);
        (name, arguments) = (open < 0 ? spelling : spelling[..open], []);
        if (open < 0)
            return null;
        if (!spelling.EndsWith(')'))
            return new($"'{text}' lacks its closing parenthesis; parameters are written as in swish(beta=1.5).");
        string inside = spelling[(open + 1)..^1];
        arguments = inside.Length == 0 ? [] : inside.Split(',');
        return null;
    }

    private static Exception? ReadValues(ActivationInfo info, string[] arguments, string text, double[] values)
    {
        HashSet<int> set = [];
        foreach (string argument in arguments)
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return new FormatException($"'{argument}' in '{text}' has no name; parameters are written as in swish(beta=1.5).");
            string name = argument[..equals], value = argument[(equals + 1)..];
            int index = info.Parameters.ToList().FindIndex(parameter => parameter.Name == name || parameter.Symbol == name);
            if (index < 0)
                return new FormatException(UnknownParameter(info, name));
            if (!set.Add(index))
                return new FormatException($"'{text}' sets {name} twice.");
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out values[index]))
                return new FormatException($"{name}={value} in '{text}' is no number.");
            if (info.Parameters[index].Problem(values[index]) is { } problem)
                return problem;
        }
        return null;
    }

    private static string UnknownParameter(ActivationInfo info, string name) => $"{info.CountedParameters}; there is no '{name}'.";

    private static FormatException Unknown(string name, IReadOnlyList<CatalogEntry> entries)
    {
        string nearest = entries.SelectMany(entry => Spellings(entry.Info)).MinBy(known => Distance(Bare(known), Bare(name)))!;
        return Distance(Bare(nearest), Bare(name)) <= Math.Max(2, name.Length / 3)
            ? new($"There is no activation function '{name}'. Did you mean {nearest}?")
            : new($"There is no activation function '{name}'. There are: {string.Join(", ", entries.Select(entry => entry.Info.Name))}.");
    }

    // Levenshtein's distance, with the swap of two neighbours counted as one slip (Damerau).
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
