namespace Nonlinear.Lab.Guide.Claims.Experiments;

/// <summary>A network with one hidden layer, y = Σₖ vₖ f(wₖ · x + bₖ), whose parameters are learned by gradient descent.</summary>
/// <param name="Activation">f</param>
/// <param name="W">The weights of the hidden units, a row for each.</param>
/// <param name="B">The biases of the hidden units.</param>
/// <param name="V">The weights of the output.</param>
internal sealed record HiddenLayer(ElementwiseActivation Activation, double[][] W, double[] B, double[] V)
{
    /// <summary>So many units with normal weights, scaled so that the sizes of signals are kept, and no bias.</summary>
    public static HiddenLayer Random(ElementwiseActivation activation, int inputs, int units, NormalNumbers numbers) => new(
        activation,
        [.. Enumerable.Range(0, units).Select(_ => numbers.Next(inputs, Math.Sqrt(2.0 / inputs)))],
        new double[units],
        numbers.Next(units, 1 / Math.Sqrt(units)));

    /// <summary>The output for an input.</summary>
    public double Output(double[] x) => Dot(V, Hidden(x));

    /// <summary>The mean squared error over some inputs.</summary>
    public double Loss(IReadOnlyList<double[]> inputs, IReadOnlyList<double> targets) =>
        inputs.Zip(targets, (x, target) => Math.Pow(Output(x) - target, 2)).Average();

    /// <summary>The share of units that put out 0 for an input, on average over the inputs.</summary>
    public double SilentShare(IReadOnlyList<double[]> inputs) => inputs.Average(x => Hidden(x).Count(y => y == 0) / (double)B.Length);

    /// <summary>The share of units that put out 0 for every input: the dead ones.</summary>
    public double DeadShare(IReadOnlyList<double[]> inputs)
    {
        double[] largest = new double[B.Length];
        foreach (double[] x in inputs)
            largest = [.. Hidden(x).Zip(largest, (y, most) => Math.Max(Math.Abs(y), most))];
        return largest.Count(most => most == 0) / (double)B.Length;
    }

    /// <summary>Moves all parameters one step down the gradient of the mean squared error.</summary>
    public void Descend(IReadOnlyList<double[]> inputs, IReadOnlyList<double> targets, double step)
    {
        double[][] dw = [.. W.Select(w => new double[w.Length])];
        double[] db = new double[B.Length], dv = new double[B.Length], slope = new double[B.Length];
        foreach ((double[] x, double target) in inputs.Zip(targets))
        {
            double[] hidden = Hidden(x);
            double upstream = 2 * (Dot(V, hidden) - target) / inputs.Count;
            Activation.Derivative(PreActivations(x), slope);
            for (int k = 0; k < B.Length; k++)
            {
                double dz = upstream * V[k] * slope[k];
                Add(dw[k], x, dz);
                db[k] += dz;
                dv[k] += upstream * hidden[k];
            }
        }
        foreach ((double[] w, double[] gradient) in W.Zip(dw))
            Add(w, gradient, -step);
        Add(B, db, -step);
        Add(V, dv, -step);
    }

    private double[] PreActivations(double[] x) => [.. W.Zip(B, (w, b) => Dot(w, x) + b)];

    private double[] Hidden(double[] x)
    {
        double[] y = PreActivations(x);
        Activation.Forward(y, y);
        return y;
    }

    private static void Add(double[] sum, double[] vector, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += factor * vector[i];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
