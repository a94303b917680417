using System.Globalization;

namespace Nonlinear.Bench.Measuring;

/// <summary>Numbers as people write them of memory: 64K, 16M.</summary>
internal static class BinarySize
{
    private const string Units = "KMG";

    /// <summary>Reads a whole number that may end in K, M or G.</summary>
    public static bool TryRead(string text, out long value)
    {
        int unit = text.Length == 0 ? -1 : Units.IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal);
        int shift = 10 * (unit + 1);
        bool read = long.TryParse(unit < 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= long.MaxValue >> shift;
        value = read ? number << shift : 0;
        return read;
    }

    /// <summary>Writes a number of bytes.</summary>
    public static string Write(long bytes) =>
        bytes >= 1 << 20
            ? FormattableString.Invariant($"{bytes / (double)(1 << 20):0.#} MiB")
            : FormattableString.Invariant($"{bytes / 1024.0:0.#} KiB");
}
