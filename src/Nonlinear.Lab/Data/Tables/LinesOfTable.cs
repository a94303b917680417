using System.Globalization;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>
/// Finds out what the first line of a text is: headings, scikit-learn's line of counts and classes, or the first row; and which columns
/// only number the rows.
/// </summary>
/// <param name="lines">The fields of all lines that are not empty.</param>
/// <param name="name">What to call the file in messages.</param>
internal sealed class LinesOfTable(List<string[]> lines, string name)
{
    private readonly List<Text> _notes = [];

    private string[] First => lines[0];

    /// <summary>The table.</summary>
    /// <exception cref="FormatException">A line does not fit the headings, or these do not differ.</exception>
    public RawTable ToTable()
    {
        if (IsScikitLearns())
            return OfScikitLearn();
        if (First.All(field => IsNumber(field)))
        {
            _notes.Add(new(
                $"The first line holds numbers only and is a row: the columns are called 'column 1' to 'column {First.Length}'.",
                $"第一行全是数，视为数据行：各列名为“column 1”至“column {First.Length}”。"));
            return Of(Numbered(First.Length), 0, []);
        }
        return Of(First, 1, []);
    }

    private static string[] Numbered(int columns) => [.. Enumerable.Range(1, columns).Select(i => $"column {i}")];

    private static bool IsNumber(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);

    // 150,4,setosa,versicolor,virginica: the rows, the inputs, the classes; or 506,13 and then headings.
    private bool IsScikitLearns() =>
        lines.Count > 2
        && First.Length >= 2
        && int.TryParse(First[0], NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
        && int.TryParse(First[1], NumberStyles.None, CultureInfo.InvariantCulture, out int inputs)
        && lines[^1].Length == inputs + 1
        && (rows == lines.Count - 1 || rows == lines.Count - 2)
        && First[2..].All(field => !IsNumber(field));

    private RawTable OfScikitLearn()
    {
        string[] classes = [.. First[2..].Where(field => field.Length > 0)];
        int columns = lines[^1].Length;
        bool headings = !lines[1].All(IsNumber);
        _notes.Add(new(
            $"The first line is scikit-learn's: {First[0]} rows, {First[1]} inputs"
            + $"{(classes.Length > 0 ? $", the classes {string.Join(", ", classes)}" : "")}; the last column is the target.",
            $"第一行是 scikit-learn 的格式：{First[0]} 行，{First[1]} 个输入"
            + $"{(classes.Length > 0 ? $"，类别为 {string.Join('、', classes)}" : "")}；最后一列是目标。"));
        string[] names = headings ? lines[1] : [.. Numbered(columns - 1), "target"];
        RawTable table = Of(names, headings ? 2 : 1, classes);
        Dictionary<string, int> aliases = [];
        // Who takes the first line for headings means what stands below them; whatever the headings, the last is the target.
        for (int i = 0; i < First.Length && i < columns; i++)
        {
            if (First[i].Length > 0)
                aliases.TryAdd(First[i], i);
        }
        aliases["target"] = columns - 1;
        return table with { Target = columns - 1, ClassNames = classes, Aliases = aliases };
    }

    private RawTable Of(string[] headings, int first, string[] classes)
    {
        int width = headings.Length;
        (bool moreAtEnd, bool moreAtStart) = Further(first, width);
        int start = moreAtStart ? 1 : 0;
        List<string[]> columns = [];
        TextColumnBuilder[] builders = [.. Enumerable.Range(0, width).Select(_ => new TextColumnBuilder())];
        for (int row = first; row < lines.Count; row++)
        {
            string[] fields = lines[row];
            if (fields.Length != width && !moreAtEnd && !moreAtStart)
                throw new FormatException(
                    $"'{name}', row {row - first + 1}: {fields.Length} {(fields.Length == 1 ? "field" : "fields")}, and there are {width} "
                    + "headings.");
            for (int i = 0; i < width; i++)
                builders[i].Add(fields[start + i]);
        }
        columns.AddRange(builders.Select(builder => builder.ToArray()));
        if (moreAtStart)
            _notes.Add(new(
                "The first field of each line has no heading; it names the row and is left out.", "每行的第一个字段没有标题；它是行名，已略去。"));
        return Named(headings, columns, classes);
    }

    // Each line may end in a delimiter more than the headings, or begin with the name of the row, as R writes it.
    private (bool AtEnd, bool AtStart) Further(int first, int width)
    {
        string[][] rows = [.. lines.Skip(first)];
        if (rows.Length == 0 || rows.Any(fields => fields.Length != width + 1))
            return (false, false);
        if (rows.All(fields => fields[^1].Length == 0))
            return (true, false);
        bool names = rows.Select(fields => fields[0]).Distinct(StringComparer.Ordinal).Count() == rows.Length;
        return (false, names);
    }

    // A column without a heading that numbers or names the rows, as pandas and R write it, is no input.
    private RawTable Named(string[] headings, List<string[]> columns, string[] classes)
    {
        List<string> kept = [], leftOut = [];
        List<string[]> texts = [];
        for (int i = 0; i < headings.Length; i++)
        {
            string heading = headings[i];
            bool unnamed = heading.Length == 0 || heading.StartsWith("Unnamed: ", StringComparison.Ordinal);
            if (heading.Length == 0 && columns[i].All(text => text.Length == 0))
                continue;
            if (unnamed && NumbersRows(columns[i], any: i == 0))
            {
                Text called = heading.Length == 0
                    ? new($"Column {i + 1} has no heading and", $"第 {i + 1} 列没有标题，")
                    : new($"'{heading}'", $"“{heading}”");
                leftOut.Add(heading);
                _notes.Add(new(
                    $"{called.English} numbers or names the rows, as pandas and R write them; it is left out.",
                    $"{called.Chinese}是 pandas 和 R 所写的行号或行名；已略去。"));
                continue;
            }
            kept.Add(heading.Length == 0 ? $"column {i + 1}" : heading);
            texts.Add(columns[i]);
        }
        string[] twice = [.. kept.GroupBy(heading => heading).Where(group => group.Count() > 1).Select(group => $"'{group.Key}'")];
        if (twice.Length > 0)
            throw new FormatException(
                $"The columns of '{name}' need names that differ, in the first line; {string.Join(", ", twice)} "
                + $"{(twice.Length == 1 ? "is" : "are")} there more than once.");
        return new(name, kept, texts) { Notes = _notes, ClassNames = classes, LeftOut = leftOut };
    }

    // 0, 1, 2, … or 1, 2, 3, …, also with gaps where rows were taken out; at the start any names that differ.
    private static bool NumbersRows(string[] texts, bool any)
    {
        if (any && texts.Distinct(StringComparer.Ordinal).Count() == texts.Length
            && !texts.All(text => IsNumber(text) && !text.All(char.IsAsciiDigit)))
            return true;
        long last = -1;
        foreach (string text in texts)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number <= last)
                return false;
            last = number;
        }
        return true;
    }
}
