namespace Nonlinear.Oracle.Judging;

/// <summary>Computes results that are to be judged.</summary>
/// <param name="x">The inputs.</param>
/// <param name="y">Receives the results.</param>
public delegate void ResultFunction(ReadOnlySpan<double> x, Span<double> y);
