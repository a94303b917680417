namespace Nonlinear.Numerics;

/// <summary>
/// Ziv's rounding test (A. Ziv, Fast evaluation of elementary mathematical functions with correctly rounded last bit, 1991): a double is
/// rounded a little too small and a little too large; where both make the same float, that is the float nearest to the exact value. Where
/// they do not, the result is computed again over double-doubles.
/// </summary>
/// <remarks>
/// Each width of lanes has it as <c>TryStoreFloat</c>; <see cref="DoubleLanes1{TPrecision}.TryStoreFloat"/> is the shortest.
/// </remarks>
internal static class ZivRoundingTest
{
    /// <summary>
    /// How much too small and too large, relative to the double: far above the error of any formula over doubles (2⁻⁴⁵ where an argument of
    /// 100 is rounded before an exponential), and so little that only one float in 30,000 is in doubt.
    /// </summary>
    public const double ErrorBound = 1e-12;

    /// <summary>What makes a number a little too small, and what makes a little too large of that.</summary>
    public const double Less = 1 - ErrorBound, More = 1 + (2 * ErrorBound);
}
