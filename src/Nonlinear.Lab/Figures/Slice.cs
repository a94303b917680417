namespace Nonlinear.Lab.Figures;

/// <summary>A function seen along one input: f(x), the gate of a gated unit whose value is 1, or the first output of f(x, 0, …).</summary>
internal sealed class Slice
{
    private const int Points = 120;

    private readonly Activation _activation;
    private readonly int _inputs;

    public Slice(Activation activation)
    {
        _activation = Gates.First(activation);
        _inputs = activation switch { ElementwiseActivation or WidenedActivation => 1, PooledActivation pooled => pooled.Pieces, _ => 2 };
    }

    /// <summary>Points of the function and of its derivative on a stretch, by default the one that shows it best.</summary>
    public (IReadOnlyList<(double X, double Y)> Function, IReadOnlyList<(double X, double Y)> Derivative) Curves(
        (double From, double To)? range = null)
    {
        (double from, double to) = range ?? _activation.Info.FigureRange;
        const double Beside = 1e-9;
        double[] places =
        [
            .. Enumerable.Range(0, Points + 1).Select(i => from + ((to - from) * i / Points))
                .Concat(_activation.Kinks
                    .Where(kink => kink > from && kink < to)
                    .SelectMany(kink => new[] { kink - Beside, kink, kink + Beside }))
                .Distinct().Order(),
        ];
        return (
            [.. places.Select(x => (x, Value(x)))],
            [.. places.Select(x => (x, _activation.Kinks.Contains(x) ? double.NaN : Slope(x)))]);
    }

    private double Value(double x)
    {
        double[] input = Input(x), output = new double[Outputs];
        _activation.Forward(input, output);
        return output[0];
    }

    private double Slope(double x)
    {
        double[] input = Input(x), upstream = new double[Outputs], gradient = new double[_inputs];
        upstream[0] = 1;
        _activation.Backward(input, upstream, gradient);
        return gradient[0];
    }

    private double[] Input(double x)
    {
        double[] input = new double[_inputs];
        input[0] = x;
        if (_activation is GatedActivation)
            input[1] = 1;
        return input;
    }

    private int Outputs => _activation.OutputsFor(_inputs);
}
