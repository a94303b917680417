using System.Buffers.Binary;
using System.Text;

namespace Nonlinear.Lab.Figures.Pdf;

/// <summary>
/// A TrueType font (ISO/IEC 14496-22) with the outlines of some glyphs alone. Every glyph keeps its number, so that texts that name glyphs
/// need not be touched.
/// </summary>
internal sealed class FontOutlines
{
    // Where things are: in the file, in a directory of tables, and in the tables head and maxp.
    private const int FirstOfCollection = 12, DirectoryStart = 12, DirectoryEntry = 16;
    private const int LongOffsets = 50, Adjustment = 8, NumberOfGlyphs = 4;

    // Of a glyph made of others: the header before its parts, and the flags that tell how long a part is.
    private const int GlyphHeader = 10;
    private const int ArgumentsAreWords = 1, HasScale = 8, MoreParts = 32, HasTwoScales = 64, HasMatrix = 128;

    // What a viewer needs of a font whose glyphs are named by number.
    private static readonly string[] Needed = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly SortedDictionary<string, byte[]> _tables = new(StringComparer.Ordinal);
    private readonly int[] _starts;

    // Of a collection, which Skia embeds as it is, viewers take the first font.
    private FontOutlines(byte[] font, int directory)
    {
        for (int i = 0; i < Word(font, directory + 4); i++)
        {
            int entry = directory + DirectoryStart + (i * DirectoryEntry);
            string tag = Encoding.Latin1.GetString(font, entry, 4);
            if (Needed.Contains(tag))
                _tables[tag] = font.AsSpan(Long(font, entry + 8), Long(font, entry + 12)).ToArray();
        }
        bool isLong = Word(_tables["head"], LongOffsets) == 1;
        _starts =
        [
            .. Enumerable.Range(0, Word(_tables["maxp"], NumberOfGlyphs) + 1)
                .Select(glyph => isLong ? Long(_tables["loca"], 4 * glyph) : 2 * Word(_tables["loca"], 2 * glyph)),
        ];
    }

    /// <summary>The font with the outlines of these glyphs; as it is, if its outlines are of another kind.</summary>
    public static byte[] Keep(byte[] font, IEnumerable<int> glyphs)
    {
        int directory = font.AsSpan(0, 4).SequenceEqual("ttcf"u8) ? Long(font, FirstOfCollection) : 0;
        ReadOnlySpan<byte> kind = font.AsSpan(directory, 4);
        if (!kind.SequenceEqual((ReadOnlySpan<byte>)[0, 1, 0, 0]) && !kind.SequenceEqual("true"u8))
            return font;
        FontOutlines outlines = new(font, directory);
        outlines.Keep(glyphs);
        return outlines.Written();
    }

    private void Keep(IEnumerable<int> glyphs)
    {
        HashSet<int> kept = [];
        // The glyph that stands for none is always there.
        foreach (int glyph in glyphs.Prepend(0))
            Add(glyph, kept);
        byte[] glyf = _tables["glyf"], loca = new byte[4 * _starts.Length];
        using MemoryStream outlines = new();
        for (int glyph = 0; glyph < _starts.Length; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(4 * glyph), (int)outlines.Length);
            if (kept.Contains(glyph))
                outlines.Write(glyf.AsSpan(_starts[glyph].._starts[glyph + 1]));
            outlines.Write(new byte[-outlines.Length & 3]);
        }
        _tables["glyf"] = outlines.ToArray();
        _tables["loca"] = loca;
        BinaryPrimitives.WriteInt16BigEndian(_tables["head"].AsSpan(LongOffsets), 1);
    }

    // With those that it is made of.
    private void Add(int glyph, HashSet<int> kept)
    {
        if (glyph >= _starts.Length - 1 || !kept.Add(glyph) || _starts[glyph] == _starts[glyph + 1])
            return;
        ReadOnlySpan<byte> outline = _tables["glyf"].AsSpan(_starts[glyph].._starts[glyph + 1]);
        if (BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return;
        int place = GlyphHeader, flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[place..]);
            Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(place + 2)..]), kept);
            place += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2)
                + ((flags & HasMatrix) != 0 ? 8 : (flags & HasTwoScales) != 0 ? 4 : (flags & HasScale) != 0 ? 2 : 0);
        }
        while ((flags & MoreParts) != 0);
    }

    private byte[] Written()
    {
        int start = DirectoryStart + (_tables.Count * DirectoryEntry), power = (int)Math.Log2(_tables.Count);
        byte[] font = new byte[start + _tables.Values.Sum(table => (table.Length + 3) & ~3)];
        WriteLong(font, 0, 0x00010000);
        WriteWords(font, 4, _tables.Count, DirectoryEntry << power, power, (_tables.Count << 4) - (DirectoryEntry << power));
        WriteLong(_tables["head"], Adjustment, 0);
        int entry = DirectoryStart, head = 0;
        foreach ((string tag, byte[] table) in _tables)
        {
            table.CopyTo(font, start);
            int padded = (table.Length + 3) & ~3;
            Encoding.Latin1.GetBytes(tag, font.AsSpan(entry));
            WriteLong(font, entry + 4, Sum(font.AsSpan(start, padded)));
            WriteLong(font, entry + 8, (uint)start);
            WriteLong(font, entry + 12, (uint)table.Length);
            if (tag == "head")
                head = start;
            (start, entry) = (start + padded, entry + DirectoryEntry);
        }
        WriteLong(font, head + Adjustment, unchecked(0xB1B0AFBA - Sum(font)));
        return font;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 4)
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        return sum;
    }

    private static int Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private static int Long(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));

    private static void WriteLong(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);

    private static void WriteWords(byte[] bytes, int at, params ReadOnlySpan<int> values)
    {
        foreach (int value in values)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)value);
            at += 2;
        }
    }
}
