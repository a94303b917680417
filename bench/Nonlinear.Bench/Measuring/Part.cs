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
