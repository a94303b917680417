namespace Nonlinear.Lab.Measure;

/// <summary>Finds where a function jumps, by closing in on the steepest places of its samples, and by looking where it may.</summary>
internal static class Jumps
{
    private const int Candidates = 12;

    // Of what is seen over a step of a double, this is no rounding; and smaller than this, no jump that matters.
    private const double Share = 1e-9, Least = 1e-12;

    /// <summary>The jumps, each with the values on its two sides; the left value is also the value at the point.</summary>
    /// <param name="x">Where the samples are.</param>
    /// <param name="samples">What the function is there.</param>
    /// <param name="function">The function.</param>
    /// <param name="suspects">
    /// Places to be looked at though no step there is among the steepest: what a function is said to do is only where to look.
    /// </param>
    public static IReadOnlyList<Kink> Of(double[] x, double[] samples, Func<double, double> function, IEnumerable<double> suspects)
    {
        double scale = samples.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        IEnumerable<int> steepest = Enumerable.Range(0, samples.Length - 1)
            .OrderByDescending(i => Math.Abs(samples[i + 1] - samples[i]))
            .Take(Candidates)
            .Order();
        List<Kink> jumps = [];
        foreach (double suspect in suspects)
        {
            foreach (double left in (double[])[Math.BitDecrement(suspect), suspect])
                Look(left, Math.BitIncrement(left), Share, Least);
        }
        foreach (int i in steepest)
        {
            (double left, double right) = (x[i], x[i + 1]);
            // What is smooth halves its step with every halving; a jump keeps it.
            for (int halvings = 0; halvings < 60; halvings++)
            {
                double middle = (left + right) / 2, at = function(middle);
                (left, right) = Math.Abs(at - function(left)) > Math.Abs(function(right) - at) ? (left, middle) : (middle, right);
            }
            Look(left, right, 0, 1e-6 * scale);
        }
        return [.. jumps.OrderBy(jump => jump.X)];

        void Look(double left, double right, double share, double least)
        {
            double before = function(left), after = function(right), further = function(Math.BitIncrement(right));
            // A value of its own at the point, such as the slope 0 of |x|, is not one of the sides.
            if (Math.Abs(further - after) > Math.Max(least, share * Math.Abs(after)))
                after = further;
            double height = Math.Abs(after - before);
            // What has no bound is no jump: it has grown beyond all samples.
            if (height > Math.Max(least, share * Math.Max(Math.Abs(before), Math.Abs(after)))
                && height <= 1e3 * scale
                && !jumps.Any(known => Math.Abs(known.X - left) < 1e-9))
                jumps.Add(new(double.IsSubnormal(left) ? 0 : left + 0.0, before, after));
        }
    }
}
