using System.Globalization;

namespace Nonlinear.Cli.Verification;

/// <summary>A share of a set of inputs that is judged by itself: the third of sixteen equal ones, say.</summary>
/// <param name="Number">Which, from 1 on.</param>
/// <param name="Of">Of how many.</param>
internal sealed record Chunk(int Number, int Of)
{
    private const int Most = 1 << 16;

    /// <summary>The chunk that a text such as 3/16 names.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    public static Chunk Parse(string text) =>
        text.Split('/') is [var number, var of]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int which)
        && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out int all)
        && which >= 1 && which <= all && all <= Most
            ? new(which, all)
            : throw new FormatException($"'{text}' is no chunk; write which of how many, as in --chunk 3/16, of {Most} at most.");

    /// <summary>The places of a set that belong to it: those of all chunks are the whole set.</summary>
    public (long Start, long End) Places(long count) => (Place(count, Number - 1), Place(count, Number));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");

    private long Place(long count, int chunks) => (long)((Int128)count * chunks / Of);
}
