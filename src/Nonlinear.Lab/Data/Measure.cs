namespace Nonlinear.Lab.Data;

/// <summary>
/// From where, and in which unit, floats measure numbers: a number is <c>Origin + Unit · float</c>. So times since 1970 and prices in tiny
/// units keep their digits, of which a float has seven.
/// </summary>
/// <param name="Origin">The number that 0 stands for.</param>
/// <param name="Unit">The distance that 1 stands for.</param>
internal readonly record struct Measure(double Origin, double Unit)
{
    /// <summary>Floats that are the numbers themselves.</summary>
    public static Measure Plain { get; } = new(0, 1);

    /// <summary>From the mean of some numbers, in their deviation; NaN stands for none.</summary>
    public static Measure Of(IReadOnlyList<double> numbers)
    {
        // From one of the numbers: of numbers that are all equal nothing is left, not even a rounding.
        double first = numbers.FirstOrDefault(double.IsFinite), sum = 0, squares = 0;
        int count = 0;
        foreach (double number in numbers)
        {
            if (double.IsNaN(number))
                continue;
            sum += number - first;
            count++;
        }
        double mean = first + (sum / Math.Max(1, count));
        foreach (double number in numbers)
            squares += double.IsNaN(number) ? 0 : (number - mean) * (number - mean);
        double deviation = Math.Sqrt(squares / Math.Max(1, count));
        return new(mean, deviation > 0 ? deviation : 1);
    }

    /// <summary>A number as a float.</summary>
    public float Float(double number) => (float)((number - Origin) / Unit);

    /// <summary>The number of a float.</summary>
    public double Number(float value) => Origin + (Unit * value);
}
