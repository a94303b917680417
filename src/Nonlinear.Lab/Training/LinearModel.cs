using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Optimization;
using Nonlinear.Lab.Data;

namespace Nonlinear.Lab.Training;

/// <summary>What any network should beat: a constant, and a linear or logistic model. Both are networks without hidden layers.</summary>
internal static class LinearModel
{
    // How strongly weights are drawn to 0, relative to the rows; the validation part chooses.
    private static readonly double[] Penalties = [1e-3, 1, 100];

    private const int MostSteps = 100, Memory = 10;

    /// <summary>The model that gives every row the frequencies of the classes, or the mean.</summary>
    public static Network Constant(DataPart train)
    {
        double[] biases = train.Classes == 0
            ? [train.Targets.Average(target => (double)target)]
            : [.. Enumerable.Range(0, train.Classes).Select(
                label => PortableMath.Log(Math.Max(0.5, train.Targets.Count(target => (int)target == label)) / train.Count))];
        return Of(train, new double[train.Outputs * train.Features], biases);
    }

    /// <summary>The linear model with the least squared error, or the logistic one with the greatest likelihood.</summary>
    public static Network Fit(DataPart train, DataPart validation)
    {
        IEnumerable<Network> models = train.Classes == 0
            ? Penalties.Select(penalty => LeastSquares(train, penalty))
            : Penalties.Select(penalty => Logistic(train, penalty));
        return models.MinBy(model => Evaluation.Of(model, validation).Loss)!;
    }

    private static Network Of(DataPart train, double[] weights, double[] biases)
    {
        HiddenActivation unused = HiddenActivation.Of(Activation.Identity());
        Network network = new(new(train.Features, [], train.Outputs, unused, Initialisation.LeCun), seed: 0);
        for (int i = 0; i < weights.Length; i++)
            network.Parameters[0].Values.Span[i] = (float)weights[i];
        for (int i = 0; i < biases.Length; i++)
            network.Parameters[1].Values.Span[i] = (float)biases[i];
        return network;
    }

    // Inputs and targets have the mean 0, so that the bias is 0.
    private static Network LeastSquares(DataPart train, double penalty)
    {
        Matrix<double> x = DenseMatrix.Create(train.Count, train.Features, (row, i) => train.Inputs[(row * train.Features) + i]);
        Vector<double> y = DenseVector.Create(train.Count, row => train.Targets[row]);
        Matrix<double> normal = x.TransposeThisAndMultiply(x) + (penalty * DenseMatrix.CreateIdentity(train.Features));
        return Of(train, [.. normal.Cholesky().Solve(x.TransposeThisAndMultiply(y))], [0]);
    }

    private static Network Logistic(DataPart train, double penalty)
    {
        LogisticLoss loss = new(train, penalty / train.Count);
        LimitedMemoryBfgsMinimizer minimizer = new(1e-5, 1e-7, 1e-9, Memory, MostSteps);
        try
        {
            minimizer.FindMinimum(ObjectiveFunction.Gradient(loss.Evaluate), DenseVector.Create(loss.Length, 0));
        }
        catch (OptimizationException)
        {
            // Floats make the last steps uncertain: the best place so far is as good.
        }
        double[] best = loss.Best;
        return Of(train, best[..(train.Outputs * train.Features)], best[(train.Outputs * train.Features)..]);
    }

    /// <summary>The mean cross-entropy of a softmax of a linear model, with its gradient, and the best parameters seen.</summary>
    private sealed class LogisticLoss(DataPart train, double penalty)
    {
        private readonly float[] _inputs = train.Inputs, _outputs = new float[train.Count * train.Classes],
            _weights = new float[train.Classes * train.Features], _slopes = new float[train.Classes * train.Features];

        private double _least = double.PositiveInfinity;

        public int Length => _weights.Length + train.Classes;

        public double[] Best { get; private set; } = [];

        public (double Value, Vector<double> Gradient) Evaluate(Vector<double> parameters)
        {
            int classes = train.Classes;
            for (int i = 0; i < _weights.Length; i++)
                _weights[i] = (float)parameters[i];
            FastestProduct.OfThisMachine.Multiply(_inputs, _weights, _outputs, train.Count, classes, train.Features, transposeB: true);
            double sum = 0;
            double[] gradient = new double[Length];
            double[] powers = new double[classes];
            for (int row = 0; row < train.Count; row++)
            {
                Span<float> outputs = _outputs.AsSpan(row * classes, classes);
                for (int i = 0; i < classes; i++)
                    powers[i] = outputs[i] + parameters[_weights.Length + i];
                double largest = powers.Max(), total = 0;
                int label = (int)train.Targets[row];
                sum += largest - powers[label];
                for (int i = 0; i < classes; i++)
                    total += powers[i] = PortableMath.Exp(powers[i] - largest);
                sum += PortableMath.Log(total);
                for (int i = 0; i < classes; i++)
                {
                    double slope = ((powers[i] / total) - (i == label ? 1 : 0)) / train.Count;
                    outputs[i] = (float)slope;
                    gradient[_weights.Length + i] += slope;
                }
            }
            FastestProduct.OfThisMachine.Multiply(_outputs, _inputs, _slopes, classes, train.Features, train.Count, transposeA: true);
            double loss = sum / train.Count;
            for (int i = 0; i < _weights.Length; i++)
            {
                gradient[i] = _slopes[i] + (penalty * parameters[i]);
                loss += penalty / 2 * parameters[i] * parameters[i];
            }
            if (loss < _least)
                (_least, Best) = (loss, [.. parameters]);
            return (loss, DenseVector.OfArray(gradient));
        }
    }
}
