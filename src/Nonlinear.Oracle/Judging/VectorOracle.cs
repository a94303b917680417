namespace Nonlinear.Oracle.Judging;

/// <summary>A function of a vector and its gradient, for one vector, in many bits.</summary>
/// <remarks>Numbers are good until the next vector.</remarks>
internal abstract class VectorOracle
{
    private const double Tiny = 1e-40;

    /// <summary>The formula of a function, from its paper: one line for each function.</summary>
    /// <exception cref="ArgumentException">It has no line here.</exception>
    public static VectorOracle Of(AxisActivation activation, double[] x)
    {
        // Beside a threshold that lies between inputs, numbers of every size tell who is above it.
        bool hasThreshold = activation.Info.Name is "sparsemax" or "entmax";
        BigFloat.Reset(wide: hasThreshold && x.Any(value => value != 0 && Math.Abs(value) < Tiny));
        IReadOnlyList<double> p = activation.ParameterValues;
        return activation.Info.Name switch
        {
            "softmax" => new SoftmaxOracle(x),
            "log_softmax" => new SoftmaxOracle(x) { IsLog = true },
            "softmin" => new SoftmaxOracle([.. x.Select(value => -value)]) { Slope = -1 },
            "hardmax" => new HardmaxOracle(x),
            "sparsemax" => new EntmaxOracle(x, 2),
            "entmax" => p[0] == 1 ? new SoftmaxOracle(x) : new EntmaxOracle(x, p[0]),
            "gumbel_softmax" when p[1] == 0 => new SoftmaxOracle(WithNoise(x, p[0], (long)p[2])) { Slope = 1 / (BigFloat)p[0] },
            string name => throw new ArgumentException($"The oracle knows no '{name}'; add it to VectorOracle.cs.", nameof(activation)),
        };
    }

    /// <summary>Whether the vector has a result; one that has none should give NaN throughout.</summary>
    public abstract bool IsDefined { get; }

    /// <summary>The i-th output.</summary>
    public abstract BigFloat Output(int i);

    /// <summary>What is summed over the vector for its gradient, and the same of the absolute terms.</summary>
    public abstract (BigFloat Sum, BigFloat Terms) Sums(double[] dy);

    /// <summary>The gradient by the i-th input, and the size of the terms that it is the difference of.</summary>
    public abstract (BigFloat Gradient, BigFloat Terms) Gradient(int i, double dy, BigFloat sum, BigFloat terms);

    // (x + noise) / τ, rounded to a double as is documented. The noise is judged by itself.
    private static double[] WithNoise(double[] x, double tau, long seed)
    {
        double[] noise = new double[x.Length];
        GumbelSoftmax.Noise(seed, 0, noise);
        return [.. x.Zip(noise, (value, g) => double.IsFinite(value) ? (((BigFloat)value + g) / tau).ToDouble() : value)];
    }
}
