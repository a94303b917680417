using Nonlinear.Layers;
using Nonlinear.Training;

namespace Nonlinear.Explorer;

/// <summary>
/// A small network that learns to tell points of the plane apart, a batch at a time, by the library's training kit. Steps are taken with
/// exact kernels, so that their bits are those of any other run with the same settings; pictures with fast ones.
/// </summary>
internal sealed class LearningNetwork
{
    /// <summary>How many points along each side a picture has.</summary>
    public const int Side = 32;

    private const int BatchSize = 20;

    private readonly int _seed;
    private readonly OptimiserPlan _plan;
    private readonly Dense[] _dense;
    private Sequential _network;
    private Trainer _trainer;
    private Pass _picture, _examples;
    private ElementwiseActivation _activation;

    /// <summary>Makes a network that has learned nothing yet.</summary>
    /// <param name="data">The name of the data set.</param>
    /// <param name="layers">The number of hidden layers.</param>
    /// <param name="width">The units of each.</param>
    /// <param name="activation">What stands behind each.</param>
    /// <param name="plan">How the parameters are moved.</param>
    /// <param name="seed">The seed of points, weights and batches.</param>
    public LearningNetwork(string data, int layers, int width, ElementwiseActivation activation, OptimiserPlan plan, int seed)
    {
        (_seed, _plan, _activation) = (seed, plan, activation);
        Data = PointCloud.Of(data, seed);
        _dense = [.. Enumerable.Range(0, layers + 1).Select(layer => new Dense(
            layer == 0 ? 2 : width,
            layer == layers ? 1 : width,
            layer == layers ? Initialisation.LeCun : Initialisation.He,
            new RandomStream(seed, FormattableString.Invariant($"weights {layer}"))))];
        (_network, _trainer, _picture, _examples) = Assemble();
    }

    /// <summary>The points.</summary>
    public DataPart Data { get; }

    /// <summary>The steps taken so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The mean loss of the last batch; NaN before the first step.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Every weight and bias, layer by layer.</summary>
    public float[] Weights => [.. _network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    /// <summary>The size (root mean square) of the gradient by the weights of each layer, at the last step.</summary>
    public double[] GradientSizes => [.. _dense.Select(layer => RootMeanSquare(layer.Weights.Gradient.Span))];

    /// <summary>Takes steps, fewer if training diverges.</summary>
    public void Learn(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            Loss = _trainer.Step();
            if (!double.IsFinite(Loss))
                return;
            Steps++;
        }
    }

    /// <summary>Puts another function behind the hidden layers. Weights stay; what the optimiser remembers begins anew.</summary>
    public void Switch(ElementwiseActivation activation)
    {
        _activation = activation;
        (_network, _trainer, _picture, _examples) = Assemble();
    }

    /// <summary>What the network makes of a grid over the plane, row by row from the top: the probability of the second kind.</summary>
    public double[] Surface()
    {
        _picture.Forward(Side * Side, training: false);
        float[] surface = new float[Side * Side];
        Activation.Sigmoid().Fast.Forward(_picture.Output.Span, surface);
        return [.. surface.Select(value => (double)value)];
    }

    /// <summary>What each hidden unit makes of the grid at the last <see cref="Surface"/>, a unit after the other.</summary>
    public double[] Responses()
    {
        List<double> responses = [];
        foreach (LayerBlock block in Hidden(_picture))
        {
            int width = block.Y.Length / (Side * Side);
            for (int unit = 0; unit < width; unit++)
            {
                for (int place = 0; place < Side * Side; place++)
                    responses.Add(block.Y.Span[(place * width) + unit]);
            }
        }
        return [.. responses];
    }

    /// <summary>The share of the points on whose side the network is.</summary>
    public double Right()
    {
        _examples.Forward(Data.Count, training: false);
        int right = 0;
        for (int i = 0; i < Data.Count; i++)
            right += _examples.Output.Span[i] > 0 == Data.Targets[i] > 0 ? 1 : 0;
        return (double)right / Data.Count;
    }

    /// <summary>
    /// For each hidden unit, as <see cref="Right"/> saw it last, the share of the points at which its slope is 0: a unit with 1 hands no
    /// gradient on and cannot learn from any of them.
    /// </summary>
    public double[] FlatShares()
    {
        List<double> shares = [];
        foreach (LayerBlock block in Hidden(_examples))
        {
            float[] slopes = new float[block.X.Length];
            _activation.Fast.Derivative(block.X.Span, slopes);
            int width = slopes.Length / Data.Count;
            for (int unit = 0; unit < width; unit++)
                shares.Add(Enumerable.Range(0, Data.Count).Count(row => slopes[(row * width) + unit] == 0) / (double)Data.Count);
        }
        return [.. shares];
    }

    private static IEnumerable<LayerBlock> Hidden(Pass pass) => pass.Blocks.Where((_, place) => place % 2 == 1);

    // The layers with the present activation; pictures are of the same weights.
    private (Sequential Network, Trainer Trainer, Pass Picture, Pass Examples) Assemble()
    {
        Sequential network = new([.. LayersOf(_activation)]);
        Sequential shown = new([.. LayersOf(_activation.Fast)]);
        Pass picture = new(shown, Side * Side), examples = new(shown, Data.Count);
        for (int place = 0; place < Side * Side; place++)
        {
            picture.Input.Span[2 * place] = (float)Along(place % Side);
            picture.Input.Span[(2 * place) + 1] = (float)-Along(place / Side);
        }
        Data.Inputs.CopyTo(examples.Input);
        return (network, new(network, Data, _plan, BatchSize, _seed, loss: Training.Loss.BinaryCrossEntropy), picture, examples);
    }

    private IEnumerable<NetworkLayer> LayersOf(ElementwiseActivation activation)
    {
        for (int i = 0; i < _dense.Length; i++)
        {
            if (i > 0)
                yield return new FixedActivation(activation, _dense[i].Inputs);
            yield return _dense[i];
        }
    }

    private static double Along(int step) => PointCloud.Reach * ((2 * (step + 0.5) / Side) - 1);

    private static double RootMeanSquare(ReadOnlySpan<float> numbers)
    {
        double squares = 0;
        foreach (float number in numbers)
            squares += (double)number * number;
        return Math.Sqrt(squares / numbers.Length);
    }
}
