namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>
/// The functions by which activations of models are named: the catalogue. Where a function has parameters, a
/// few of its values tell them.
/// </summary>
internal static class KnownFunctions
{
    private const double Far = 40;

    // What is said of a family: the parameters that the values of a function ask for, and the function with them.
    private static readonly (Func<Func<double, double>, double[]> Parameters, Func<double[], ElementwiseActivation> Create)[] Families =
    [
        (f => [-f(-1)], Make<LeakyRelu>),
        (f => [-f(-Far)], Make<Elu>),
        (f => [-f(-Far)], Make<Celu>),
        (f => [Logit(f(1))], Make<Swish>),
        (f => [Slope(f), f(0)], Make<HardSigmoid>),
        (f => f(-1e4) > -1e4 && f(1e4) < 1e4 ? [f(-1e4), f(1e4)] : [double.NaN], Make<Clip>),
        (f => [Math.Log(2) / f(0)], Make<Softplus>),
        (f => [FirstAbove(f)], Make<ThresholdedRelu>),
        (f => [(f(2) - f(1)) / 3, f(-1)], Make<StarRelu>),
        (f => [FirstAbove(f)], Make<HardShrink>),
        (f => [FirstAbove(f)], Make<SoftShrink>),
        (f => [Far - f(Far), FirstAbove(f)], Make<Shrink>),
        (f => [f(1e6)], Make<Softcap>),
        (f => [f(Far), Slope(f) / f(Far)], Make<ScaledTanh>),
        (OfHardSwish, Make<HardSwish>),
    ];

    // Those that are another function by a better name, or as often no activation at all.
    private static readonly string[] Unnamed =
    [
        "prelu", "rrelu", "clamped_relu", "clip", "smelu", "threshold", "step", "abs", "square", "identity", "affine",
        "exponential", "log1mexp", "snake_beta", "dyt", "derf",
    ];

    /// <summary>The functions without parameters, or with those that they usually have.</summary>
    public static IReadOnlyList<ElementwiseActivation> Fixed { get; } =
        [.. Catalog.Defaults.OfType<ElementwiseActivation>().Where(function => !Unnamed.Contains(function.Info.Name))];

    /// <summary>What functions with parameters could be a function.</summary>
    /// <param name="f">The function.</param>
    public static IEnumerable<ElementwiseActivation> Fitting(Func<double, double> f)
    {
        foreach ((Func<Func<double, double>, double[]> parameters, Func<double[], ElementwiseActivation> create) in Families)
        {
            // Constants are floats as a rule, and 0.2 is what a float's 0.200000003 was written as.
            double[] values = parameters(f);
            if (values.All(value => Math.Abs(value) < 1e9)
                && Allowed(create, [.. values.Select(value => (double)(decimal)(float)value)]) is { } function)
                yield return function;
        }
    }

    private static ElementwiseActivation? Allowed(Func<double[], ElementwiseActivation> create, double[] values)
    {
        try
        {
            return create(values);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static ElementwiseActivation Make<F>(double[] values)
        where F : struct, IElementwise<F> => ElementwiseActivation.Create<F>(values);

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private static double Slope(Func<double, double> f) => (f(0.01) - f(-0.01)) / 0.02;

    // Where a function that is 0 about 0 leaves it, to within a float.
    private static double FirstAbove(Func<double, double> f)
    {
        (double low, double high) = (0, Far);
        if (f(low) != 0 || f(high) == 0)
            return double.NaN;
        while ((float)low != (float)high && high - low > 1e-9)
        {
            double middle = (low + high) / 2;
            (low, high) = f(middle) == 0 ? (middle, high) : (low, middle);
        }
        return low;
    }

    // About 0 it is αx² + βx.
    private static double[] OfHardSwish(Func<double, double> f) => [2 * (f(0.5) + f(-0.5)), f(0.5) - f(-0.5)];
}
