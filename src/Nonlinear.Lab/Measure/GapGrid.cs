namespace Nonlinear.Lab.Measure;

/// <summary>The points on which two functions are held against each other: all over the floats, dense where functions bend.</summary>
internal static class GapGrid
{
    /// <summary>Within this distance of 0 the grid is even, with 0 and every multiple of 1/256 on it.</summary>
    public const int Reach = 32;

    private const int StepsPerUnit = 256;

    // Beyond, and about 0, so many points between a power of two and the next, from the least float to the greatest.
    private const int StepsPerOctave = 8, LeastExponent = -149, MostExponent = 127;

    /// <summary>The distance between even points.</summary>
    public const double Step = 1.0 / StepsPerUnit;

    /// <summary>The points in rising order; kinks are among them, each with the doubles beside it.</summary>
    public static double[] Of(IEnumerable<double> kinks)
    {
        IEnumerable<double> even = Enumerable.Range(-Reach * StepsPerUnit, (2 * Reach * StepsPerUnit) + 1).Select(k => k * Step);
        double[] logarithmic =
        [
            .. from exponent in Enumerable.Range(LeastExponent, MostExponent - LeastExponent + 1)
               from part in Enumerable.Range(0, StepsPerOctave)
               select Math.ScaleB(1 + ((double)part / StepsPerOctave), exponent),
        ];
        return
        [
            .. even.Concat(logarithmic)
                .Concat(logarithmic.Select(x => -x))
                .Concat(kinks.SelectMany(kink => new[] { Math.BitDecrement(kink), kink, Math.BitIncrement(kink) }))
                .Select(x => x + 0.0)
                .Distinct()
                .Order(),
        ];
    }
}
