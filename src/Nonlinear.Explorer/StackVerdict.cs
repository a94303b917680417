namespace Nonlinear.Explorer;

/// <summary>
/// What is said of a stack of layers, each word by a rule about what was measured: where the signal ends, and how many times its size the
/// gradient has at the first layer.
/// </summary>
internal static class StackVerdict
{
    /// <summary>Up to this factor, either way, the gradient has kept its size.</summary>
    public const double Kept = 2;

    /// <summary>From this factor on it vanishes or explodes.</summary>
    public const double Lost = 1e4;

    // A deviation of a few roundings is none.
    private const double NoDeviation = 1e-6;

    /// <summary>Judges what <see cref="LayerStack.Run"/> gave.</summary>
    /// <returns>
    /// A word, and the number that it rests on: the layer, counted from 1, for <c>overflow</c>, <c>gradientOverflow</c> and <c>none</c>;
    /// the value for <c>constant</c>; otherwise the factor.
    /// </returns>
    public static (string Word, double Number) Of(IReadOnlyList<double> result)
    {
        LayerFigures[] layers = LayerFigures.Of(result);
        LayerFigures first = layers[0], last = layers[^1];
        int overflow = Array.FindIndex(layers, layer => !double.IsFinite(layer.Mean) || !double.IsFinite(layer.Deviation));
        if (overflow >= 0)
            return ("overflow", overflow + 1);
        if (last is { Mean: 0, Deviation: 0 })
            return ("dead", Array.FindIndex(layers, layer => layer is { Mean: 0, Deviation: 0 }) + 1);
        if (last.Deviation <= NoDeviation * Math.Abs(last.Mean))
            return ("constant", last.Mean);

        // From the last layer down: the first that it reaches.
        int broken = Array.FindLastIndex(layers, layer => !double.IsFinite(layer.Gradient));
        if (broken >= 0)
            return ("gradientOverflow", broken + 1);
        int gone = Array.FindLastIndex(layers, layer => layer.Gradient == 0);
        if (gone >= 0)
            return ("none", gone + 1);
        double factor = first.Gradient / last.Gradient;
        return (Word(factor), factor);
    }

    private static string Word(double factor) => factor switch
    {
        < 1 / Lost => "vanishes",
        < 1 / Kept => "shrinks",
        <= Kept => "balanced",
        <= Lost => "grows",
        _ => "explodes",
    };

    private readonly record struct LayerFigures(double Mean, double Deviation, double Gradient)
    {
        public static LayerFigures[] Of(IReadOnlyList<double> result)
        {
            const int Each = LayerStack.Figures + (2 * LayerStack.Bars);
            return
            [
                .. Enumerable.Range(0, result.Count / Each)
                    .Select(layer => new LayerFigures(result[layer * Each], result[(layer * Each) + 1], result[(layer * Each) + 4])),
            ];
        }
    }
}
