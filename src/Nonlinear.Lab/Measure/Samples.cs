namespace Nonlinear.Lab.Measure;

/// <summary>
/// A function and its first two derivatives on a grid that is fine where functions bend, finer and finer about 0, where a large parameter
/// may have drawn it all together, and reaches far into the tails.
/// </summary>
internal sealed class Samples
{
    /// <summary>The fine grid reaches from minus this to this; 0 and every multiple of 1/128 are on it.</summary>
    private const int Reach = 24;
    private const double Step = 1.0 / 128;

    private const int Tail = 40;

    // Halves of the fine grid's step about 0, down to some 10⁻¹⁵.
    private const int Near = 42;

    public Samples(ElementwiseActivation activation)
    {
        IEnumerable<double> tail = Enumerable.Range(0, Tail).Select(k => Reach * Math.Pow(1.5, k + 1));
        double[] near = [.. Enumerable.Range(1, Near).Select(k => Math.ScaleB(Step, -k))];
        double[] fine =
        [
            .. Enumerable.Range(0, (int)(2 * Reach / Step) + 1).Select(k => -Reach + (k * Step))
                .Concat(near).Concat(near.Select(x => -x)).Order(),
        ];
        Fine = Tail..(Tail + fine.Length);
        X = [.. tail.Reverse().Select(x => -x), .. fine, .. tail];
        Value = new double[X.Length];
        Derivative = new double[X.Length];
        Curvature = new double[X.Length];
        activation.Forward(X, Value);
        activation.Derivative(X, Derivative);
        activation.Curvature(X, Curvature);
    }

    public double[] X { get; }

    /// <summary>Which of them are the fine grid.</summary>
    public Range Fine { get; }

    public double[] Value { get; }

    public double[] Derivative { get; }

    public double[] Curvature { get; }
}
