namespace Nonlinear.Names;

/// <summary>Names that somebody may have meant who mistyped one.</summary>
internal static class Slips
{
    /// <summary>
    /// The names nearest to a text, if they are so near that it may be a slip. One with other digits is another function: relu6 is not
    /// relu.
    /// </summary>
    public static IReadOnlyList<string> Nearest(string text, IEnumerable<string> names)
    {
        string typed = NameIndex.Bare(text);
        int most = typed.Length <= 5 ? 1 : typed.Length <= 9 ? 2 : 3;
        (string Name, int Distance)[] near =
        [
            .. names.Distinct()
                .Where(name => Math.Abs(name.Length - text.Length) <= most + 2 && Digits(name) == Digits(text))
                .Select(name => (name, Distance(NameIndex.Bare(name), typed)))
                .Where(pair => pair.Item2 <= most),
        ];
        int least = near.Length == 0 ? 0 : near.Min(pair => pair.Distance);
        return [.. near.Where(pair => pair.Distance == least).Select(pair => pair.Name)];
    }

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

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
