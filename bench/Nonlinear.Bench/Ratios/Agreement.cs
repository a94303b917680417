using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Ratios;

/// <summary>A rival is raced only if it computes the same, roughly: a race against something else would say nothing.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-3;

    /// <summary>Lets everybody compute once and compares.</summary>
    /// <param name="job">What is computed.</param>
    /// <param name="contestants">Those who compute it.</param>
    /// <param name="outputs">Where they write.</param>
    /// <exception cref="InvalidOperationException">A rival computes something else.</exception>
    public static void Check(Job job, IReadOnlyList<Contestant> contestants, params IReadOnlyList<Floats> outputs)
    {
        contestants.First(contestant => contestant.Name == TierNames.Exact).Pass();
        float[][] expected = [.. outputs.Select(output => output.Span.ToArray())];
        foreach (Contestant rival in contestants.Where(contestant => contestant.Part == Part.Rival))
        {
            foreach (Floats output in outputs)
                output.Span.Fill(float.NaN);
            rival.Pass();
            foreach ((Floats output, float[] right) in outputs.Zip(expected))
                Compare(job, rival, right, output.Span);
        }
    }

    private static void Compare(Job job, Contestant rival, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= Tolerance * (1 + Math.Abs(expected[i]))))
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{rival.Name} computes {job.Activation} otherwise: {actual[i]} instead of {expected[i]} from {job.X.Span[i]}."));
        }
    }
}
