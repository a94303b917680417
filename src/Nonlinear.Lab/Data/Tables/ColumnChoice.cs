using System.IO.Enumeration;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Which columns of a table are meant.</summary>
/// <param name="table">The table.</param>
internal sealed class ColumnChoice(RawTable table)
{
    private const int MostShown = 30;

    /// <summary>The target's column.</summary>
    /// <exception cref="FormatException">There is no such column, or none was named.</exception>
    public int Target(string? name)
    {
        if (name is not null)
            return Find(name) ?? throw None(name);
        return table.Target
            ?? throw new FormatException($"Say which column of '{table.Name}' is to be predicted, with --target; it has {Headings()}.");
    }

    /// <summary>The columns to leave out.</summary>
    /// <param name="ignored">Names and patterns, several with commas between.</param>
    /// <param name="target">The target's column, which a pattern spares.</param>
    /// <exception cref="FormatException">There is no such column, or it is the target.</exception>
    public IReadOnlySet<int> Ignored(IReadOnlyList<string> ignored, int target)
    {
        HashSet<int> columns = [];
        foreach (string text in ignored)
        {
            // A heading may hold a comma.
            string[] names = Find(text) is null
                ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : [text];
            foreach (string name in names)
                columns.UnionWith(OfName(name, target));
        }
        return columns;
    }

    private int[] OfName(string name, int target)
    {
        if (Find(name) is { } column)
            return column != target
                ? [column]
                : throw new FormatException($"'{name}' is the target and cannot be ignored.");
        int[] fitting =
        [
            .. Enumerable.Range(0, table.Headings.Count)
                .Where(i => i != target && FileSystemName.MatchesSimpleExpression(name, table.Headings[i], ignoreCase: false)),
        ];
        // What was left out already need not be there to be left out.
        bool gone = table.LeftOut.Any(heading => FileSystemName.MatchesSimpleExpression(name, heading, ignoreCase: false));
        return gone || (name.AsSpan().ContainsAny('*', '?') && fitting.Length > 0) ? fitting : throw None(name);
    }

    private int? Find(string name)
    {
        for (int i = 0; i < table.Headings.Count; i++)
        {
            if (table.Headings[i] == name)
                return i;
        }
        return table.Aliases.TryGetValue(name, out int column) ? column : null;
    }

    private FormatException None(string name) => new($"'{table.Name}' has no column '{name}'; it has {Headings()}.");

    private string Headings() =>
        string.Join(", ", table.Headings.Take(MostShown)) + (table.Headings.Count > MostShown ? ", …" : "");
}
