using System.Globalization;
using Sylvan.Data.Csv;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>
/// A table of numbers that is given to an input: a line for each example, a column for each feature, with or without headings.
/// </summary>
internal sealed class CsvSource : NumberSource
{
    // A line of many features is long; one beyond this is no line of a table.
    private const int FirstBuffer = 1 << 16, LargestBuffer = 1 << 28;

    private readonly string _path;
    private readonly string[]? _headings;
    private readonly int _columns;
    private readonly TypedNumber _number;
    private CsvDataReader? _reader;
    private long _next;

    private CsvSource(string path, ModelInput input, string[]? headings, int columns, long rows)
        : base($"'{path}'", input, input.Axes.Count == 1 && columns == 1 ? [rows] : [rows, columns])
    {
        (_path, _headings, _columns, _number) = (path, headings, columns, new(input.Type));
    }

    /// <inheritdoc/>
    public override int? SampleAxis
    {
        get => base.SampleAxis;
        set => base.SampleAxis = value > 0
            ? throw new InvalidDataException($"The lines of {Name} are the sample, and the input {Input} has it along axis {value}.")
            : value;
    }

    /// <summary>Opens a table.</summary>
    /// <exception cref="InvalidDataException">It is no table, or an empty one.</exception>
    public static CsvSource Open(string path, ModelInput input)
    {
        using CsvDataReader reader = Reader(path);
        string[]? headings = null;
        int columns = 0;
        long rows = 0, blank = 0;
        try
        {
            while (reader.Read())
            {
                if (columns > 0 && IsBlank(reader))
                {
                    blank++;
                    continue;
                }
                if (columns == 0)
                {
                    columns = reader.RowFieldCount;
                    headings = Headings(reader, path);
                    if (headings is not null)
                        continue;
                }
                // At the end, blank lines mean nothing; within a single column they are missing numbers.
                rows += columns == 1 ? 1 + blank : 1;
                blank = 0;
                if (reader.RowFieldCount != columns)
                    throw new InvalidDataException(
                        $"'{path}', row {rows}: {reader.RowFieldCount} fields, and the first line has {columns}.");
            }
        }
        catch (CsvFormatException malformed)
        {
            throw new InvalidDataException($"'{path}' is no CSV file: {malformed.Message}", malformed);
        }
        return rows > 0
            ? new(path, input, headings, columns, rows)
            : throw new InvalidDataException($"'{path}' holds no rows of numbers.");
    }

    /// <inheritdoc/>
    public override void Read(int lane, long start, Span<byte> elements)
    {
        int width = _columns * _number.Size;
        long row = start / _columns;
        for (int done = 0; done < elements.Length; done += width, row++)
            ReadRow(row, elements.Slice(done, width));
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader?.Dispose();

    private static CsvDataReader Reader(string path)
    {
        StreamReader text = new(SampleFile.Open(path));
        if (text.Peek() < 0)
        {
            text.Dispose();
            throw new InvalidDataException($"'{path}' is empty.");
        }
        try
        {
            return CsvDataReader.Create(
                text,
                new CsvDataReaderOptions
                {
                    HasHeaders = false,
                    BufferSize = FirstBuffer,
                    MaxBufferSize = LargestBuffer,
                    Culture = CultureInfo.InvariantCulture,
                });
        }
        catch (CsvFormatException malformed)
        {
            text.Dispose();
            throw new InvalidDataException($"'{path}' is no CSV file: {malformed.Message}", malformed);
        }
    }

    private static bool IsBlank(CsvDataReader reader) => reader.RowFieldCount == 1 && reader.GetFieldSpan(0).IsWhiteSpace();

    // Headings are a first line without any number.
    private static string[]? Headings(CsvDataReader reader, string path)
    {
        string[] fields = [.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)];
        int numbers = fields.Count(field => TypedNumber.IsNumber(field));
        if (fields.All(string.IsNullOrWhiteSpace))
            throw new InvalidDataException($"The first line of '{path}' holds nothing; it must hold either headings or numbers.");
        if (numbers == 0)
            return fields;
        return numbers == fields.Length
            ? null
            : throw new InvalidDataException(
                $"'{path}', first line: '{fields.First(field => !TypedNumber.IsNumber(field))}' is no number and "
                + $"'{fields.First(field => TypedNumber.IsNumber(field))}' is one; it must hold either headings or numbers.");
    }

    private void ReadRow(long row, Span<byte> elements)
    {
        if (_reader is null || row < _next)
        {
            _reader?.Dispose();
            _reader = Reader(_path);
            _next = _headings is null ? 0 : -1;
        }
        for (; _next <= row; _next++)
        {
            bool read = _reader.Read();
            while (read && _columns > 1 && IsBlank(_reader))
                read = _reader.Read();
            if (!read || _reader.RowFieldCount != _columns)
                throw new InvalidDataException($"{Name} has changed while it was read.");
        }
        for (int column = 0; column < _columns; column++)
        {
            ReadOnlySpan<char> field = _reader.GetFieldSpan(column);
            try
            {
                if (!_number.TryConvert(field, elements.Slice(column * _number.Size, _number.Size)))
                    throw Unfit(row, column, $"{field} does not fit; the input '{Input.Name}' takes {ElementTypes.Accepted(Input.Type)}.");
            }
            catch (FormatException)
            {
                string what = field.IsWhiteSpace() ? "nothing is there; write nan for a missing number." : $"'{field}' is no number.";
                throw Unfit(row, column, what);
            }
        }
    }

    // Rows are counted as a person does, from 1 and without the headings.
    private InvalidDataException Unfit(long row, int column, string what)
    {
        string heading = _headings is null ? $"{column + 1}" : $"'{_headings[column].Trim()}'";
        return new($"{Name}, row {row + 1}, column {heading}: {what}");
    }
}
