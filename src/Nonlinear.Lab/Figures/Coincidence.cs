using ScottPlot;

namespace Nonlinear.Lab.Figures;

/// <summary>A stretch of a curve on which others lie.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Count">How many lie on it there.</param>
internal readonly record struct Covering(double From, double To, int Count);

/// <summary>Curves that run upon each other, told apart.</summary>
internal static class Coincidence
{
    // Of the heights drawn: curves that are nearer look like one. Of the range: where they do so for less, they only cross.
    private const double Near = 0.006, Together = 0.08;

    private const int Samples = 201;

    private static readonly LinePattern[] Patterns =
        [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed];

    /// <summary>Curves of which each that runs upon earlier ones is dashed, so that those are seen between the dashes.</summary>
    public static IReadOnlyList<NamedCurve> Dashed(IReadOnlyList<NamedCurve> curves, double from, double to)
    {
        int[] patterns = new int[curves.Count];
        Func<int, int, IEnumerable<(int Start, int End)>> runs = Runs(curves, from, to);
        for (int later = 0; later < curves.Count; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
            {
                if (runs(earlier, later).Any())
                    patterns[later] = Math.Max(patterns[later], patterns[earlier] + 1);
            }
        }
        return
        [
            .. curves.Select((curve, i) => curve with
            {
                Pattern = Patterns[Math.Max(patterns[i], i / FigureStyle.Palette.Count) % Patterns.Length],
            }),
        ];
    }

    /// <summary>
    /// Curves of which each is wider where later ones run upon it, and seen on both sides of them: for figures whose dashes mean something.
    /// </summary>
    public static IReadOnlyList<NamedCurve> Widened(IReadOnlyList<NamedCurve> curves, double from, double to)
    {
        int[][] above = [.. curves.Select(_ => new int[Samples])];
        Func<int, int, IEnumerable<(int Start, int End)>> runs = Runs(curves, from, to);
        for (int earlier = curves.Count - 2; earlier >= 0; earlier--)
        {
            for (int later = earlier + 1; later < curves.Count; later++)
            {
                foreach ((int start, int end) in runs(earlier, later))
                {
                    for (int i = start; i < end; i++)
                        above[earlier][i] = Math.Max(above[earlier][i], above[later][i] + 1);
                }
            }
        }
        return [.. curves.Select((curve, i) => curve with { Covered = [.. Stretches(above[i], from, to)] })];
    }

    // The samples from a start to before an end at which two curves of the same pattern look like one.
    private static Func<int, int, IEnumerable<(int Start, int End)>> Runs(IReadOnlyList<NamedCurve> curves, double from, double to)
    {
        (double low, double high) = CurveFigure.Heights(curves);
        double[][] heights = [.. curves.Select(curve => curve.Curve.Sampled(from, to, Samples))];
        return (earlier, later) => curves[earlier].Pattern.Name == curves[later].Pattern.Name
            ? Of(heights[earlier], heights[later], Near * (high - low))
            : [];

        static IEnumerable<(int Start, int End)> Of(double[] one, double[] other, double near)
        {
            for (int start = 0, i = 0; i <= Samples; i++)
            {
                if (i < Samples && Math.Abs(one[i] - other[i]) < near)
                    continue;
                if (i - start > Together * Samples)
                    yield return (start, i);
                start = i + 1;
            }
        }
    }

    private static IEnumerable<Covering> Stretches(int[] counts, double from, double to)
    {
        for (int start = 0, i = 1; i <= Samples; i++)
        {
            if (i < Samples && counts[i] == counts[start])
                continue;
            // To where more or fewer lie on it; behind the last there is nothing to reach.
            int end = i < Samples && counts[i] > 0 ? i : i - 1;
            if (counts[start] > 0)
                yield return new(Place(start), Place(end), counts[start]);
            start = i;
        }

        double Place(int sample) => from + ((to - from) * sample / (Samples - 1));
    }
}
