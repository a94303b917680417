using Nonlinear.Lab.Measure;

namespace Nonlinear.Lab.Formulas;

/// <summary>Where a typed formula bends: nobody has declared it, so it is looked for.</summary>
internal static class FormulaKinks
{
    private const int Reach = 16, StepsOfOne = 32;

    /// <summary>The places where the slope jumps.</summary>
    public static IReadOnlyList<double> Of(ElementwiseActivation activation)
    {
        double[] x = [.. Enumerable.Range(-Reach * StepsOfOne, (2 * Reach * StepsOfOne) + 1).Select(i => (double)i / StepsOfOne)];
        double[] slope = new double[x.Length];
        activation.Derivative(x, slope);
        return [.. Jumps.Of(x, slope, activation.Derivative, []).Select(kink => kink.X)];
    }
}
