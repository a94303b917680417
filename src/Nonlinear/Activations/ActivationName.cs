using System.Globalization;

namespace Nonlinear;

/// <summary>
/// Reads the names of activations: <c>name</c>, <c>name(parameter=value, …)</c>, or an alias of either form, in any case, with
/// spaces and quotes wherever people put them.
/// </summary>
internal static class ActivationName
{
    public static Activation Parse(string text, IReadOnlyList<CatalogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(text);
        string spelling = Normalize(text);
        if (spelling.Length == 0)
            throw new FormatException("The name of an activation function is empty; try gelu.");
        if (Find(spelling, entries) is { } whole)
            return whole.Create([]);

        (string name, string[] arguments) = Split(spelling, text);
        CatalogEntry entry = Find(name, entries) ?? throw Unknown(name, entries);
        return entry.Create(Values(entry.Info, arguments, text));
    }

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

    private static (string Name, string[] Arguments) Split(string spelling, string text)
    {
        int open = spelling.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return (spelling, []);
        if (!spelling.EndsWith(')'))
            throw new FormatException($"'{text}' lacks its closing parenthesis; parameters are written as in swish(beta=1.5).");
        string inside = spelling[(open + 1)..^1];
        return (spelling[..open], inside.Length == 0 ? [] : inside.Split(','));
    }

    private static double[] Values(ActivationInfo info, string[] arguments, string text)
    {
        double[] values = info.Check([]);
        HashSet<string> set = [];
        foreach (string argument in arguments)
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                throw new FormatException($"'{argument}' in '{text}' has no name; parameters are written as in swish(beta=1.5).");
            string name = argument[..equals], value = argument[(equals + 1)..];
            int index = info.Parameters.ToList().FindIndex(parameter => parameter.Name == name || parameter.Symbol == name);
            if (index < 0)
                throw new FormatException(UnknownParameter(info, name));
            if (!set.Add(info.Parameters[index].Name))
                throw new FormatException($"'{text}' sets {name} twice.");
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out values[index]))
                throw new FormatException($"{name}={value} in '{text}' is no number.");
            info.Parameters[index].Check(values[index]);
        }
        return values;
    }

    private static string UnknownParameter(ActivationInfo info, string name) => info.Parameters.Count == 0
        ? $"{info.Name} has no parameter '{name}'; it has none at all."
        : $"{info.Name} has no parameter '{name}'; it has {string.Join(", ", info.Parameters.Select(parameter => parameter.Name))}.";

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
