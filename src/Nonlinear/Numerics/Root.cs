namespace Nonlinear.Numerics;

/// <summary>
/// A simple zero of a function, to about 107 bits, and the function's Taylor coefficients there. Close to a zero the terms of a formula
/// cancel and its relative error grows without bound; the series, whose argument is the distance to the zero, does not.
/// </summary>
/// <remarks>A type and not an object, so that loops compiled once have its numbers for constants.</remarks>
internal interface IRoot
{
    /// <summary>The double nearest to the zero.</summary>
    static abstract double High { get; }

    /// <summary>The double nearest to what is left.</summary>
    static abstract double Low { get; }

    /// <summary>f′, f″/2!, f‴/3!, … at the zero.</summary>
    static abstract ReadOnlySpan<double> Coefficients { get; }

    /// <summary>What the first coefficient leaves of f′.</summary>
    static abstract double DerivativeLow { get; }

    /// <summary>The distance from the zero up to which the series is exact to a double: its next term is below 2⁻⁵⁶ of the sum.</summary>
    static virtual double Radius => 1.0 / 128;
}

/// <summary>How near to a root a formula is not to be trusted.</summary>
internal static class Root
{
    /// <summary>
    /// The distance from the zero beyond which a formula over doubles has a relative error below <see cref="ZivRoundingTest.ErrorBound"/>:
    /// two terms of 0.2, off by 2⁻⁵² each, leave 0.2 of the distance.
    /// </summary>
    public const double CheckedRadius = 1.0 / 1024;
}
