namespace Nonlinear.Lab.Measure;

/// <summary>What is measured of a function along an axis, on seeded random vectors of doubles.</summary>
public sealed record AxisProperties
{
    /// <summary>The function's name.</summary>
    public required string Name { get; init; }

    /// <summary>The smallest and the largest output seen.</summary>
    public required Stretch OutputsSeen { get; init; }

    /// <summary>The smallest and the largest sum of a vector's outputs.</summary>
    public required Stretch Sum { get; init; }

    /// <summary>By how much an output changes, at most, when the same number is added to all inputs.</summary>
    public required double ShiftError { get; init; }

    /// <summary>The largest sum of a row of the Jacobian, by magnitude: 0 means that a shift of all inputs changes nothing.</summary>
    public required double LargestRowSum { get; init; }

    /// <summary>The largest element of the Jacobian off its diagonal, by magnitude: 0 would mean that outputs are independent.</summary>
    public required double LargestCoupling { get; init; }

    /// <summary>Whether the outputs have the order of the inputs.</summary>
    public required bool KeepsOrder { get; init; }

    /// <summary>Measures a function.</summary>
    public static AxisProperties Of(AxisActivation activation)
    {
        const int Vectors = 200, Length = 10;
        Random random = new(1);
        double least = double.PositiveInfinity, most = double.NegativeInfinity, leastSum = least, mostSum = most;
        double shiftError = 0, rowSum = 0, coupling = 0;
        bool keepsOrder = true;
        double[] x = new double[Length], y = new double[Length], shifted = new double[Length], jacobian = new double[Length * Length];
        for (int vector = 0; vector < Vectors; vector++)
        {
            // Whole numbers of 2⁻²⁰, so that the shift itself rounds nothing.
            for (int i = 0; i < Length; i++)
                x[i] = Math.Round(MathNet.Numerics.Distributions.Normal.Sample(random, 0, 3) * (1 << 20)) / (1 << 20);
            activation.Forward(x, y);
            activation.Forward(x.Select(value => value + 1000).ToArray(), shifted);
            activation.Jacobian(x, jacobian);

            (least, most) = (Math.Min(least, y.Min()), Math.Max(most, y.Max()));
            (leastSum, mostSum) = (Math.Min(leastSum, y.Sum()), Math.Max(mostSum, y.Sum()));
            shiftError = Math.Max(shiftError, y.Zip(shifted, (a, b) => Math.Abs(a - b)).Max());
            for (int row = 0; row < Length; row++)
            {
                double[] elements = jacobian[(row * Length)..((row + 1) * Length)];
                rowSum = Math.Max(rowSum, Math.Abs(elements.Sum()));
                coupling = Math.Max(coupling, elements.Where((_, column) => column != row).Max(Math.Abs));
            }
            // Different inputs may have the same output, such as 0.
            int[] rising = [.. Enumerable.Range(0, Length).OrderBy(i => x[i])];
            keepsOrder &= rising.Zip(rising.Skip(1)).All(pair => y[pair.First] <= y[pair.Second]);
        }
        return new()
        {
            Name = activation.ToString(),
            OutputsSeen = new(least, most),
            Sum = new(leastSum, mostSum),
            ShiftError = shiftError,
            LargestRowSum = rowSum,
            LargestCoupling = coupling,
            KeepsOrder = keepsOrder,
        };
    }
}
