namespace Nonlinear.Lab.Data.Tables;

/// <summary>What a table is to be learned for.</summary>
internal enum LearningTask
{
    /// <summary>Whatever the target column looks like.</summary>
    Automatic,

    /// <summary>To which class a row belongs.</summary>
    Classification,

    /// <summary>Which number belongs to a row.</summary>
    Regression,
}

/// <summary>How a table is to be read.</summary>
/// <param name="Target">The column to predict; null for the one that the format makes the target.</param>
internal sealed record TableOptions(string? Target)
{
    /// <summary>Columns to leave out: names, or patterns with * and ?; several with commas between.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether the target is a class or a number.</summary>
    public LearningTask Task { get; init; }

    /// <summary>The texts that count as missing everywhere; null for the usual ones.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Whether a comma begins the decimals of numbers; null for what the numbers look like.</summary>
    public bool? DecimalComma { get; init; }
}
