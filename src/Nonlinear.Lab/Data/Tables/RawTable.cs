namespace Nonlinear.Lab.Data.Tables;

/// <summary>A table as its file has it: texts under headings.</summary>
/// <param name="Name">What to call the file in messages.</param>
/// <param name="Headings">The names of the columns.</param>
/// <param name="Columns">The texts of each column, trimmed; empty where nothing is there.</param>
internal sealed record RawTable(string Name, IReadOnlyList<string> Headings, IReadOnlyList<string[]> Columns)
{
    /// <summary>How the file was understood, in sentences.</summary>
    public IReadOnlyList<Text> Notes { get; init; } = [];

    /// <summary>Columns that were left out because they only number or name the rows.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The column that the format itself makes the target; null if it makes none.</summary>
    public int? Target { get; init; }

    /// <summary>The names of the classes 0, 1, … of that column; none if the file has none.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Other names of columns, for a file whose first line could be taken for headings.</summary>
    public IReadOnlyDictionary<string, int> Aliases { get; init; } = new Dictionary<string, int>();

    /// <summary>The number of rows.</summary>
    public int Count => Columns.Count == 0 ? 0 : Columns[0].Length;
}
