namespace Nonlinear.Lab.Guide.Claims.Experiments;

/// <summary>Finds where a function of one number is greatest or least on an interval.</summary>
internal static class Search
{
    private const int Steps = 4000;
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Evenly spaced numbers from one end to the other, both included.</summary>
    public static IEnumerable<double> Grid(double from, double to, int steps = Steps) =>
        Enumerable.Range(0, steps + 1).Select(i => from + (to - from) * i / steps);

    /// <summary>The greatest value and where it is: the best point of a grid, then a golden-section search around it.</summary>
    public static (double At, double Value) Maximum(Func<double, double> f, double from, double to)
    {
        double best = Grid(from, to).MaxBy(f), step = (to - from) / Steps;
        double left = Math.Max(from, best - step), right = Math.Min(to, best + step);
        while (right - left > 1e-9)
        {
            double width = Golden * (right - left), a = right - width, b = left + width;
            (left, right) = f(a) >= f(b) ? (left, b) : (a, right);
        }
        double refined = (left + right) / 2;
        return f(refined) > f(best) ? (refined, f(refined)) : (best, f(best));
    }

    /// <summary>The least value and where it is.</summary>
    public static (double At, double Value) Minimum(Func<double, double> f, double from, double to)
    {
        (double at, double value) = Maximum(x => -f(x), from, to);
        return (at, -value);
    }

    /// <summary>The number in an interval where a function that is negative at its start and positive at its end crosses 0.</summary>
    public static double Crossing(Func<double, double> f, double from, double to)
    {
        for (double middle = (from + to) / 2; middle > from && middle < to; middle = (from + to) / 2)
            (from, to) = f(middle) < 0 ? (middle, to) : (from, middle);
        return to;
    }
}
