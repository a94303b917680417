using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace Nonlinear.Tests;

/// <summary>SELU's constants, from the two equations that define them (Klambauer et al., Self-Normalizing Neural Networks, 2017).</summary>
/// <param name="Alpha">α makes the mean of the output 0 for standard normal input.</param>
/// <param name="Lambda">λ makes its variance 1.</param>
internal readonly record struct SeluConstants(double Alpha, double Lambda)
{
    /// <summary>Solves the equations E f(X) = 0 and E f(X)² = 1 with f = λ · ELU(α) on X ~ N(0, 1), by quadrature; to 12 digits.</summary>
    public static SeluConstants Solve()
    {
        ElementwiseActivation elu = Activation.Elu();
        double meanAbove = Expectation(x => x, 0, 13), meanBelow = Expectation(elu.Forward, -13, 0);
        double alpha = -meanAbove / meanBelow;
        double squareAbove = Expectation(x => x * x, 0, 13), squareBelow = Expectation(x => elu.Forward(x) * elu.Forward(x), -13, 0);
        return new(alpha, 1 / Math.Sqrt(squareAbove + (alpha * alpha * squareBelow)));
    }

    private static double Expectation(Func<double, double> function, int from, int to) => Enumerable.Range(from, to - from)
        .Sum(panel => GaussLegendreRule.Integrate(x => function(x) * Normal.PDF(0, 1, x), panel, panel + 1, 32));
}
