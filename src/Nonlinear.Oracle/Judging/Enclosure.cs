namespace Nonlinear.Oracle.Judging;

/// <summary>
/// A cubic polynomial in x - <see cref="Middle"/> from which a function is nowhere farther than <see cref="Radius"/>, over a stretch of
/// inputs: thousands of neighbouring floats are judged by the terms of one Taylor series.
/// </summary>
/// <param name="Middle">Where the polynomial is centred.</param>
/// <param name="C0">Its value there.</param>
/// <param name="C1">The factor of x - Middle.</param>
/// <param name="C2">The factor of its square.</param>
/// <param name="C3">The factor of its cube.</param>
/// <param name="Radius">How far off the polynomial, evaluated over doubles, is at most.</param>
internal readonly record struct Enclosure(double Middle, double C0, double C1, double C2, double C3, double Radius);
