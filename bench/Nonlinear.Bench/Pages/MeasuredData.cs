using System.Data;
using System.Globalization;
using Nonlinear.Bench.Measuring;
using Sylvan.Data.Csv;

namespace Nonlinear.Bench.Pages;

/// <summary>
/// What one run measured, and all that pages are written from: facts, each in a line that begins with #, and below them a line for each
/// contestant of each race, with a column of ratios for everybody the library is compared with.
/// </summary>
/// <param name="Facts">What was measured on and how, by name.</param>
/// <param name="Measurements">What was measured.</param>
internal sealed record MeasuredData(IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<Measurement> Measurements)
{
    private const string FactMark = "# ", RatioMark = "÷ ";

    private static readonly string[] Columns = ["direction", "kind", "rows", "columns", "function", "part", "contestant", "ns"];

    /// <summary>The processor.</summary>
    public string Processor => Fact(FactNames.Processor);

    /// <summary>How wide the vectors were, in bits.</summary>
    public int VectorBits => int.Parse(Fact(FactNames.Vectors).Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A fact by its name; empty if there is none.</summary>
    public string Fact(string name) => Facts.FirstOrDefault(fact => fact.Name == name).Value ?? "";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no such file; the message says where and why.</exception>
    public static MeasuredData Read(string path)
    {
        using StreamReader text = new(path);
        List<(string, string)> facts = [];
        while (text.Peek() == FactMark[0])
        {
            string[] fact = text.ReadLine()![1..].Split(':', 2, StringSplitOptions.TrimEntries);
            facts.Add((fact[0], fact.Length > 1 ? fact[1] : ""));
        }
        try
        {
            using CsvDataReader lines = CsvDataReader.Create(text, new CsvDataReaderOptions { Culture = CultureInfo.InvariantCulture });
            MeasuredData data = new(facts, [.. ReadLines(lines)]);
            _ = data.Processor.Length > 0 ? data.VectorBits : throw new FormatException($"no line says '# {FactNames.Processor}: …'");
            return data;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or CsvFormatException)
        {
            throw new FormatException(
                $"'{path}' holds no measurements as 'bench --data' writes them: {wrong.Message.TrimEnd('.')}. Measure anew or remove it.",
                wrong);
        }
    }

    /// <summary>Writes a file.</summary>
    public void Write(Stream stream)
    {
        using StreamWriter text = new(stream, leaveOpen: true) { NewLine = "\n" };
        foreach ((string name, string value) in Facts)
            text.WriteLine($"{FactMark}{name}: {value}");
        string[] others = [.. Measurements.SelectMany(measurement => measurement.Ratios.Keys).Distinct()];
        using DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        foreach (string column in (string[])[.. Columns, .. others.Select(other => RatioMark + other)])
            table.Columns.Add(column);
        foreach (Measurement measurement in Measurements)
            table.Rows.Add([.. Fields(measurement, others)]);
        using DataTableReader lines = table.CreateDataReader();
        using CsvDataWriter writer = CsvDataWriter.Create(text, new CsvDataWriterOptions { NewLine = "\n" });
        writer.Write(lines);
    }

    private static IEnumerable<string> Fields(Measurement measurement, IEnumerable<string> others) =>
    [
        $"{measurement.Setting.Direction}",
        $"{measurement.Setting.Kind}",
        measurement.Setting.Rows.ToString(CultureInfo.InvariantCulture),
        measurement.Setting.Columns.ToString(CultureInfo.InvariantCulture),
        measurement.Function,
        $"{measurement.Part}",
        measurement.Contestant,
        Number(measurement.Nanoseconds),
        .. others.Select(other => measurement.Ratios.TryGetValue(other, out double ratio) ? Number(ratio) : ""),
    ];

    private static IEnumerable<Measurement> ReadLines(CsvDataReader lines)
    {
        string[] names = [.. Enumerable.Range(0, lines.FieldCount).Select(lines.GetName)];
        if (Columns.Except(names).FirstOrDefault() is { } missing)
            throw new FormatException($"there is no column '{missing}'");
        while (lines.Read())
        {
            string Text(string column) => lines.GetString(lines.GetOrdinal(column));
            T Parsed<T>(string column)
                where T : IParsable<T> => T.TryParse(Text(column), CultureInfo.InvariantCulture, out T? value)
                    ? value
                    : throw new FormatException($"line {lines.RowNumber} of the table has '{Text(column)}' for a number of '{column}'");
            T Named<T>(string column)
                where T : struct, Enum => Enum.TryParse(Text(column), out T value) && Enum.IsDefined(value)
                    ? value
                    : throw new FormatException(
                        $"line {lines.RowNumber} of the table has '{Text(column)}' for '{column}', "
                        + $"which is one of {string.Join(", ", Enum.GetNames<T>())}");
            yield return new(
                new(Named<Direction>("direction"), Named<FunctionKind>("kind"), Parsed<int>("rows"), Parsed<int>("columns")),
                Text("function"),
                Named<Part>("part"),
                Text("contestant"),
                Parsed<double>("ns"),
                names.Where(name => name.StartsWith(RatioMark, StringComparison.Ordinal) && Text(name).Length > 0)
                    .ToDictionary(name => name[RatioMark.Length..], Parsed<double>));
        }
    }

    // More would be noise.
    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
