namespace Nonlinear.Lab.Data.Tables;

/// <summary>Collects the texts of a column; the same text is kept once, as long as not too many differ.</summary>
internal sealed class TextColumnBuilder
{
    private const int MostKept = 4096;

    private readonly List<string> _texts = [];
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _known;

    /// <summary>Starts a column.</summary>
    public TextColumnBuilder() => _known = _kept.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Adds a text without the white space around it.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        if (!_known.TryGetValue(trimmed, out string? known))
        {
            known = trimmed.ToString();
            if (_kept.Count < MostKept)
                _kept.Add(known);
        }
        _texts.Add(known);
    }

    /// <summary>Puts empty texts into the rows that the column was not there in.</summary>
    public void FillTo(int rows)
    {
        while (_texts.Count < rows)
            _texts.Add("");
    }

    /// <summary>The texts.</summary>
    public string[] ToArray() => [.. _texts];
}
