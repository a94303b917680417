namespace Nonlinear.Lab.Measure;

/// <summary>Finds where a function jumps, by closing in on the steepest places of its samples.</summary>
internal static class Jumps
{
    private const int Candidates = 12;

    /// <summary>The jumps, each with the values on its two sides; the left value is also the value at the point.</summary>
    public static IReadOnlyList<Kink> Of(double[] x, double[] samples, Func<double, double> function)
    {
        double scale = samples.Max(Math.Abs);
        IEnumerable<int> steepest = Enumerable.Range(0, samples.Length - 1)
            .OrderByDescending(i => Math.Abs(samples[i + 1] - samples[i]))
            .Take(Candidates)
            .Order();
        List<Kink> jumps = [];
        foreach (int i in steepest)
        {
            (double left, double right) = (x[i], x[i + 1]);
            // What is smooth halves its step with every halving; a jump keeps it.
            for (int halvings = 0; halvings < 60; halvings++)
            {
                double middle = (left + right) / 2, at = function(middle);
                (left, right) = Math.Abs(at - function(left)) > Math.Abs(function(right) - at) ? (left, middle) : (middle, right);
            }
            Kink jump = new(left, function(left), function(right));
            if (Math.Abs(jump.RightSlope - jump.LeftSlope) > 1e-6 * scale && !jumps.Any(known => Math.Abs(known.X - left) < 1e-9))
                jumps.Add(jump with { X = left + 0.0 });
        }
        return jumps;
    }
}
