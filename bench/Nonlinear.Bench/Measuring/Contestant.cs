namespace Nonlinear.Bench.Measuring;

/// <summary>What somebody takes part for.</summary>
internal enum Part
{
    /// <summary>The library itself.</summary>
    Ours,

    /// <summary>Moves the same bytes and computes nothing: as fast as memory allows.</summary>
    Limit,

    /// <summary>Computes the same.</summary>
    Rival,
}

/// <summary>Somebody who computes the same thing, or moves the same bytes: who it is, and one pass over the arrays.</summary>
internal sealed record Contestant(Part Part, string Name, Action Pass)
{
    /// <summary>What is to be freed when the race is over.</summary>
    public IDisposable? Owner { get; init; }
}
