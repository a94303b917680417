namespace Nonlinear.Oracle.Judging;

/// <summary>
/// Gives hard points alone, and each in every lane among ordinary numbers. Kernels compute whole vectors another way where one number of
/// them is hard, so that a vector of hard points shows nothing of the usual way.
/// </summary>
internal static class InCompany
{
    // Four of the widest vectors, as many as a loop takes at a time, and a rest of some.
    private const int Length = 67;

    private const int Seed = 20;

    // Where ordinary numbers lie: on both sides of 0, or on one.
    private static readonly (double From, double To)[] Stretches = [(-3, 3), (0.5, 2), (-2, -0.5)];

    /// <summary>
    /// Judges what the library gives for the points there, where that is not what it gives for all of them together. Such a result is wrong
    /// even if the judge would let both pass: it depends on its neighbours.
    /// </summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="judge">Its judge.</param>
    /// <param name="points">The points, in the order in which they are given together.</param>
    /// <param name="place">The place of a point in the set of all inputs.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Outcome Look(
        Subject subject, Judge judge, IReadOnlyList<double> points, Func<int, long> place, CancellationToken cancellation)
    {
        double[] together = subject.Format.Compute(subject.Activation, subject.Derivative, [.. points]);
        double[][] ordinary = [.. Stretches.Select(stretch => Ordinary(subject.Format, stretch.From, stretch.To))];
        Outcome all = new();
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(
            0, points.Count, options, () => new Outcome(), (i, _, outcome) =>
            {
                foreach (double y in Results(subject, points[i], ordinary)
                    .Where(y => !IsSame(y, together[i]))
                    .DistinctBy(BitConverter.DoubleToInt64Bits))
                    outcome.Add(Misrounding(judge, place(i), points[i], y, together[i]), subject.Guarantee);
                return outcome;
            },
            outcome =>
            {
                lock (all)
                    all.Add(outcome);
            });
        return all;
    }

    private static IEnumerable<double> Results(Subject subject, double x, double[][] ordinary)
    {
        yield return subject.Format.Compute(subject.Activation, subject.Derivative, [x])[0];
        double[] inputs = new double[Length], results = new double[Length];
        for (int lane = 0; lane < Length; lane++)
        {
            ordinary[lane % ordinary.Length].CopyTo(inputs, 0);
            inputs[lane] = x;
            subject.Format.Compute(subject.Activation, subject.Derivative, inputs, results);
            yield return results[lane];
        }
    }

    private static Misrounding Misrounding(Judge judge, long place, double x, double y, double together)
    {
        Verdict verdict = judge.Decide(x, y);
        return verdict.IsRight
            ? new(place, x, y, together, double.PositiveInfinity)
            : new(place, x, y, verdict.Expected, verdict.Ulps);
    }

    private static double[] Ordinary(NumberFormat format, double from, double to)
    {
        Random random = new(Seed);
        return [.. Enumerable.Range(0, Length).Select(_ => format.Nearest(from + ((to - from) * random.NextDouble())))];
    }

    private static bool IsSame(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
}
