namespace Nonlinear.Lab.Data;

/// <summary>How a column of a table becomes inputs of a network.</summary>
/// <param name="Name">The heading of the column.</param>
/// <param name="MayBeMissing">Whether a further input says that the value is missing.</param>
internal abstract record TableColumn(string Name, bool MayBeMissing)
{
    /// <summary>The names of the inputs.</summary>
    public IReadOnlyList<string> Features => MayBeMissing ? [.. Values, $"{Name} is missing"] : Values;

    /// <summary>The names of the inputs without the one that says that the value is missing.</summary>
    protected abstract IReadOnlyList<string> Values { get; }
}

/// <summary>A column of numbers, which is an input as it is.</summary>
/// <param name="Name">The heading of the column.</param>
/// <param name="MayBeMissing">Whether a further input says that the number is missing.</param>
internal sealed record NumberColumn(string Name, bool MayBeMissing) : TableColumn(Name, MayBeMissing)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Values => [Name];
}

/// <summary>A column of texts, an input for each.</summary>
/// <param name="Name">The heading of the column.</param>
/// <param name="MayBeMissing">Whether a further input says that the text is missing.</param>
/// <param name="Categories">The texts that have an input, each with all its spellings.</param>
/// <param name="Missing">The texts that say that the value is missing.</param>
internal sealed record TextColumn(
    string Name, bool MayBeMissing, IReadOnlyList<IReadOnlyList<string>> Categories, IReadOnlyList<string> Missing)
    : TableColumn(Name, MayBeMissing)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Values => [.. Categories.Select(category => $"{Name} = {category[0]}")];
}

/// <summary>A column of dates that are all written alike, an input for each part that varies.</summary>
/// <param name="Name">The heading of the column.</param>
/// <param name="MayBeMissing">Whether a further input says that the date is missing.</param>
/// <param name="Parts">The parts.</param>
/// <param name="Layout">How the dates are written.</param>
/// <param name="Missing">The texts that say that the date is missing.</param>
/// <param name="Texts">The first texts of the column.</param>
internal sealed record DateColumn(
    string Name,
    bool MayBeMissing,
    IReadOnlyList<DatePart> Parts,
    DateLayout Layout,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Texts)
    : TableColumn(Name, MayBeMissing)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Values => [.. Parts.Select(part => $"{Name}: {part.Named()}")];
}
