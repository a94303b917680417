using System.Collections.Immutable;

namespace Nonlinear.Numerics;

/// <summary>
/// A simple zero of a function, to about 107 bits, and the function's Taylor coefficients there. Close to a zero the terms of a
/// formula cancel and its relative error grows without bound; the series, whose argument is the distance to the zero, does not.
/// </summary>
/// <param name="High">The double nearest to the zero.</param>
/// <param name="Low">The double nearest to what is left.</param>
/// <param name="Coefficients">f′, f″/2!, f‴/3!, … at the zero: <see cref="Terms"/> of them.</param>
/// <param name="DerivativeLow">What the first coefficient leaves of f′.</param>
internal sealed record Root(double High, double Low, ImmutableArray<double> Coefficients, double DerivativeLow)
{
    /// <summary>The number of terms of the series.</summary>
    public const int Terms = 8;

    /// <summary>The distance from the zero up to which the series is exact to a double: its next term is below 2⁻⁵⁶ of the sum.</summary>
    public const double Radius = 0.0078125;

    /// <summary>
    /// The distance from the zero beyond which a formula over doubles has a relative error below <see cref="ZivRoundingTest.ErrorBound"/>: two terms of
    /// 0.2, off by 2⁻⁵² each, leave 0.2 of the distance.
    /// </summary>
    public const double CheckedRadius = 0.0009765625;
}
