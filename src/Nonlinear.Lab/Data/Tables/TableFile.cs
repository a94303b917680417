using System.IO.Compression;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Opens tables of all formats: CSV and its kin, JSON, Parquet and Arrow; texts also compressed by gzip.</summary>
internal static class TableFile
{
    private const int LongestMagic = 6;

    // A text is held in memory, several times as large. What is compressed may unpack to a thousand times its size, so that nobody sees
    // from the file what it costs.
    private const int MostText = 1 << 30, MostUnpacked = 1 << 28;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">It is no table; the message says where.</exception>
    public static RawTable Read(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; name a table: CSV, JSON, Parquet or Arrow.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'.");
        using FileStream file = Open(path);
        Span<byte> start = stackalloc byte[LongestMagic];
        start = start[..file.ReadAtLeast(start, LongestMagic, throwOnEndOfStream: false)];
        file.Position = 0;
        if (start.StartsWith("PAR1"u8))
            return ParquetTable.Read(file, path);
        if (start.StartsWith("ARROW1"u8) || Extension(path) is ".arrow" or ".arrows" or ".feather")
            return ArrowTable.Read(file, path, isFile: start.StartsWith("ARROW1"u8));
        if (start.StartsWith("PK\x03\x04"u8))
            throw new FormatException($"'{path}' is a zip file or a workbook; unpack it, or save the sheet as CSV.");
        if (!start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return OfText(file, path, path, MostText);
        try
        {
            using GZipStream stream = new(file, CompressionMode.Decompress);
            return OfText(stream, path, Extension(path) == ".gz" ? Path.ChangeExtension(path, null) : path, MostUnpacked);
        }
        catch (InvalidDataException damaged)
        {
            throw new FormatException($"'{path}' cannot be unpacked: {damaged.Message}", damaged);
        }
    }

    private static RawTable OfText(Stream stream, string path, string unpacked, int most)
    {
        (string text, Text? note) = TextEncoding.Read(stream, path, most);
        RawTable table = Extension(unpacked) is ".json" or ".jsonl" or ".ndjson"
            ? JsonTable.Read(text, path)
            : DelimitedTable.Read(text, path);
        return note is null ? table : table with { Notes = [note, .. table.Notes] };
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"'{path}' cannot be read: permission denied.");
        }
    }

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
