namespace Nonlinear.Lab.Markup;

/// <summary>A linear scale from values to places.</summary>
/// <param name="From">The least value.</param>
/// <param name="To">The greatest.</param>
/// <param name="Start">The place of the least.</param>
/// <param name="End">The place of the greatest.</param>
internal sealed record Scale(double From, double To, double Start, double End)
{
    private const double Padding = 0.06, LeastStepRounded = 1e-6;

    /// <summary>A scale on which all values have room.</summary>
    public static Scale Over(IReadOnlyList<double> values, double start, double end, bool padded)
    {
        double least = values.Min(), most = values.Max(), margin = padded ? Padding * (most > least ? most - least : 1) : 0;
        return new(least - margin, most + margin, start, end);
    }

    /// <summary>The place of a value.</summary>
    public double At(double value) => Start + (value - From) / (To - From) * (End - Start);

    /// <summary>Whether a value lies on it.</summary>
    public bool Holds(double value) => value >= From && value <= To;

    /// <summary>
    /// Steps of 1, 2 or 5 times a power of ten, about as many as asked for; whole ones on a logarithmic axis, whose range is wide.
    /// </summary>
    public IEnumerable<double> Ticks(int count)
    {
        double rough = (To - From) / count, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double[] multiples = [1, 2, 5, 10];
        double step = power * multiples.First(multiple => multiple * power >= rough);
        for (double tick = Math.Ceiling(From / step); tick * step <= To + 1e-9 * step; tick++)
            yield return (step < LeastStepRounded ? tick * step : Math.Round(tick * step, 10)) + 0.0;
    }
}
