using System.Text;

namespace Nonlinear.Attacks.Fuzzing;

/// <summary>Damages any bytes: bits, stretches, numbers as text, words of the format, parts of other inputs.</summary>
internal sealed class ByteDamage(IReadOnlyList<byte[]> corpus, Random random)
{
    private const int MostChanges = 6, MostBytes = 1 << 16, LongestRepeat = 2000;

    private static readonly byte[][] Words =
    [
        .. ((string[])
        [
            "<f4", ">f8", "<f2", "|b1", "<i8", "<U4", "O", "True", "False", "'descr'", "'fortran_order'", "'shape'", "()", "(1,)", "{", "}",
            ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "#", "|", " ", "NaN", "nan", "NA", "inf", "-inf", "-0", "1e400", "1e-400",
            "0x10", "1,5", "1.234,5", "2024-02-30", "12:61", "x", "gelu", "swish", "beta", "alpha", "=", "(", ")", "swiglu", "layout",
            "gate_first", "torch.nn.", "keras:", "max(", "exp(", "sigmoid(", "^", "**", "/", "*", "-", "+", "ﬀ", "\0", "\u001b[2J", "名",
            "\uFEFF", "0", "1", "-1", "65535", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
            "99999999999999999999999", "1e308",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x1F, 0x8B], [.. "PAR1"u8], [.. "ARROW1"u8],
        [0x80, 0x80, 0x80, 0x80, 0x08],
    ];

    /// <summary>The next damaged input.</summary>
    public byte[] Next()
    {
        byte[] bytes = corpus[random.Next(corpus.Count)];
        for (int n = 1 + random.Next(MostChanges); n > 0; n--)
            bytes = Change(bytes);
        return bytes.Length > MostBytes ? bytes[..MostBytes] : bytes;
    }

    private byte[] Change(byte[] bytes)
    {
        int at = random.Next(bytes.Length + 1), end = Math.Min(bytes.Length, at + random.Next(1 + random.Next(32)));
        byte[] word = Words[random.Next(Words.Length)], other = corpus[random.Next(corpus.Count)];
        return random.Next(9) switch
        {
            0 => Replace([(byte)random.Next(256)]),
            1 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => bytes[..at],
            4 => [.. bytes[..end], .. bytes[at..]],
            5 => [.. bytes[..at], .. other[random.Next(other.Length + 1)..]],
            6 when random.Next(10) == 0 =>
                [.. bytes[..at], .. Enumerable.Repeat(word, random.Next(LongestRepeat)).SelectMany(again => again), .. bytes[at..]],
            7 => Replace(word),
            _ => [.. bytes[..at], .. word, .. bytes[at..]],
        };

        byte[] Replace(byte[] by) => [.. bytes[..at], .. by, .. bytes[end..]];
    }
}
