namespace Nonlinear.Lab.Markup;

/// <summary>
/// What stands in a cell of a table or beside a curve: a name or a number, the same in every language, or words in each of them.
/// </summary>
internal readonly record struct Label
{
    private readonly string? _name;

    private Label(string? name, Text? words) => (_name, Words) = (name, words);

    /// <summary>The words; null for a name or a number.</summary>
    public Text? Words { get; }

    /// <summary>The name or the number; empty for words.</summary>
    public string Name => _name ?? "";

    /// <summary>A name or a number.</summary>
    public static implicit operator Label(string name) => new(name, null);

    /// <summary>Words.</summary>
    public static implicit operator Label(Text words) => new(null, words);
}
