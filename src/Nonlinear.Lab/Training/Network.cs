namespace Nonlinear.Lab.Training;

/// <summary>A network as the lab plans one: convolutions if it is one for pictures, then dense layers.</summary>
internal sealed class Network : Sequential
{
    private const int SideOfFilter = 3, StepOfFilter = 2;

    /// <summary>Makes a network.</summary>
    /// <param name="plan">What it is to be.</param>
    /// <param name="seed">The seed of the weights; the same plan and seed give the same network.</param>
    public Network(NetworkPlan plan, int seed)
        : this(plan, LayersOf(plan, seed))
    {
    }

    private Network(NetworkPlan plan, List<NetworkLayer> layers)
        : base(layers, plan.Residual ? ShortcutsOf(layers) : []) => Plan = plan;

    /// <summary>What the network was to be.</summary>
    public NetworkPlan Plan { get; }

    /// <summary>The places among the layers at which an activation stands.</summary>
    public IEnumerable<int> ActivationPlaces =>
        Enumerable.Range(0, Layers.Count).Where(place => Layers[place] is FixedActivation or LearnedActivation or MaxoutPooling);

    /// <summary>The units of the activation at a place: those of a dense layer, or the filters of a convolution.</summary>
    public int UnitsAt(int place)
    {
        NetworkLayer sums = Layers.Take(place).Last(layer => layer is Dense or Convolution);
        return Layers[place].Outputs / (sums is Convolution convolution ? convolution.Output.Positions : 1);
    }

    private static List<NetworkLayer> LayersOf(NetworkPlan plan, int seed)
    {
        List<NetworkLayer> layers = [];
        int width = plan.Inputs, weighted = 0, pieces = plan.Activation.Pieces;
        double bias = plan.Normalised ? 0 : plan.Bias;
        PictureShape picture = plan.Picture;
        foreach (int filters in plan.Filters)
        {
            Convolution convolution = NewConvolution(picture, filters * pieces);
            layers.Add(convolution);
            picture = convolution.Output with { Channels = filters };
            AddActivation(filters, picture.Positions);
            width = picture.Length;
        }
        foreach (int units in plan.Hidden)
        {
            layers.Add(NewDense(width, units, units * pieces, bias, learnsBiases: !plan.Normalised));
            AddActivation(units, positions: 1);
            width = units;
        }
        layers.Add(NewDense(width, plan.Outputs, plan.Outputs, startingBias: 0, learnsBiases: true));
        return layers;

        void AddActivation(int units, int positions)
        {
            int outputs = units * positions;
            if (plan.Normalised)
                layers.Add(new BatchNormalisation(units * pieces, positions, plan.Bias));
            layers.Add(NewActivation(plan.Activation, units, positions));
            if (plan.Dropout > 0)
                layers.Add(plan.AlphaDropout ? Dropout.Alpha(outputs, plan.Dropout) : Dropout.Plain(outputs, plan.Dropout));
        }

        Dense NewDense(int inputs, int units, int sums, double startingBias, bool learnsBiases) => new(
            inputs, sums, Deviation(inputs, units), startingBias, Weights())
        {
            LearnsBiases = learnsBiases,
            Product = FastestProduct.OfThisMachine,
        };

        Convolution NewConvolution(PictureShape input, int sums) => new(
            input,
            sums,
            SideOfFilter,
            StepOfFilter,
            Deviation(SideOfFilter * SideOfFilter * input.Channels, sums / pieces),
            bias,
            Weights())
        {
            LearnsBiases = !plan.Normalised,
            Product = FastestProduct.OfThisMachine,
        };

        double Deviation(int inputs, int units) => plan.Gain * plan.Initialisation.Deviation(inputs, units);

        // Each layer draws its weights from its own stream, so that every activation of a study starts from the same weights.
        RandomStream Weights() => new(seed, FormattableString.Invariant($"weights {weighted++}"));
    }

    // From the sums of one hidden layer to those of the next, before normalisation and activation (He et al., 2016, arXiv:1603.05027):
    // so an activation's outputs are its own, and the network has the layers of one without shortcuts.
    private static List<Shortcut> ShortcutsOf(List<NetworkLayer> layers)
    {
        int[] dense = [.. Enumerable.Range(0, layers.Count).Where(place => layers[place] is Dense)];
        return
        [
            .. dense.Zip(dense.Skip(1).SkipLast(1))
                .Where(pair => layers[pair.First].Outputs == layers[pair.Second].Outputs)
                .Select(pair => new Shortcut(pair.First + 1, pair.Second)),
        ];
    }

    private static NetworkLayer NewActivation(HiddenActivation activation, int units, int positions) => activation.Function switch
    {
        PooledActivation maxout => new MaxoutPooling(maxout, units * positions),
        ElementwiseActivation function when activation.Learned =>
            new LearnedActivation(new(function, activation.PerChannel ? units : 1), units, positions),
        ElementwiseActivation function => new FixedActivation(function, units * positions),
        _ => throw new NotSupportedException($"{activation.Function.Info.Name} cannot stand between two layers."),
    };
}
