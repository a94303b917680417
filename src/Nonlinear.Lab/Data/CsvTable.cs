using System.Globalization;
using Sylvan.Data.Csv;

namespace Nonlinear.Lab.Data;

/// <summary>What a CSV file is to be learned for.</summary>
internal enum LearningTask
{
    /// <summary>Whatever the target column looks like.</summary>
    Automatic,

    /// <summary>To which class a row belongs.</summary>
    Classification,

    /// <summary>Which number belongs to a row.</summary>
    Regression,
}

/// <summary>Reads a CSV file with a line of headings into numbers to learn from.</summary>
/// <remarks>
/// A column of numbers is an input as it is; a missing number becomes the column's mean, and a further input says that it was missing. A
/// column with few different texts becomes an input for each of them. A constant column is left out. Everything else is refused.
/// </remarks>
internal static class CsvTable
{
    /// <summary>The fewest rows of which a split says something.</summary>
    public const int FewestRows = 50;

    // Texts with more different values are names or free text, and whole numbers with more are quantities.
    private const int MostCategories = 20, MostClasses = 100;

    private static readonly HashSet<string> Missing = new(["", "?", "na", "n/a", "nan", "null", "none"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The column to predict.</param>
    /// <param name="ignored">Columns to leave out.</param>
    /// <param name="task">Whether the target is a class or a number.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file cannot be learned from; the message names the column or line and the remedy.</exception>
    public static Dataset Read(string path, string target, IReadOnlyList<string> ignored, LearningTask task = LearningTask.Automatic)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; name a CSV file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'.");
        using StreamReader reader = new(path);
        return Read(reader, path, target, ignored, task);
    }

    /// <summary>Reads a table from a text.</summary>
    public static Dataset Read(TextReader text, string name, string target, IReadOnlyList<string> ignored, LearningTask task)
    {
        (string[] headings, List<string[]> rows) = Fields(text, name);
        int targetColumn = Column(headings, target, name);
        HashSet<int> left = [.. ignored.Select(column => Column(headings, column, name))];
        if (left.Contains(targetColumn))
            throw new FormatException($"'{target}' is the target and cannot be ignored.");

        List<string> notes = [];
        int without = rows.RemoveAll(row => Missing.Contains(row[targetColumn]));
        if (without > 0)
            notes.Add($"{without} rows have no '{target}' and are left out.");
        if (rows.Count < FewestRows)
            throw new FormatException(
                $"'{name}' has {rows.Count} rows with a '{target}'; at least {FewestRows} are needed to learn "
                + "from some and judge by others.");

        (float[] targets, string[] classes) = Targets([.. rows.Select(row => row[targetColumn])], target, task);
        List<string> features = [];
        List<float[]> columns = [];
        for (int i = 0; i < headings.Length; i++)
        {
            if (i != targetColumn && !left.Contains(i))
                AddColumn(headings[i], [.. rows.Select(row => row[i])], features, columns, notes);
        }
        if (columns.Count == 0)
            throw new FormatException($"'{name}' has no column to learn from besides '{target}'.");
        float[] inputs = new float[rows.Count * columns.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            for (int i = 0; i < columns.Count; i++)
                inputs[(row * columns.Count) + i] = columns[i][row];
        }
        return new(Path.GetFileName(name), $"The file {Path.GetFileName(name)}, column '{target}'.", features, inputs, targets, classes)
        {
            Notes = notes,
        };
    }

    private static (string[] Headings, List<string[]> Rows) Fields(TextReader text, string name)
    {
        if (text.Peek() < 0)
            throw new FormatException($"'{name}' is empty; the first line must hold the names of the columns.");
        List<string[]> rows = [];
        string[] headings;
        try
        {
            using CsvDataReader reader = CsvDataReader.Create(
                text,
                new CsvDataReaderOptions { HasHeaders = true, BufferSize = 1 << 20, Culture = CultureInfo.InvariantCulture });
            headings = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).Select(heading => heading.Trim())];
            while (reader.Read())
            {
                if (reader.RowFieldCount != headings.Length)
                    throw new FormatException(
                        $"'{name}', row {reader.RowNumber}: {reader.RowFieldCount} fields, and there are {headings.Length} headings.");
                rows.Add([.. Enumerable.Range(0, headings.Length).Select(i => reader.GetString(i).Trim())]);
            }
        }
        catch (CsvFormatException malformed)
        {
            throw new FormatException($"'{name}' is no CSV file: {malformed.Message}", malformed);
        }
        if (headings.Any(string.IsNullOrEmpty) || headings.Distinct().Count() < headings.Length)
            throw new FormatException($"The columns of '{name}' need names that differ, in the first line.");
        return (headings, rows);
    }

    private static int Column(string[] headings, string column, string name)
    {
        int index = Array.IndexOf(headings, column);
        return index >= 0
            ? index
            : throw new FormatException(
                $"'{name}' has no column '{column}'; it has {string.Join(", ", headings.Take(30))}{(headings.Length > 30 ? ", …" : "")}.");
    }

    private static (float[] Targets, string[] Classes) Targets(string[] texts, string target, LearningTask task)
    {
        string[] distinct = [.. texts.Distinct(StringComparer.Ordinal)];
        if (distinct.Length == 1)
            throw new FormatException($"The target '{target}' is '{distinct[0]}' in every row; there is nothing to learn.");
        bool numbers = distinct.All(IsNumber);
        bool few = distinct.Length <= MostCategories && distinct.All(text => IsNumber(text) && double.IsInteger(Number(text)));
        if (task == LearningTask.Regression || (task == LearningTask.Automatic && numbers && !few))
        {
            string? text = distinct.FirstOrDefault(text => !IsNumber(text));
            return text is null
                ? ([.. texts.Select(value => (float)Number(value))], [])
                : throw new FormatException(
                    $"The target '{target}' has the value '{text}', which is no number; leave out --task regression to predict classes.");
        }
        if (distinct.Length > MostClasses)
            throw new FormatException(
                $"The target '{target}' has {distinct.Length} different values; "
                + $"{MostClasses} classes are the most. Is it the right column?");
        string[] classes = numbers ? [.. distinct.OrderBy(Number)] : [.. distinct.Order(StringComparer.Ordinal)];
        return ([.. texts.Select(text => (float)Array.IndexOf(classes, text))], classes);
    }

    private static void AddColumn(string heading, string[] texts, List<string> features, List<float[]> columns, List<string> notes)
    {
        string[] present = [.. texts.Where(text => !Missing.Contains(text)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int missing = texts.Count(Missing.Contains);
        if (present.Length == 0 || (present.Length == 1 && missing == 0))
        {
            notes.Add(
                present.Length == 0
                    ? $"'{heading}' is empty and is left out."
                    : $"'{heading}' is '{present[0]}' in every row and is left out.");
            return;
        }
        if (present.All(IsNumber))
        {
            features.Add(heading);
            columns.Add([.. texts.Select(text => Missing.Contains(text) ? float.NaN : (float)Number(text))]);
        }
        else if (present.Length <= MostCategories)
        {
            // Of two values one input tells all.
            string[] categories = present.Length == 2 && missing == 0 ? [present[1]] : present;
            features.AddRange(categories.Select(category => $"{heading} = {category}"));
            columns.AddRange(categories.Select(category => texts.Select(text => text == category ? 1f : 0f).ToArray()));
            notes.Add($"'{heading}' holds texts, of which {present.Length} differ; each became an input.");
        }
        else
        {
            string example = present.First(text => !IsNumber(text));
            throw new FormatException(
                $"Column '{heading}' holds texts such as '{example}', {present.Length} of them different, "
                + $"and at most {MostCategories} can become inputs; leave it out with --ignore \"{heading}\", or turn it into numbers.");
        }
        if (missing > 0)
        {
            features.Add($"{heading} is missing");
            columns.Add([.. texts.Select(text => Missing.Contains(text) ? 1f : 0f)]);
            notes.Add($"'{heading}' is missing in {missing} rows; there it is put at its mean, and a further input says so.");
        }
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && float.IsFinite((float)number);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
