namespace Nonlinear.Bench;

/// <summary>Somebody who computes the same thing: who it is, and one pass over the arrays.</summary>
internal sealed record Contestant(string Name, Action Pass);
