using System.IO.Compression;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Data.Tables;
using Parquet;
using Parquet.Schema;

namespace Nonlinear.Tests;

/// <summary>The formats of tables.</summary>
public sealed class TableFileTests : IDisposable
{
    private const int Rows = 60;

    private readonly string _folder = Directory.CreateTempSubdirectory("tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("[", ",", "]")]
    [InlineData("{\"rows\": [", ",", "]}")]
    [InlineData("", "\n", "")]
    public void Json(string before, string between, string after)
    {
        string text = before
            + string.Join(between, Enumerable.Range(0, Rows).Select(
                i => $$"""{"a": {{(i == 3 ? "null" : $"{i}.5")}}, "Sex": "{{(i % 2 == 0 ? "f" : "m")}}", "y": {{i % 3}}}"""))
            + after;
        File.WriteAllText(In("t.json"), text);
        Check(In("t.json"));
    }

    [Fact]
    public void Compressed_text_and_encodings()
    {
        string text = "a,Sex,y\n" + string.Concat(
            Enumerable.Range(0, Rows).Select(i => $"{(i == 3 ? "" : $"{i}.5")},{(i % 2 == 0 ? "f" : "m")},{i % 3}\n"));
        using (GZipStream stream = new(File.Create(In("t.csv.gz")), CompressionLevel.Fastest))
            stream.Write(Encoding.UTF8.GetBytes(text));
        Check(In("t.csv.gz"));
        File.WriteAllText(In("t.csv"), text, Encoding.Unicode);
        Check(In("t.csv"));
        File.WriteAllText(In("l.csv"), text.Replace("a,", "Größe,", StringComparison.Ordinal), Encoding.Latin1);
        Dataset data = TableReader.Read(In("l.csv"), new("y"));
        Assert.Equal("Größe", data.Features[0]);
        Assert.Contains(data.Notes, note => note.English.Contains("Latin-1", StringComparison.Ordinal));
    }

    // A cell of a minus and 1,400 spaces took hours.
    [Theory]
    [InlineData("-", " ", "x")]
    [InlineData("", "1", "x")]
    [InlineData("$", "1,", "x")]
    [InlineData("(", "1 ", "x")]
    [InlineData("- ", "' ", "€x")]
    [InlineData("1", "\t", ")x")]
    public void A_cell_takes_time_in_proportion_to_its_length(string start, string part, string end)
    {
        string text = start + new StringBuilder().Insert(0, part, 20_000) + end;
        TimeSpan begun = Environment.CpuUsage.UserTime;
        Assert.Equal((false, false), NumberNotation.Readings(text));
        Assert.True((Environment.CpuUsage.UserTime - begun).TotalSeconds < 2);
    }

    [Theory]
    [InlineData("-1,5", "", -1.5)]
    [InlineData("$ 1,234.5", "$", 1234.5)]
    [InlineData("(1 234)", "", -1234)]
    [InlineData("12 %", "%", 12)]
    [InlineData("- 3 EUR", "EUR", -3)]
    public void Marks_and_groups_are_read(string text, string mark, double value)
    {
        Assert.Equal(mark, NumberNotation.MarkOf(text));
        Assert.Equal(value, new NumberNotation(DecimalComma: text.Contains("1,5", StringComparison.Ordinal), mark).Parse(text));
    }

    // A gigabyte of zeros, in a megabyte, was unpacked whole before it was refused.
    [Fact]
    public void What_unpacks_to_more_than_is_read_is_refused_before_it_is_unpacked_whole()
    {
        using (GZipStream stream = new(File.Create(In("t.csv.gz")), CompressionLevel.Fastest))
        {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 1 << 10; i++)
                stream.Write(block);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        FormatException refused = Assert.Throws<FormatException>(() => TableFile.Read(In("t.csv.gz")));
        Assert.Contains("holds more than 256 MB of text, the most that is read; leave out rows", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1L << 30);
    }

    // 300,000 commas were a fault of this program's, and of the long row its reader spoke of a setting that nobody can set.
    [Theory]
    [InlineData(",", 300_000, "nothing between its commas")]
    [InlineData(",,,\n", 3, "nothing between its commas")]
    [InlineData("x", 17_000_000, "its row 1 has more than 16 million characters")]
    public void A_text_that_holds_no_row_is_refused_in_words(string part, int times, string says)
    {
        File.WriteAllText(In("t.csv"), new StringBuilder().Insert(0, part, times).ToString());
        FormatException refused = Assert.Throws<FormatException>(() => TableFile.Read(In("t.csv")));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrow()
    {
        Schema.Builder schema = new();
        schema.Field(new Apache.Arrow.Field("a", Apache.Arrow.Types.DoubleType.Default, true));
        schema.Field(new Apache.Arrow.Field("Sex", Apache.Arrow.Types.StringType.Default, true));
        schema.Field(new Apache.Arrow.Field("y", Apache.Arrow.Types.Int32Type.Default, false));
        DoubleArray.Builder a = new();
        StringArray.Builder sex = new();
        Int32Array.Builder y = new();
        for (int i = 0; i < Rows; i++)
        {
            if (i == 3)
                a.AppendNull();
            else
                a.Append(i + 0.5);
            sex.Append(i % 2 == 0 ? "f" : "m");
            y.Append(i % 3);
        }
        using RecordBatch batch = new(schema.Build(), [a.Build(), sex.Build(), y.Build()], Rows);
        using (FileStream file = File.Create(In("t.arrow")))
        using (ArrowFileWriter writer = new(file, batch.Schema))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }
        Check(In("t.arrow"));
        File.WriteAllText(In("damaged.arrow"), "ARROW1 and then nothing");
        Assert.Contains(
            "no Arrow file", Assert.Throws<FormatException>(() => TableFile.Read(In("damaged.arrow"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_files()
    {
        ParquetSchema schema = new(
            new DataField("a", typeof(double), isNullable: true),
            new DataField("Sex", typeof(string)),
            new DataField("y", typeof(int), isNullable: false));
        await using (FileStream file = File.Create(In("t.parquet")))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(
            schema, file, cancellationToken: TestContext.Current.CancellationToken))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            double?[] a = [.. Enumerable.Range(0, Rows).Select(i => i == 3 ? (double?)null : i + 0.5)];
            string[] sex = [.. Enumerable.Range(0, Rows).Select(i => i % 2 == 0 ? "f" : "m")];
            int[] y = [.. Enumerable.Range(0, Rows).Select(i => i % 3)];
            await group.WriteAsync<double>(schema.DataFields[0], a, cancellationToken: TestContext.Current.CancellationToken);
            await group.WriteAsync(schema.DataFields[1], (IReadOnlyCollection<string>)sex);
            await group.WriteAsync<int>(schema.DataFields[2], y, cancellationToken: TestContext.Current.CancellationToken);
        }
        Check(In("t.parquet"));
        await File.WriteAllTextAsync(In("damaged.parquet"), "PAR1 and then nothing", TestContext.Current.CancellationToken);
        Assert.Contains(
            "no Parquet file",
            Assert.Throws<FormatException>(() => TableFile.Read(In("damaged.parquet"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.json", "{\"a\": 1}", "no table")]
    [InlineData("t.json", "[{", "no JSON")]
    [InlineData("t.xlsx", "PK\u0003\u0004", "save the sheet as CSV")]
    public void What_is_no_table_is_refused(string name, string text, string part)
    {
        File.WriteAllText(In(name), text);
        Assert.Contains(part, Assert.Throws<FormatException>(() => TableFile.Read(In(name))).Message, StringComparison.Ordinal);
    }

    private static void Check(string path)
    {
        Dataset data = TableReader.Read(path, new("y"));
        Assert.Equal((Rows, 3), (data.Count, data.ClassNames.Count));
        Assert.Equal(["a", "a is missing", "Sex = m"], data.Features);
        Assert.Equal([0.5, 0, 0, 1.5, 0, 1], Enumerable.Range(0, 6).Select(i => Math.Round(data.Value(i / 3, i % 3), 4)));
        Assert.True(double.IsNaN(data.Value(3, 0)));
    }

    private string In(string name) => Path.Combine(_folder, name);
}
