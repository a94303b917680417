using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Text.Json;
using Nonlinear.Lab.Formulas;

namespace Nonlinear.Explorer;

/// <summary>
/// What the page calls. Functions go by their spelling, <c>swish(beta=1.5)</c>; numbers come back as arrays of doubles, one part after
/// another.
/// </summary>
[SupportedOSPlatform("browser")]
internal static partial class Exports
{
    private static readonly Dictionary<string, Activation> Parsed = [];

    /// <summary>The catalogue as JSON.</summary>
    [JSExport]
    internal static string Functions() =>
        JsonSerializer.Serialize([.. Catalog.Defaults.Select(FunctionEntry.Of)], PageJson.Default.FunctionEntryArray);

    /// <summary>A formula that was typed, as JSON, as the functions of the catalogue are.</summary>
    [JSExport]
    internal static string Entry(string formula) =>
        JsonSerializer.Serialize(FunctionEntry.Of(Find(formula)), PageJson.Default.FunctionEntry);

    /// <summary>
    /// How frameworks spell each function, as JSON. Apart from the catalogue: reading their tables takes a while, and nothing is drawn by
    /// them.
    /// </summary>
    [JSExport]
    internal static string Spellings() => JsonSerializer.Serialize(
        Catalog.Defaults.ToDictionary(
            activation => activation.Info.Name,
            activation => activation.Spellings.Select(spelling => spelling.Code).Where(code => code.Length > 0).Distinct().ToArray()),
        PageJson.Default.DictionaryStringStringArray);

    /// <summary>The canonical spelling of a function, or nothing and the reason why there is none.</summary>
    [JSExport]
    internal static string[] Spell(string text)
    {
        try
        {
            return [OwnFormula.Parse(text).ToString(), ""];
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            return ["", refused.Message];
        }
    }

    /// <summary>A function's formulas as JSON: names in two languages, MathML and text.</summary>
    [JSExport]
    internal static string Formulas(string spelling) =>
        JsonSerializer.Serialize(FormulaEntry.Of(Find(spelling)), PageJson.Default.FormulaEntryArray);

    /// <summary>Where functions bend or jump: the kinks of all of them, in order.</summary>
    [JSExport]
    internal static double[] Kinks(string[] spellings) => [.. spellings.SelectMany(spelling => Find(spelling).Kinks).Distinct().Order()];

    /// <summary>The x values of every curve over a stretch, with places about the kinks.</summary>
    [JSExport]
    internal static double[] Points(double from, double to, int count, double[] kinks) => Grid.Over(from, to, count, kinks).Points;

    /// <summary>A quantity of an elementwise function on the grid, NaN where the curve is to break.</summary>
    [JSExport]
    internal static double[] Values(string spelling, int quantity, double from, double to, int count, double[] kinks)
    {
        Grid grid = Grid.Over(from, to, count, kinks);
        ElementwiseActivation activation = Elementwise(spelling);
        return grid.WithGaps(Curve.Values(activation, quantity, grid.Floats), activation.Kinks);
    }

    /// <summary>
    /// Where the curve of <see cref="Values"/> jumps: four numbers each, the point, the values on its left and right, and 1 if the value at
    /// the point is that on the left.
    /// </summary>
    [JSExport]
    internal static double[] Jumps(
        string spelling, int quantity, double[] values, double from, double to, int count, double[] kinks) =>
        Grid.Over(from, to, count, kinks).Jumps(values, Curve.At(Elementwise(spelling), quantity));

    /// <summary>The exact values of a quantity of several functions at the float nearest to x, as the tool prints them.</summary>
    [JSExport]
    internal static string[] At(string[] spellings, int quantity, double x) =>
        [.. spellings.Select(spelling => quantity - Curve.Gradient >= Find(spelling).Info.Parameters.Count
            ? ""
            : FloatText.Of(Curve.Values(Elementwise(spelling), quantity, [(float)x])[0]))];

    /// <summary>A number as the tool prints it.</summary>
    [JSExport]
    internal static string Write(double value) => FloatText.Of((float)value);

    /// <summary>The curves as CSV: x, then a column for each function and quantity.</summary>
    [JSExport]
    internal static string Csv(
        string[] headings, string[] spellings, int[] quantities, double from, double to, int count, double[] kinks)
    {
        float[] x = [.. Grid.Over(from, to, count, kinks).Floats.Distinct()];
        return FloatText.Csv(
            ["x", .. headings],
            [x, .. spellings.Select((spelling, i) => Curve.Values(Elementwise(spelling), quantities[i], x))]);
    }

    /// <summary>Whether there is a naive side to compare a function with.</summary>
    [JSExport]
    internal static bool CanContest(string spelling) => Find(spelling) is ElementwiseActivation || NaiveVector.Knows(Find(spelling));

    /// <summary>The formula that is compared, and the definitions of the names in it; nothing if no such form is known.</summary>
    [JSExport]
    internal static string[] ContestFormula(string spelling, int side) =>
        new Contest(Find(spelling), (ContestSide)side).Formula is { Length: > 0 } formula ? [formula, .. NaiveDefinitions.In(formula)] : [];

    /// <summary>The formula that somebody typed, written so that it keeps its digits, or nothing.</summary>
    [JSExport]
    internal static string StableForm(string spelling) => OwnFormula.Stable(Find(spelling))?.ToString() ?? "";

    /// <summary>
    /// The naive definition against the kernels: x, naive, exact tier, truth, the errors of the two in ulps, then the fast tier and its
    /// error, one array after the other. The side is a <see cref="ContestSide"/>.
    /// </summary>
    [JSExport]
    internal static double[] Contest(string spelling, int side, double from, double to, int count)
    {
        Round[] rounds = new Contest(Find(spelling), (ContestSide)side).Over(from, to, count);
        return
        [
            .. rounds.Select(round => (double)round.X),
            .. rounds.Select(round => (double)round.Naive),
            .. rounds.Select(round => (double)round.Ours),
            .. rounds.Select(round => round.Truth),
            .. rounds.Select(round => Explorer.Contest.Ulps(round.Naive, round.Truth)),
            .. rounds.Select(round => Explorer.Contest.Ulps(round.Ours, round.Truth)),
            .. rounds.Select(round => (double)round.Fast),
            .. rounds.Select(round => Explorer.Contest.Ulps(round.Fast, round.Truth)),
        ];
    }

    /// <summary>Where the naive definition fails, as JSON.</summary>
    [JSExport]
    internal static string Failures(string spelling, int side, double from, double to, int count)
    {
        Contest contest = new(Find(spelling), (ContestSide)side);
        return JsonSerializer.Serialize(
            [.. contest.Failures(contest.Over(from, to, count)).Select(FailureEntry.Of)],
            PageJson.Default.FailureEntryArray);
    }

    /// <summary>
    /// The layout of what <see cref="Depth"/> returns: figures, bars, the ranges of the two histograms, the number of samples.
    /// </summary>
    [JSExport]
    internal static double[] DepthLayout() =>
        [LayerStack.Figures, LayerStack.Bars, LayerStack.Reach, LayerStack.LeastPower, LayerStack.MostPower, LayerStack.Batch];

    /// <summary>What becomes of signals and gradients in a stack of random layers.</summary>
    [JSExport]
    internal static double[] Depth(string spelling, int layers, int width, bool uniform, double gain, int seed) =>
        LayerStack.Of(width, layers, uniform, seed).Run(Elementwise(spelling).Fast, gain); // a histogram sees no ulps

    /// <summary>What is to be said of what <see cref="Depth"/> returned: a word, and the number it rests on.</summary>
    [JSExport]
    internal static string DepthVerdict(double[] result)
    {
        (string word, double number) = StackVerdict.Of(result);
        return FormattableString.Invariant($"{word} {number:R}");
    }

    /// <summary>A function of a vector divided by a temperature: the outputs, then the Jacobian by the inputs, row by row.</summary>
    [JSExport]
    internal static double[] Vector(string spelling, double[] inputs, double temperature)
    {
        Activation activation = Find(spelling);
        double[] scaled = Divide(inputs, temperature), outputs = new double[activation.OutputsFor(inputs.Length)];
        double[] jacobian = new double[outputs.Length * inputs.Length], upstream = new double[outputs.Length];
        activation.Forward(scaled, outputs);
        for (int i = 0; i < outputs.Length; i++)
        {
            upstream[i] = 1;
            activation.Backward(scaled, upstream, jacobian.AsSpan(i * inputs.Length, inputs.Length));
            upstream[i] = 0;
        }
        return [.. outputs, .. Divide(jacobian, temperature)];
    }

    /// <summary>What is to be said of a Jacobian: see <see cref="JacobianFacts"/>.</summary>
    [JSExport]
    internal static double[] JacobianFacts(double[] jacobian, int inputs)
    {
        JacobianFacts facts = Explorer.JacobianFacts.Of(jacobian, inputs);
        return [facts.LargestRowSum, facts.LargestColumnSum, facts.Zeros];
    }

    /// <summary>The outputs of a function of a vector at several temperatures, one after the other.</summary>
    [JSExport]
    internal static double[] ByTemperature(string spelling, double[] inputs, double[] temperatures)
    {
        // Vector by vector, so that noise is the same in each.
        Activation activation = Find(spelling);
        int size = activation.OutputsFor(inputs.Length);
        double[] outputs = new double[temperatures.Length * size];
        for (int step = 0; step < temperatures.Length; step++)
            activation.Forward(Divide(inputs, temperatures[step]), outputs.AsSpan(step * size, size));
        return outputs;
    }

    /// <summary>Maxout of affine pieces of one variable: the envelope at each x, then which piece won.</summary>
    [JSExport]
    internal static double[] Envelope(double[] slopes, double[] offsets, double[] x)
    {
        double[] y = new double[x.Length];
        int[] winners = new int[x.Length];
        Activation.Maxout(slopes.Length).ForwardAffine(x, slopes, offsets, y, winners);
        return [.. y, .. winners.Select(winner => (double)winner)];
    }

    /// <summary>The share of a stretch on which each of maxout's affine pieces is the largest.</summary>
    [JSExport]
    internal static double[] EnvelopeShares(double[] slopes, double[] offsets, double from, double to) =>
        Pieces.Shares(slopes, offsets, from, to);

    /// <summary>What is measured of a function with these parameters, as JSON: properties, and values where something happens.</summary>
    [JSExport]
    internal static string Measured(string spelling) =>
        JsonSerializer.Serialize(MeasuredEntry.Of(Find(spelling)), PageJson.Default.MeasuredEntry);

    private static double[] Divide(double[] numbers, double by) => [.. numbers.Select(number => number / by)];

    private static ElementwiseActivation Elementwise(string spelling) => (ElementwiseActivation)Find(spelling);

    private static Activation Find(string spelling)
    {
        if (Parsed.TryGetValue(spelling, out Activation? known))
            return known;
        // A slider makes a new spelling with every move; old ones are not wanted again.
        if (Parsed.Count > 256)
            Parsed.Clear();
        return Parsed[spelling] = OwnFormula.Parse(spelling);
    }
}
