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

    /// <summary>The mean loss over the rows, in blocks as the trainer makes them.</summary>
    public double MeanLoss(DataPart data, Func<double[], double, double> loss) =>
        Outputs(data).Zip(data.Targets, (output, target) => loss(output, target)).Sum() / data.Count;

    private IEnumerable<double[]> Outputs(DataPart data)
    {
        const int RowsOfBlock = 64;
        foreach (double[][] block in data.Inputs.Select(value => (double)value).Chunk(data.Features).Chunk(RowsOfBlock))
        {
            double[][] rows = block;
            List<double[][]> inputs = [];
            int parameter = 0;
            for (int place = 0; place < _network.Layers.Count; place++)
            {
                NetworkLayer layer = _network.Layers[place];
                inputs.Add(rows);
                rows = layer is BatchNormalisation normalisation
                    ? Normalised(normalisation, rows, parameter)
                    : [.. rows.Select(row => Through(layer, row, parameter))];
                parameter += layer.Parameters.Count;
                foreach (Shortcut shortcut in _network.Shortcuts.Where(shortcut => shortcut.To == place))
                    rows = [.. rows.Zip(inputs[shortcut.From], (sum, added) => sum.Zip(added, (one, other) => one + other).ToArray())];
            }
            foreach (double[] row in rows)
                yield return row;
        }
    }

    private double[][] Normalised(BatchNormalisation layer, double[][] rows, int parameter)
    {
        int channels = layer.Means.Length;
        double[] means = new double[channels], deviations = new double[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double[] all = [.. rows.SelectMany(row => row.Where((_, i) => i % channels == channel))];
            means[channel] = all.Average();
            deviations[channel] = Math.Sqrt(all.Average(value => Math.Pow(value - means[channel], 2)) + 1e-5);
        }
        return [.. rows.Select(row => row.Select((value, i) => Parameters[parameter + 1][i % channels]
            + (Parameters[parameter][i % channels] * (value - means[i % channels]) / deviations[i % channels])).ToArray())];
    }

    // By the definition: the sum over the square about each place, as far as it lies within the picture.
    private double[] Convolved(Convolution layer, double[] x, int parameter)
    {
        (PictureShape input, PictureShape output, int half) = (layer.Input, layer.Output, layer.Side / 2);
        double[] y = new double[layer.Outputs];
        for (int i = 0; i < y.Length; i++)
        {
            int filter = i % output.Channels, column = i / output.Channels % output.Width, line = i / output.Channels / output.Width;
            y[i] = layer.LearnsBiases ? Parameters[parameter + 1][filter] : 0;
            for (int down = -half; down <= half; down++)
            {
                for (int across = -half; across <= half; across++)
                {
                    int from = (line * layer.Step) + down, at = (column * layer.Step) + across;
                    for (int channel = 0; channel < input.Channels; channel++)
                    {
                        int weight = ((((down + half) * layer.Side) + across + half) * input.Channels) + channel;
                        if (from >= 0 && from < input.Height && at >= 0 && at < input.Width)
                            y[i] += Parameters[parameter][(filter * layer.Patch) + weight]
                                * x[(((from * input.Width) + at) * input.Channels) + channel];
                    }
                }
            }
        }
        return y;
    }

    private double[] Through(NetworkLayer layer, double[] x, int parameter) => layer switch
    {
        Convolution convolution => Convolved(convolution, x, parameter),
        Dense dense => [.. Enumerable.Range(0, layer.Outputs).Select(output =>
            (dense.LearnsBiases ? Parameters[parameter + 1][output] : dense.Biases.Values.Span[output])
            + x.Select((value, i) => value * Parameters[parameter][(output * x.Length) + i]).Sum())],
        FixedActivation { Function: ElementwiseActivation function } => [.. x.Select(value => function.Forward(value))],
        LearnedActivation { Layer: LearnableActivation learned } => [.. x.Select(
            (value, unit) => OfValue(learned.Function, Parameters[parameter][unit % learned.Channels]).Forward(value))],
        MaxoutPooling => [.. x.Chunk(layer.Inputs / layer.Outputs).Select(pieces => pieces.Max())],
        _ => throw new NotSupportedException(layer.GetType().Name),
    };

    private static ElementwiseActivation OfValue(ElementwiseActivation function, double value) => (ElementwiseActivation)Activation.Parse(
        FormattableString.Invariant($"{function.Info.Name}({function.Info.Parameters[0].Name}={value:R})"));
}
