namespace Nonlinear.Lab.Measure;

/// <summary>What can be read off a function's samples, refined by bisection with the function itself.</summary>
internal static class FunctionShape
{
    private const double SaturatedShare = 0.01;

    public static bool IsMonotone(Samples samples, IReadOnlyList<Discontinuity> breaks) =>
        (Slopes(samples).All(slope => slope >= 0) && breaks.All(jump => jump.RightValue > jump.LeftValue))
        || (Slopes(samples).All(slope => slope <= 0) && breaks.All(jump => jump.RightValue < jump.LeftValue));

    // Far out the steps of the grid are larger than any jump.
    public static IReadOnlyList<Discontinuity> Discontinuities(Samples samples, ElementwiseActivation activation) =>
        [.. Jumps.Of(samples.X[samples.Fine], samples.Value[samples.Fine], activation.Forward, activation.Kinks)
            .Select(jump => new Discontinuity(jump.X, jump.LeftSlope, jump.RightSlope))];

    public static IReadOnlyList<Extremum> Extrema(Samples samples, ElementwiseActivation activation)
    {
        List<Extremum> extrema = [];
        for (int i = 0; i + 1 < samples.X.Length; i++)
        {
            // Where there is no function there is no slope.
            if (samples.Derivative[i] is 0 or double.NaN)
                continue;
            int next = i + 1;
            while (next < samples.X.Length - 1 && samples.Derivative[next] == 0)
                next++;
            int before = Math.Sign(samples.Derivative[i]);
            if (double.IsNaN(samples.Derivative[next]) || Math.Sign(samples.Derivative[next]) != -before)
                continue;
            // The slope may be exactly 0 at a sample, or, where it is too small for a double, at some: then in their middle.
            double x = next > i + 1
                ? samples.X[(i + next) / 2]
                : Roots.Bisect(at => Math.Sign(activation.Derivative(at)) == before, samples.X[i], samples.X[next]);
            extrema.Add(new(x, activation.Forward(x), before < 0));
        }
        return extrema;
    }

    public static ValueRange Range(
        Samples samples, IReadOnlyList<Extremum> extrema, IReadOnlyList<Discontinuity> breaks, ElementwiseActivation activation)
    {
        double[] limits = [activation.Forward(double.NegativeInfinity), activation.Forward(double.PositiveInfinity)];
        double[] values =
        [
            .. limits.Concat(samples.Value.Where(double.IsInfinity)).Where(value => !double.IsNaN(value)),
            .. extrema.Select(extremum => extremum.Y),
            .. breaks.Select(jump => jump.LeftValue),
            .. breaks.Select(jump => jump.RightValue),
        ];
        double lower = values.Min(), upper = values.Max();
        return new(lower + 0.0, upper + 0.0, IsAttained(lower), IsAttained(upper));

        // At a turning point, or on a plateau; a limit that is only approached shows a slope at moderate x.
        bool IsAttained(double bound) => extrema.Any(extremum => extremum.Y == bound)
            || Enumerable.Range(0, samples.X.Length)
                .Any(i => Math.Abs(samples.X[i]) < 10 && samples.Value[i] == bound && samples.Derivative[i] == 0);
    }

    public static IReadOnlyList<Stretch> Zeros(Samples samples, ElementwiseActivation activation)
    {
        List<Stretch> zeros = [];
        int last = samples.X.Length - 1;
        for (int i = 0; i <= last; i++)
        {
            if (samples.Value[i] == 0
                && (Math.Abs(samples.X[i]) < 10 || zeros.Count > 0 || samples.Value[NearestModerate(samples, i)] == 0))
            {
                int end = i;
                while (end < last && samples.Value[end + 1] == 0)
                    end++;
                // Of a single sample nothing is known beside it but what is too small for a double.
                double from = i == 0 ? double.NegativeInfinity : i == end ? samples.X[i] : FirstZero(samples.X[i], samples.X[i - 1]);
                double to = end == last ? double.PositiveInfinity : i == end ? from : FirstZero(samples.X[end], samples.X[end + 1]);
                if (from <= 10 && to >= -10 && (i == end || !(Fades(from, -1) || Fades(to, 1))))
                    zeros.Add(new(from, to));
                i = end;
            }
            else if (i < last && samples.Value[i] * samples.Value[i + 1] < 0)
            {
                double x = Roots.Bisect(at => activation.Forward(at) < 0, samples.X[i], samples.X[i + 1]);
                zeros.Add(new(x, x));
            }
        }
        return zeros;

        // Beyond the end of what is 0 a function that only becomes too small for a double is nearly so.
        bool Fades(double end, int way) => double.IsFinite(end)
            && IsTooSmall(activation.Forward(way < 0 ? Math.BitDecrement(end) : Math.BitIncrement(end)), end);

        // From a zero towards where there is none.
        double FirstZero(double zero, double beyond) => Roots.Bisect(at => activation.Forward(at) == 0, zero, beyond);
    }

    public static IReadOnlyList<Stretch> Saturation(Samples samples, ElementwiseActivation activation)
    {
        // Of a slope without bound no share is left: then only what is flat counts.
        double limit = IsSteepWithoutBound(samples, activation)
            ? double.Epsilon
            : Math.Max(double.Epsilon, SaturatedShare * samples.Derivative.Max(Math.Abs));
        List<Stretch> tails = [];
        int first = Array.FindIndex(samples.Derivative, IsSteep);
        if (first < 0)
            return [new(double.NegativeInfinity, double.PositiveInfinity)];
        if (first > 0)
            tails.Add(new(double.NegativeInfinity, Edge(samples.X[first - 1], samples.X[first])));
        int last = Array.FindLastIndex(samples.Derivative, IsSteep);
        if (last < samples.X.Length - 1)
            tails.Add(new(Edge(samples.X[last], samples.X[last + 1]), double.PositiveInfinity));
        return limit > double.Epsilon ? tails : [.. tails.Where(IsFlat)];

        // Flat, and not merely with a slope that is too small for a double.
        bool IsFlat(Stretch tail) => double.IsFinite(tail.To)
            ? !IsTooSmall(activation.Derivative(Math.BitIncrement(tail.To)), tail.To)
            : !IsTooSmall(activation.Derivative(tail.From), tail.From);

        // What is no number is not flat.
        bool IsSteep(double slope) => !(Math.Abs(slope) < limit);

        double Edge(double left, double right) => Roots.Bisect(at => IsSteep(activation.Derivative(at)), left, right);
    }

    public static double LargestSlope(Samples samples, ElementwiseActivation activation, IReadOnlyList<Kink> kinks)
    {
        if (IsSteepWithoutBound(samples, activation))
            return double.PositiveInfinity;
        double largest = samples.Derivative.Max(Math.Abs);
        int at = Array.FindIndex(samples.Derivative, slope => Math.Abs(slope) == largest);
        double atKinks = kinks.Select(kink => Math.Max(Math.Abs(kink.LeftSlope), Math.Abs(kink.RightSlope))).DefaultIfEmpty(0).Max();
        if (at > 0 && at < samples.X.Length - 1 && samples.Curvature[at - 1] * samples.Curvature[at + 1] < 0)
        {
            // The slope is largest where the curvature crosses 0.
            double x = Roots.Bisect(point => activation.Curvature(point) > 0, samples.X[at - 1], samples.X[at + 1]);
            largest = Math.Max(largest, Math.Abs(activation.Derivative(x)));
        }
        return Math.Max(largest, atKinks);
    }

    // Hardly a double, and not because the argument is hardly one.
    private static bool IsTooSmall(double value, double x) => Math.Abs(value) < 1e-290 && Math.Abs(x) > 1e-100;

    private static bool IsSteepWithoutBound(Samples samples, ElementwiseActivation activation) =>
        samples.Derivative.Any(double.IsInfinity)
        || double.IsInfinity(activation.Derivative(double.NegativeInfinity))
        || double.IsInfinity(activation.Derivative(double.PositiveInfinity));

    public static int Smoothness(Samples samples, ElementwiseActivation activation, IReadOnlyList<Kink> kinks) =>
        kinks.Count > 0 ? 0
        : Jumps.Of(samples.X[samples.Fine], samples.Curvature[samples.Fine], activation.Curvature, activation.Kinks).Count > 0 ? 1
        : int.MaxValue;

    public static Parity Parity(Samples samples)
    {
        // The grid is symmetric, so the mirror image of a point is as far from the other end.
        bool odd = true, even = true;
        for (int i = 0; i < samples.X.Length; i++)
        {
            odd &= samples.Value[i] == -samples.Value[^(i + 1)];
            even &= samples.Value[i] == samples.Value[^(i + 1)];
        }
        return odd ? Measure.Parity.Odd
            : even ? Measure.Parity.Even
            : IsOddAboutItsValueAtZero(samples) ? (samples.Value[Array.IndexOf(samples.X, 0.0)] == 0
                ? Measure.Parity.Odd
                : Measure.Parity.AboutPoint)
            : Measure.Parity.Neither;
    }

    // Values are rounded before they are compared: twice the value at 0 is what a pair adds up to, but for its last bits.
    private static bool IsOddAboutItsValueAtZero(Samples samples)
    {
        double height = samples.Value[Array.IndexOf(samples.X, 0.0)];
        for (int i = 0; i < samples.X.Length; i++)
        {
            double one = samples.Value[i], other = samples.Value[^(i + 1)];
            if (!(Math.Abs(one + other - (2 * height)) <= 1e-15 * Math.Max(Math.Abs(height), Math.Abs(one))))
                return false;
        }
        return true;
    }

    // The slopes where the function is a number.
    private static IEnumerable<double> Slopes(Samples samples) =>
        samples.Derivative.Where((_, i) => !double.IsNaN(samples.Value[i]));

    // A zero far out counts only if the function is 0 all the way there, rather than too small for a double.
    private static int NearestModerate(Samples samples, int index) => samples.X[index] < 0
        ? Array.FindIndex(samples.X, x => x >= -10)
        : Array.FindLastIndex(samples.X, x => x <= 10);
}
