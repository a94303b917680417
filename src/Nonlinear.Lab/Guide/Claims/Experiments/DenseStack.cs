namespace Nonlinear.Lab.Guide.Claims.Experiments;

/// <summary>
/// Equal square layers y = f(W x), one after another, with random weights of standard deviation gain / √width: what is left of signal
/// and gradient at each depth.
/// </summary>
internal sealed class DenseStack
{
    private readonly Activation _activation;
    private readonly double[][] _weights, _inputs;

    /// <summary>Builds the layers, as wide as the input, and sends the input through.</summary>
    public DenseStack(Activation activation, double gain, int depth, double[] input, int seed)
    {
        NormalNumbers numbers = new(seed);
        _activation = activation;
        _weights = [.. Enumerable.Range(0, depth).Select(_ => numbers.Next(input.Length * input.Length, gain / Math.Sqrt(input.Length)))];
        _inputs = new double[depth][];
        Output = input;
        for (int layer = 0; layer < depth; layer++)
        {
            _inputs[layer] = Multiply(_weights[layer], Output);
            Output = new double[input.Length];
            _activation.Forward(_inputs[layer], Output);
        }
    }

    /// <summary>What the last layer puts out.</summary>
    public double[] Output { get; }

    /// <summary>The length of a random gradient after it was carried back through the last 1, 2, … layers, relative to its start.</summary>
    public double[] GradientByDepth()
    {
        double[] gradient = new NormalNumbers(seed: 7).Next(Output.Length), lengths = new double[_weights.Length];
        double start = Length(gradient);
        for (int layer = _weights.Length - 1, passed = 0; layer >= 0; layer--, passed++)
        {
            _activation.Backward(_inputs[layer], gradient, gradient);
            gradient = MultiplyTransposed(_weights[layer], gradient);
            lengths[passed] = Length(gradient) / start;
        }
        return lengths;
    }

    private static double[] Multiply(double[] weights, double[] x)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
                y[i] += weights[i * x.Length + j] * x[j];
        }
        return y;
    }

    private static double[] MultiplyTransposed(double[] weights, double[] y)
    {
        double[] x = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
                x[j] += weights[i * y.Length + j] * y[i];
        }
        return x;
    }

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));
}
