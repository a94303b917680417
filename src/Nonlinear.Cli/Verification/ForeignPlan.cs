using Nonlinear.Oracle;

namespace Nonlinear.Cli.Verification;

/// <summary>How somebody else's results are judged.</summary>
/// <param name="Derivative">Against the derivative.</param>
/// <param name="Format">The type that was named; null for what files, model or signature have.</param>
/// <param name="Exhaustive">On every float there is.</param>
/// <param name="Points">On how many random points; null for the usual number.</param>
/// <param name="Seed">What they are drawn with.</param>
/// <param name="Chunk">The share of the inputs; null for all.</param>
internal sealed record ForeignPlan(bool Derivative, NumberFormat? Format, bool Exhaustive, int? Points, int Seed, Chunk? Chunk);
