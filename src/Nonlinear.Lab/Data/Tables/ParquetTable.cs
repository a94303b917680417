using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Reads Parquet files.</summary>
internal static class ParquetTable
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is damaged, or holds a column that is neither of numbers nor of texts.</exception>
    public static RawTable Read(Stream stream, string name)
    {
        try
        {
            // The library reads asynchronously only, and the caller has a thread of its own.
            return ReadAsync(stream, name).GetAwaiter().GetResult();
        }
        catch (Exception damaged) when (damaged is not FormatException)
        {
            throw new FormatException($"'{name}' is no Parquet file that can be read: {damaged.Message}", damaged);
        }
    }

    private static async Task<RawTable> ReadAsync(Stream stream, string name)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        foreach (Field field in reader.Schema.Fields)
        {
            if (field is not DataField { IsArray: false })
                throw new FormatException(
                    $"Column '{field.Name}' of '{name}' holds lists or structures, which are neither numbers nor texts; leave it out when "
                    + "you write the file.");
        }
        DataField[] fields = reader.Schema.DataFields;
        TextColumnBuilder[] columns = [.. fields.Select(_ => new TextColumnBuilder())];
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
            for (int i = 0; i < fields.Length; i++)
                await AddAsync(rows, fields[i], columns[i], name).ConfigureAwait(false);
        }
        return new(name, [.. fields.Select(field => field.Name)], [.. columns.Select(column => column.ToArray())]);
    }

    private static Task AddAsync(ParquetRowGroupReader rows, DataField field, TextColumnBuilder column, string name)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        Type type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        return type switch
        {
            _ when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => AddTextsAsync(rows, field, column),
            _ when type == typeof(bool) => AddAsync<bool>(rows, field, column, value => value ? "true" : "false"),
            _ when type == typeof(sbyte) => AddAsync<sbyte>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(byte) => AddAsync<byte>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(short) => AddAsync<short>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(ushort) => AddAsync<ushort>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(int) => AddAsync<int>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(uint) => AddAsync<uint>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(long) => AddAsync<long>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(ulong) => AddAsync<ulong>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(float) => AddAsync<float>(rows, field, column, value => value.ToString("R", plain)),
            _ when type == typeof(double) => AddAsync<double>(rows, field, column, value => value.ToString("R", plain)),
            _ when type == typeof(decimal) => AddAsync<decimal>(rows, field, column, value => value.ToString(plain)),
            _ when type == typeof(DateTime) =>
                AddAsync<DateTime>(rows, field, column, value => value.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", plain)),
            _ when type == typeof(DateOnly) => AddAsync<DateOnly>(rows, field, column, value => value.ToString("yyyy-MM-dd", plain)),
            _ => throw new FormatException(
                $"Column '{field.Name}' of '{name}' holds {type.Name}, which is neither numbers nor texts; leave it out when you write the "
                + "file."),
        };
    }

    private static async Task AddAsync<T>(ParquetRowGroupReader rows, DataField field, TextColumnBuilder column, Func<T, string> text)
        where T : struct
    {
        if (!field.IsNullable)
        {
            T[] values = new T[rows.RowCount];
            await rows.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            foreach (T value in values)
                column.Add(text(value));
            return;
        }
        T?[] present = new T?[rows.RowCount];
        await rows.ReadAsync<T>(field, present.AsMemory()).ConfigureAwait(false);
        foreach (T? value in present)
            column.Add(value is { } known ? text(known) : "");
    }

    private static async Task AddTextsAsync(ParquetRowGroupReader rows, DataField field, TextColumnBuilder column)
    {
        string?[] texts = new string?[rows.RowCount];
        await rows.ReadAsync(field, texts.AsMemory()!).ConfigureAwait(false);
        foreach (string? text in texts)
            column.Add(text ?? "");
    }
}
