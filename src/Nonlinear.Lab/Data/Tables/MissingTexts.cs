using System.Globalization;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Which texts say that nothing is there, and how many of them were met.</summary>
/// <remarks>
/// An empty field says so everywhere, and ? does. A word such as NA or None says so among numbers; among texts it is one of them, because a
/// class may be called None. What the user names says so everywhere, and then nothing else does but an empty field.
/// </remarks>
/// <param name="named">What the user named; null for the usual texts.</param>
internal sealed class MissingTexts(IReadOnlyList<string>? named)
{
    private static readonly HashSet<string> Everywhere = new(["", "?"], StringComparer.Ordinal);

    private static readonly HashSet<string> AmongNumbers = new(
        ["na", "n/a", "#n/a", "<na>", "nan", "nat", "null", "none", "nil", ".", "-", "--", "(null)"], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _named = new(named ?? [], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<double> _numbers = [.. (named ?? []).Select(Number).Where(double.IsFinite)];

    private readonly SortedDictionary<string, int> _met = new(StringComparer.Ordinal);

    /// <summary>How often each text was met.</summary>
    public IReadOnlyDictionary<string, int> Met => _met;

    /// <summary>Whether a text is a word that would count as missing among numbers.</summary>
    public bool IsWord(string text) => named is null && AmongNumbers.Contains(text);

    /// <summary>Whether a text counts as missing, whatever the others in its column are.</summary>
    public bool Always(string text) => text.Length == 0 || (named is null
        ? Everywhere.Contains(text)
        : _named.Contains(text) || (_numbers.Count > 0 && _numbers.Contains(Number(text))));

    /// <summary>Whether a text counts as missing in a column whose other texts are numbers or dates.</summary>
    public bool InNumbers(string text) => Always(text) || IsWord(text);

    /// <summary>Counts a field that counted as missing.</summary>
    public void Count(string text) => _met[text] = _met.GetValueOrDefault(text) + 1;

    /// <summary>What counted as missing, in a sentence; null if nothing did.</summary>
    public Text? Sentence()
    {
        if (_met.Count == 0)
            return null;
        Text[] texts =
        [
            .. _met.Select(pair => pair.Key.Length == 0
                ? new Text($"empty fields ({pair.Value})", $"空字段（{pair.Value}）")
                : new Text($"'{pair.Key}' ({pair.Value})", $"“{pair.Key}”（{pair.Value}）")),
        ];
        return new(
            $"Read as missing: {string.Join(", ", texts.Select(text => text.English))}. --missing names other texts.",
            $"视为缺失：{string.Join('、', texts.Select(text => text.Chinese))}。可用 --missing 指定其他文本。");
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
