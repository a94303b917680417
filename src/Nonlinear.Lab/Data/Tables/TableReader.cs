using System.Globalization;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Turns a table into numbers to learn from.</summary>
/// <remarks>
/// A column of numbers is an input as it is; a missing number becomes the column's mean, and a further input says that it was missing. Of a
/// date, its parts are inputs. A column with few different texts becomes an input for each of them. A constant column is left out. All that
/// is left is refused, in one message.
/// </remarks>
internal sealed class TableReader
{
    /// <summary>The fewest rows of which a split says something.</summary>
    public const int FewestRows = 50;

    // So pandas calls it in Parquet and Arrow.
    private const string PandasIndex = "__index_level_";

    private readonly RawTable _table;
    private readonly MissingTexts _missing;
    private readonly ColumnReader _reader;
    private readonly List<Text> _notes;
    private readonly List<ColumnProblem> _problems = [];
    private readonly List<Text> _texts = [], _absent = [];
    private readonly List<TableColumn> _columns = [];
    private readonly List<(Measure Measure, float[] Values)> _features = [];

    private TableReader(RawTable table, TableOptions options)
    {
        _table = table;
        _missing = new(options.Missing);
        _reader = new(_missing, options.DecimalComma ?? DecimalCommaOf(table));
        _notes = [.. table.Notes];
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">It cannot be learned from; the message names the column or row and the remedy.</exception>
    public static Dataset Read(string path, TableOptions options) => Read(TableFile.Read(path), options);

    /// <summary>Reads a table.</summary>
    public static Dataset Read(RawTable table, TableOptions options) => new TableReader(table, options).Read(options);

    private Dataset Read(TableOptions options)
    {
        ColumnChoice choice = new(_table);
        int target = choice.Target(options.Target);
        IReadOnlySet<int> ignored = choice.Ignored(options.Ignored, target);
        string heading = _table.Headings[target];
        TargetColumn targets = TargetColumn.Of(
            _reader, _missing, heading, _table.Columns[target], options, _table.ClassNames, _notes);
        if (targets.Rows.Count < FewestRows)
            throw new FormatException(
                $"'{_table.Name}' has {targets.Rows.Count} rows with a '{heading}'; at least {FewestRows} are needed to learn "
                + "from some and judge by others.");
        for (int i = 0; i < _table.Headings.Count; i++)
        {
            if (_table.Headings[i].StartsWith(PandasIndex, StringComparison.Ordinal))
                _notes.Add(new(
                    $"'{_table.Headings[i]}' is pandas' index; it is left out.", $"“{_table.Headings[i]}”是 pandas 的索引；已略去。"));
            else if (i != target && !ignored.Contains(i))
                Add(_table.Headings[i], [.. targets.Rows.Select(row => _table.Columns[i][row])]);
        }
        if (_problems.Count > 0)
            throw ColumnProblem.Of(_problems);
        if (_columns.Count == 0)
            throw new FormatException($"'{_table.Name}' has no column to learn from besides '{heading}'.");
        if (_texts.Count > 0)
            _notes.Add(new(
                $"Texts became inputs, one for each that differs: {string.Join(", ", _texts.Select(text => text.English))}.",
                $"文本变为输入，每个不同的文本一个：{string.Join('、', _texts.Select(text => text.Chinese))}。"));
        if (_absent.Count > 0)
            _notes.Add(new(
                $"{string.Join(", ", _absent.Select(text => text.English))}; there numbers are put at their mean, and further inputs say "
                + "so.",
                $"{string.Join('，', _absent.Select(text => text.Chinese))}；这些地方的数取其均值，并另设输入加以标明。"));
        if (_missing.Sentence() is { } sentence)
            _notes.Add(sentence);
        return Of(heading, targets);
    }

    private Dataset Of(string heading, TargetColumn targets)
    {
        int width = _features.Count;
        float[] inputs = new float[targets.Rows.Count * width];
        for (int row = 0; row < targets.Rows.Count; row++)
        {
            for (int i = 0; i < width; i++)
                inputs[(row * width) + i] = _features[i].Values[row];
        }
        Measure measure = targets.Classes.Count > 0 ? Measure.Plain : Measure.Of(targets.Numbers);
        string file = Path.GetFileName(_table.Name);
        if (targets.Classes.Count == 0
            && Notes.Spread(heading, [.. targets.Numbers.Select(number => $"{number:R}")], targets.Numbers, measure) is { } lost)
            _notes.Add(lost);
        return new(
            file,
            new($"The file {file}, column '{heading}'.", $"文件 {file}，列“{heading}”。"),
            [.. _columns.SelectMany(column => column.Features)],
            inputs,
            Array.ConvertAll(targets.Numbers, measure.Float),
            targets.Classes)
        {
            Notes = _notes,
            Measures = [.. _features.Select(feature => feature.Measure)],
            TargetMeasure = measure,
            Target = heading,
            Columns = _columns,
        };
    }

    private void Add(string heading, string[] texts)
    {
        double[]? numbers = _reader.Numbers(heading, texts, out NumberNotation notation, out ColumnProblem? problem);
        string[] present = _reader.Present(texts);
        if (present.Length == 0)
        {
            _notes.Add(new($"'{heading}' is empty and is left out.", $"“{heading}”为空，已略去。"));
        }
        else if (present.Length == 1 && !texts.Any(_missing.Always))
        {
            _notes.Add(new(
                $"'{heading}' is '{present[0]}' in every row and is left out.", $"“{heading}”在每一行都是“{present[0]}”，已略去。"));
        }
        else if (problem is not null)
        {
            _problems.Add(problem);
        }
        else if (numbers is not null)
        {
            AddNumbers(heading, texts, numbers, notation);
        }
        else if (!AddDates(heading, texts))
        {
            AddTexts(heading, texts, present);
        }
    }

    private void AddNumbers(string heading, string[] texts, double[] numbers, NumberNotation notation)
    {
        Measure measure = Measure.Of(numbers);
        if (Notes.Spread(heading, texts, numbers, measure) is { } lost)
            _notes.Add(lost);
        int first = Array.FindIndex(numbers, number => !double.IsNaN(number));
        if (!notation.IsPlain)
            _notes.Add(Notes.Written(heading, notation, texts[first], numbers[first]));
        else if (Array.Find(texts, text => text.Length > 1 && text[0] == '0' && text.All(char.IsAsciiDigit)) is { } code)
            _notes.Add(new(
                $"'{heading}' holds numbers such as '{code}', with zeros before them as codes have; they are read as numbers.",
                $"“{heading}”含有“{code}”这样带前导零的数，像是编码；已读作数。"));
        bool[] absent = Array.ConvertAll(numbers, double.IsNaN);
        AddColumn(new NumberColumn(heading, absent.Contains(true)), [(measure, Array.ConvertAll(numbers, measure.Float))], texts, absent);
    }

    private bool AddDates(string heading, string[] texts)
    {
        string[] present = [.. texts.Where(text => !_missing.InNumbers(text)).Distinct(StringComparer.Ordinal)];
        if (DateNotation.Of(present, out bool ambiguous) is not { } notation)
        {
            if (ambiguous)
                _problems.Add(new(
                    heading,
                    $"holds dates such as '{present[0]}', in which the day or the month may come first",
                    "write them as 2026-01-31"));
            return ambiguous;
        }
        DateTime?[] dates = Array.ConvertAll(texts, text => _missing.InNumbers(text) ? null : notation.Parse(text));
        DateTime[] known = [.. dates.OfType<DateTime>()];
        // Of days that are all the first of a month, the weekday says nothing.
        bool sameDay = known.All(date => date.Day == known[0].Day);
        DatePart[] parts =
        [
            .. Enum.GetValues<DatePart>().Where(part => !(part == DatePart.Weekday && sameDay)
                && known.Any(date => part.Of(date) != part.Of(known[0]))),
        ];
        if (parts.Length == 0)
        {
            _notes.Add(new(
                $"'{heading}' holds dates of one year, month, weekday and hour and is left out.",
                $"“{heading}”的日期全在同一年、月、星期几和小时，已略去。"));
            return true;
        }
        _notes.Add(new(
            $"'{heading}' holds dates such as '{present[0]}'; inputs are their parts: "
            + $"{string.Join(", ", parts.Select(part => part == DatePart.Weekday ? "weekday (1 is Monday)" : part.Named()))}.",
            $"“{heading}”含有“{present[0]}”这样的日期；输入为其组成部分：{string.Join('、', parts.Select(part => part.InChinese()))}。"));
        AddParts(heading, texts, dates, parts, DateLayout.Of(present, notation.Parse));
        return true;
    }

    private void AddParts(string heading, string[] texts, DateTime?[] dates, DatePart[] parts, DateLayout? layout)
    {
        bool[] absent = Array.ConvertAll(dates, date => date is null);
        (Measure, float[])[] features = [.. parts.Select(part => Feature(part))];
        if (layout is not null)
        {
            AddColumn(
                new DateColumn(
                    heading,
                    absent.Contains(true),
                    parts,
                    layout,
                    [.. texts.Where(_missing.InNumbers).Append("").Distinct(StringComparer.Ordinal)],
                    texts[..Math.Min(texts.Length, Dataset.SampleRows)]),
                features,
                texts,
                absent);
            return;
        }
        _notes.Add(new(
            $"The dates of '{heading}' are not all written alike, so that a saved network takes "
            + $"{string.Join(", ", parts.Select(part => $"'{heading}: {part.Named()}'"))} in their place.",
            $"“{heading}”的日期写法不一，因此保存的网络改为接受"
            + $"{string.Join('、', parts.Select(part => $"“{heading}: {part.Named()}”"))}。"));
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            AddColumn(
                new NumberColumn($"{heading}: {parts[i].Named()}", last && absent.Contains(true)),
                [features[i]],
                texts,
                last ? absent : []);
        }

        (Measure, float[]) Feature(DatePart part)
        {
            double[] values = Array.ConvertAll(dates, date => date is { } day ? part.Of(day) : double.NaN);
            Measure measure = Measure.Of(values);
            return (measure, Array.ConvertAll(values, measure.Float));
        }
    }

    private void AddTexts(string heading, string[] texts, string[] present)
    {
        IReadOnlyList<IReadOnlyList<string>> categories = ColumnReader.Categories(present);
        if (categories.Count > ColumnReader.MostCategories)
        {
            string example = present.First(text => double.IsNaN(NumberNotation.ParsePlain(text)));
            _problems.Add(new(
                heading,
                $"holds texts such as '{example}', {categories.Count} of them different, and at most {ColumnReader.MostCategories} can "
                + "become inputs",
                "turn it into numbers"));
            return;
        }
        bool[] absent = Array.ConvertAll(texts, _missing.Always);
        // Of two values one input tells all.
        IReadOnlyList<IReadOnlyList<string>> told = categories.Count == 2 && !absent.Contains(true) ? [categories[1]] : categories;
        _texts.Add(new($"'{heading}' ({categories.Count})", $"“{heading}”（{categories.Count}）"));
        AddColumn(
            new TextColumn(
                heading, absent.Contains(true), told, [.. texts.Where(_missing.Always).Append("").Distinct(StringComparer.Ordinal)]),
            [.. told.Select(category => (Measure.Plain, Array.ConvertAll(texts, text => category.Contains(text) ? 1f : 0f)))],
            texts,
            absent);
    }

    private void AddColumn(TableColumn column, IEnumerable<(Measure, float[])> features, string[] texts, bool[] absent)
    {
        _columns.Add(column);
        _features.AddRange(features);
        int missing = absent.Count(value => value);
        if (missing == 0)
            return;
        _features.Add((Measure.Plain, Array.ConvertAll(absent, value => value ? 1f : 0f)));
        for (int row = 0; row < texts.Length; row++)
        {
            if (absent[row])
                _missing.Count(texts[row]);
        }
        _absent.Add(
            _absent.Count == 0
                ? new(
                    $"'{column.Name}' is missing in {missing} {(missing == 1 ? "row" : "rows")}", $"“{column.Name}”在 {missing} 行中缺失")
                : new($"'{column.Name}' in {missing}", $"“{column.Name}”在 {missing} 行中缺失"));
    }

    // What numbers that can be read in one way only say about the others of the file; null if they say both or nothing.
    private static bool? DecimalCommaOf(RawTable table)
    {
        bool point = false, comma = false;
        foreach (string[] column in table.Columns)
        {
            const int RowsToSee = 1000;
            string[] some = [.. column.Where(text => text.Length > 0).Take(RowsToSee)];
            if (!some.Any(NumberNotation.HasSign))
                continue;
            (bool ByPoint, bool ByComma)[] readings = [.. some.Select(NumberNotation.Readings)];
            bool allPoint = readings.All(reading => reading.ByPoint), allComma = readings.All(reading => reading.ByComma);
            point |= allPoint && !allComma;
            comma |= allComma && !allPoint;
        }
        return point == comma ? null : comma;
    }
}
