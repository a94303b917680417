using System.Globalization;
using Sylvan.Data.Csv;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Reads CSV and its kin: lines of fields between commas, semicolons, tabs, bars or spaces.</summary>
internal static class DelimitedTable
{
    // No text holds it: # begins a value, not a comment.
    private const char NoComment = '\uFFFF';

    private const int LongestField = 1 << 24;

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is no table; the message names the row.</exception>
    public static RawTable Read(string text, string name)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new FormatException($"'{name}' is empty; the first line must hold the names of the columns.");
        (List<string[]> lines, int blank) = Lines(text, Delimiter(text), name);
        if (lines.Count == 0)
            throw new FormatException($"'{name}' has nothing between its commas; the first line must hold the names of the columns.");
        RawTable table = new LinesOfTable(lines, name).ToTable();
        return blank == 0
            ? table
            : table with
            {
                Notes =
                [
                    .. table.Notes,
                    new($"{blank} {(blank == 1 ? "line is" : "lines are")} empty and left out.", $"{blank} 行为空，已略去。"),
                ],
            };
    }

    // What cuts the first lines into equally many fields, and more than one; of several the one that cuts most.
    private static char Delimiter(string text)
    {
        const int LinesToSee = 20;
        List<string> lines = [];
        using (StringReader reader = new(text))
        {
            while (lines.Count < LinesToSee && reader.ReadLine() is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                    lines.Add(line);
            }
        }
        (char Delimiter, int Regular, int Fields)[] counted =
        [
            .. ((char[])[',', ';', '\t', '|', ' ']).Select(delimiter =>
            {
                int first = Count(lines[0], delimiter);
                int[] others = [.. lines.Skip(1).Select(line => Count(line, delimiter)).DefaultIfEmpty(first)];
                // A first line may hold more or less than the others, but rarely does.
                int regular = others.Distinct().Count() > 1 ? 0 : others[0] == first ? 2 : 1;
                return (delimiter, regular, others.Min());
            }),
        ];
        // Spaces are within texts as well; they cut only where nothing else does.
        (char Delimiter, int Regular, int Fields)[] able = [.. counted.Where(one => one.Fields > 0 && one.Delimiter != ' ')];
        if (able.Length > 0)
            return able.OrderByDescending(one => one.Regular).ThenByDescending(one => one.Fields).First().Delimiter;
        return counted[^1] is { Regular: 2, Fields: > 0 } ? ' ' : ',';
    }

    // Outside quotes.
    private static int Count(string line, char delimiter)
    {
        bool quoted = false;
        int count = 0;
        foreach (char sign in line)
        {
            quoted ^= sign == '"';
            count += sign == delimiter && !quoted ? 1 : 0;
        }
        return count;
    }

    private static (List<string[]> Lines, int Blank) Lines(string text, char delimiter, string name)
    {
        List<string[]> lines = [];
        // Blank lines after the last row mean nothing; between rows they are counted.
        int blank = 0, blankSoFar = 0;
        try
        {
            using CsvDataReader reader = CsvDataReader.Create(
                new StringReader(text),
                new CsvDataReaderOptions
                {
                    HasHeaders = false,
                    Delimiter = delimiter,
                    Comment = NoComment,
                    BufferSize = 1 << 16,
                    MaxBufferSize = LongestField,
                    Culture = CultureInfo.InvariantCulture,
                });
            while (reader.Read())
            {
                string[] fields = new string[reader.RowFieldCount];
                bool empty = true;
                for (int i = 0; i < fields.Length; i++)
                {
                    fields[i] = reader.GetFieldSpan(i).Trim().ToString();
                    empty &= fields[i].Length == 0;
                }
                if (empty)
                {
                    blankSoFar++;
                    continue;
                }
                blank += lines.Count == 0 ? 0 : blankSoFar;
                blankSoFar = 0;
                lines.Add(fields);
            }
        }
        catch (CsvRecordTooLargeException tooLarge)
        {
            throw new FormatException(
                $"'{name}' is no table: its row {lines.Count + 1} has more than {LongestField >> 20} million characters. "
                + "Is a quote left open, or something else than text in it?",
                tooLarge);
        }
        catch (CsvFormatException malformed)
        {
            throw new FormatException($"'{name}' is no CSV file: {malformed.Message}", malformed);
        }
        return (lines, blank);
    }
}
