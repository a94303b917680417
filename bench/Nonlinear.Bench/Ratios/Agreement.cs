using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Ratios;

/// <summary>A rival is raced only if it computes the same, roughly: a race against something else would say nothing.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-3;

    /// <summary>Lets everybody compute once and compares.</summary>
    /// <exception cref="InvalidOperationException">A rival computes something else.</exception>
    public static void Check(Job job, IReadOnlyList<Contestant> contestants)
    {
        contestants.First(contestant => contestant.Name == Ours.Exact).Pass();
        float[] expected = job.Y.Span.ToArray();
        foreach (Contestant rival in contestants.Where(contestant => contestant.Part == Part.Rival))
        {
            job.Y.Span.Fill(float.NaN);
            rival.Pass();
            ReadOnlySpan<float> actual = job.Y.Span;
            for (int i = 0; i < actual.Length; i++)
            {
                if (!(Math.Abs(actual[i] - expected[i]) <= Tolerance * (1 + Math.Abs(expected[i]))))
                    throw new InvalidOperationException(FormattableString.Invariant(
                        $"{rival.Name} computes {job.Activation} otherwise: {actual[i]} instead of {expected[i]} from {job.X.Span[i]}."));
            }
        }
    }
}
