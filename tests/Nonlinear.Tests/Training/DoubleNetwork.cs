using Nonlinear.Layers;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>The mean loss of a network in doubles, by plain loops and the textbook's formulas: what gradients are judged by.</summary>
internal sealed class DoubleNetwork
{
    private readonly Sequential _network;

    public DoubleNetwork(Sequential network)
    {
        _network = network;
        Parameters = [.. network.Parameters.Select(parameter => parameter.Values.ToArray().Select(value => (double)value).ToArray())];
    }

    /// <summary>Everything that is learned, in the network's order.</summary>
    public double[][] Parameters { get; }

    /// <summary>The mean loss over the rows.</summary>
    public double MeanLoss(DataPart data, Func<double[], double, double> loss)
    {
        double sum = 0;
        for (int row = 0; row < data.Count; row++)
        {
            double[] numbers = [.. data.Inputs.AsSpan(row * data.Features, data.Features).ToArray().Select(value => (double)value)];
            int parameter = 0;
            foreach (NetworkLayer layer in _network.Layers)
            {
                numbers = Through(layer, numbers, parameter);
                parameter += layer.Parameters.Count;
            }
            sum += loss(numbers, data.Targets[row]);
        }
        return sum / data.Count;
    }

    private double[] Through(NetworkLayer layer, double[] x, int parameter) => layer switch
    {
        Dense => [.. Enumerable.Range(0, layer.Outputs).Select(output => Parameters[parameter + 1][output]
            + x.Select((value, i) => value * Parameters[parameter][(output * x.Length) + i]).Sum())],
        FixedActivation { Function: ElementwiseActivation function } => [.. x.Select(value => function.Forward(value))],
        LearnedActivation { Layer: LearnableActivation learned } => [.. x.Select(
            (value, unit) => OfValue(learned.Function, Parameters[parameter][learned.Channels == 1 ? 0 : unit]).Forward(value))],
        MaxoutPooling => [.. x.Chunk(layer.Inputs / layer.Outputs).Select(pieces => pieces.Max())],
        _ => throw new NotSupportedException(layer.GetType().Name),
    };

    private static ElementwiseActivation OfValue(ElementwiseActivation function, double value) => (ElementwiseActivation)Activation.Parse(
        FormattableString.Invariant($"{function.Info.Name}({function.Info.Parameters[0].Name}={value:R})"));
}
