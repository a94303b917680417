namespace Nonlinear.Numerics;

/// <summary>How small a pair of doubles may be.</summary>
internal static class DoubleRange
{
    /// <summary>Below this a pair may have lost bits of its low part, or, if it is zero, its sign.</summary>
    public const double LeastExact = 1e-270;
}
