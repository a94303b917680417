namespace Nonlinear.Bench.Measuring;

/// <summary>Somebody who computes the same thing, or moves the same bytes: who it is, and one pass over the arrays.</summary>
internal sealed record Contestant(Part Part, string Name, Action Pass)
{
    /// <summary>What is to be freed when the race is over.</summary>
    public IDisposable? Owner { get; init; }
}
