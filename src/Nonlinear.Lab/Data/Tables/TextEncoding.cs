using System.Text;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Reads a text that may not be UTF-8.</summary>
internal static class TextEncoding
{
    /// <summary>Reads all of a text: by its mark, as UTF-8, or else as Latin-1, which no bytes contradict.</summary>
    /// <param name="stream">The text's bytes.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="most">How many bytes it may have, which is all that is ever read of it.</param>
    /// <returns>The text, and a sentence if its encoding had to be guessed.</returns>
    /// <exception cref="FormatException">It has more bytes.</exception>
    public static (string Content, Text? Note) Read(Stream stream, string name, int most)
    {
        using MemoryStream bytes = new();
        byte[] block = new byte[1 << 16];
        for (int count; (count = stream.Read(block)) > 0;)
        {
            if (bytes.Length + count > most)
                throw new FormatException(
                    $"'{name}' holds more than {most >> 20} MB of text, the most that is read; leave out rows or columns, "
                    + "or save it as Parquet.");
            bytes.Write(block, 0, count);
        }
        ReadOnlySpan<byte> content = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (content.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]))
            return (Encoding.Unicode.GetString(content[2..]), null);
        if (content.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
            return (Encoding.BigEndianUnicode.GetString(content[2..]), null);
        if (content.StartsWith(Encoding.UTF8.Preamble))
            content = content[Encoding.UTF8.Preamble.Length..];
        try
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content), null);
        }
        catch (DecoderFallbackException)
        {
            return (
                Encoding.Latin1.GetString(content),
                new("The file is not UTF-8 and was read as Latin-1.", "文件不是 UTF-8 编码，已按 Latin-1 读取。"));
        }
    }
}
