namespace Nonlinear.Explorer;

/// <summary>What the numbers of a Jacobian say, row by row the slopes of an output.</summary>
/// <param name="LargestRowSum">The largest sum of a row by magnitude: 0 where a number added to all inputs changes no output.</param>
/// <param name="LargestColumnSum">The largest sum of a column: 0 where what one output gains the others lose.</param>
/// <param name="Zeros">How many slopes are 0: pairs of an input and an output that does not answer to it.</param>
internal readonly record struct JacobianFacts(double LargestRowSum, double LargestColumnSum, int Zeros)
{
    // What is left of a sum that cancels.
    private const double Rounding = 1e-14;

    /// <summary>Reads a Jacobian.</summary>
    public static JacobianFacts Of(double[] jacobian, int inputs)
    {
        int outputs = jacobian.Length / inputs;
        return new(
            Enumerable.Range(0, outputs).Max(i => Sum(jacobian.AsSpan(i * inputs, inputs).ToArray())),
            Enumerable.Range(0, inputs).Max(j => Sum([.. Enumerable.Range(0, outputs).Select(i => jacobian[(i * inputs) + j])])),
            jacobian.Count(slope => slope == 0));
    }

    private static double Sum(double[] slopes) =>
        Math.Abs(slopes.Sum()) is var sum && sum <= Rounding * slopes.Sum(Math.Abs) ? 0 : sum;
}
