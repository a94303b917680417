using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Figures.Pdf;

/// <summary>
/// Leaves of the fonts in a PDF what its texts show. Skia could, but SkiaSharp's build of it has no subsetter and embeds fonts whole: 380
/// KB beside a drawing of 11. This reads what Skia writes, and no PDF of others.
/// </summary>
/// <remarks>Letters as outlines could not be searched; fonts of Type 3, which Skia does reduce, are refused by many a journal.</remarks>
internal static partial class PdfFonts
{
    /// <summary>The same page with smaller fonts.</summary>
    public static byte[] Reduce(byte[] pdf)
    {
        Encoding bytes = Encoding.Latin1;
        string text = bytes.GetString(pdf);
        int table = int.Parse(TableStart().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        SortedDictionary<int, int> numbers = Numbers(text[table..]);
        int[] starts = [.. numbers.Keys, table];
        HashSet<int> glyphs = [];
        foreach ((int start, int end) in starts.Zip(starts.Skip(1)))
        {
            if (Packed.In(text, pdf, start, end) is { IsDrawing: true } drawing)
                glyphs.UnionWith(Glyphs(bytes.GetString(drawing.Unpacked())));
        }

        using MemoryStream reduced = new();
        reduced.Write(pdf, 0, starts[0]);
        long[] places = new long[numbers.Values.Max() + 1];
        foreach ((int start, int end) in starts.Zip(starts.Skip(1)))
        {
            places[numbers[start]] = reduced.Length;
            if (Packed.In(text, pdf, start, end) is { IsFont: true } font)
                reduced.Write(FontFile(numbers[start], FontOutlines.Keep(font.Unpacked(), glyphs)));
            else
                reduced.Write(pdf, start, end - start);
        }
        int trailerAt = text.IndexOf("trailer", table, StringComparison.Ordinal);
        string trailer = text[trailerAt..text.LastIndexOf("startxref", StringComparison.Ordinal)];
        string crossReferences = FormattableString.Invariant($"xref\n0 {places.Length}\n0000000000 65535 f \n")
            + string.Concat(places.Skip(1).Select(place => FormattableString.Invariant($"{place:D10} 00000 n \n")))
            + FormattableString.Invariant($"{trailer}startxref\n{reduced.Length}\n%%EOF\n");
        reduced.Write(bytes.GetBytes(crossReferences));
        return reduced.ToArray();
    }

    // The numbers of the objects by where they are.
    private static SortedDictionary<int, int> Numbers(string table) => new(
        Entry().Matches(table)
            .Select((entry, i) => (Start: int.Parse(entry.Groups[1].Value, CultureInfo.InvariantCulture), Number: i + 1))
            .ToDictionary(entry => entry.Start, entry => entry.Number));

    private static byte[] FontFile(int number, byte[] font)
    {
        using MemoryStream packed = new();
        using (ZLibStream pack = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            pack.Write(font);
        return
        [
            .. Encoding.Latin1.GetBytes(FormattableString.Invariant(
                $"{number} 0 obj\n<</Length1 {font.Length}\n/Filter /FlateDecode\n/Length {packed.Length}>> stream\n")),
            .. packed.ToArray(),
            .. "\nendstream\nendobj\n"u8,
        ];
    }

    // Texts are shown by the numbers of their glyphs, four digits each. What tells which letters those are has the like, and shows none.
    private static IEnumerable<int> Glyphs(string content) => content.Contains("begincmap", StringComparison.Ordinal) ? [] : Shown()
        .Matches(content)
        .SelectMany(shown => shown.Groups[1].Value.Chunk(4))
        .Select(digits => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"startxref\s+(\d+)\s+%%EOF\s*$")]
    private static partial Regex TableStart();

    [GeneratedRegex(@"^(\d{10}) \d{5} n", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex Length();

    [GeneratedRegex(@"<((?:[0-9A-F]{4})+)>")]
    private static partial Regex Shown();

    /// <summary>What an object holds in compressed form, behind its dictionary.</summary>
    private sealed record Packed(string Dictionary, byte[] Pdf, int Start)
    {
        private const string Begin = " stream\n";

        public bool IsFont => Dictionary.Contains("/Length1 ", StringComparison.Ordinal);

        /// <summary>Whether it may show texts.</summary>
        public bool IsDrawing => !IsFont && !Dictionary.Contains("/Image", StringComparison.Ordinal);

        public static Packed? In(string text, byte[] pdf, int start, int end)
        {
            int begin = text.IndexOf(Begin, start, end - start, StringComparison.Ordinal);
            return begin < 0 || !text.AsSpan(start, begin - start).Contains("/FlateDecode", StringComparison.Ordinal)
                ? null
                : new(text[start..begin], pdf, begin + Begin.Length);
        }

        public byte[] Unpacked()
        {
            int length = int.Parse(Length().Match(Dictionary).Groups[1].Value, CultureInfo.InvariantCulture);
            using ZLibStream unpacked = new(new MemoryStream(Pdf, Start, length), CompressionMode.Decompress);
            using MemoryStream content = new();
            unpacked.CopyTo(content);
            return content.ToArray();
        }
    }
}
