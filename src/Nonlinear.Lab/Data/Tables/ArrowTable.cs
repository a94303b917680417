using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Reads Arrow's files and streams, Feather of the second version among them.</summary>
internal static class ArrowTable
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is damaged, or holds a column that is neither of numbers nor of texts.</exception>
    public static RawTable Read(Stream stream, string name, bool isFile)
    {
        try
        {
            using ArrowStreamReader reader = isFile
                ? new ArrowFileReader(stream, new CompressionCodecFactory())
                : new ArrowStreamReader(stream, new CompressionCodecFactory());
            Schema schema = reader.Schema;
            TextColumnBuilder[] columns = [.. schema.FieldsList.Select(_ => new TextColumnBuilder())];
            while (reader.ReadNextRecordBatch() is { } batch)
            {
                using (batch)
                {
                    for (int i = 0; i < columns.Length; i++)
                        Add(columns[i], batch.Column(i), schema.FieldsList[i].Name, name);
                }
            }
            return new(name, [.. schema.FieldsList.Select(field => field.Name)], [.. columns.Select(column => column.ToArray())]);
        }
        catch (Exception damaged) when (damaged is not FormatException)
        {
            throw new FormatException($"'{name}' is no Arrow file that can be read: {damaged.Message}", damaged);
        }
    }

    private static void Add(TextColumnBuilder column, IArrowArray array, string heading, string name)
    {
        for (int row = 0; row < array.Length; row++)
            column.Add(Text(array, row) ?? throw new FormatException(
                $"Column '{heading}' of '{name}' holds {array.Data.DataType.Name}, which is neither numbers nor texts; leave it out when "
                + "you write the file."));
    }

    // Null for a type that is no value of a table.
    private static string? Text(IArrowArray array, int row)
    {
        if (array is DictionaryArray dictionary)
            return dictionary.IsNull(row) ? "" : Text(dictionary.Dictionary, Index(dictionary.Indices, row));
        if (array.IsNull(row))
            return "";
        CultureInfo plain = CultureInfo.InvariantCulture;
        return array switch
        {
            Int8Array numbers => numbers.GetValue(row)!.Value.ToString(plain),
            Int16Array numbers => numbers.GetValue(row)!.Value.ToString(plain),
            Int32Array numbers => numbers.GetValue(row)!.Value.ToString(plain),
            Int64Array numbers => numbers.GetValue(row)!.Value.ToString(plain),
            UInt8Array numbers => numbers.GetValue(row)!.Value.ToString(plain),
            UInt16Array numbers => numbers.GetValue(row)!.Value.ToString(plain),
            UInt32Array numbers => numbers.GetValue(row)!.Value.ToString(plain),
            UInt64Array numbers => numbers.GetValue(row)!.Value.ToString(plain),
            HalfFloatArray numbers => numbers.GetValue(row)!.Value.ToString("R", plain),
            FloatArray numbers => numbers.GetValue(row)!.Value.ToString("R", plain),
            DoubleArray numbers => numbers.GetValue(row)!.Value.ToString("R", plain),
            Decimal128Array numbers => numbers.GetString(row)!,
            BooleanArray truths => truths.GetValue(row)!.Value ? "true" : "false",
            StringArray texts => texts.GetString(row),
            LargeStringArray texts => texts.GetString(row),
            StringViewArray texts => texts.GetString(row),
            Date32Array dates => dates.GetDateTime(row)!.Value.ToString("yyyy-MM-dd", plain),
            Date64Array dates => dates.GetDateTime(row)!.Value.ToString("yyyy-MM-dd", plain),
            TimestampArray times => times.GetTimestamp(row)!.Value.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", plain),
            NullArray => "",
            _ => null,
        };
    }

    private static int Index(IArrowArray indices, int row) => int.Parse(Text(indices, row)!, CultureInfo.InvariantCulture);
}
