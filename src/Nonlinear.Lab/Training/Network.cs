namespace Nonlinear.Lab.Training;

/// <summary>A dense network as the lab plans one.</summary>
/// <param name="plan">What it is to be.</param>
/// <param name="seed">The seed of the weights; the same plan and seed give the same network.</param>
internal sealed class Network(NetworkPlan plan, int seed) : Sequential(LayersOf(plan, seed))
{
    /// <summary>What the network was to be.</summary>
    public NetworkPlan Plan => plan;

    /// <summary>The places among the layers at which an activation stands.</summary>
    public IEnumerable<int> ActivationPlaces =>
        Enumerable.Range(0, Layers.Count).Where(place => Layers[place] is FixedActivation or LearnedActivation or MaxoutPooling);

    private static List<NetworkLayer> LayersOf(NetworkPlan plan, int seed)
    {
        List<NetworkLayer> layers = [];
        int width = plan.Inputs, dense = 0;
        foreach (int units in plan.Hidden)
        {
            layers.Add(NewDense(width, units, plan.Activation.Pieces, plan.Bias));
            layers.Add(NewActivation(plan.Activation, units));
            if (plan.Dropout > 0)
                layers.Add(plan.AlphaDropout ? Dropout.Alpha(units, plan.Dropout) : Dropout.Plain(units, plan.Dropout));
            width = units;
        }
        layers.Add(NewDense(width, plan.Outputs, pieces: 1, bias: 0));
        return layers;

        // Each layer draws its weights from its own stream, so that every activation of a study starts from the same weights.
        Dense NewDense(int inputs, int units, int pieces, double bias) => new(
            inputs,
            units * pieces,
            plan.Gain * plan.Initialisation.Deviation(inputs, units),
            bias,
            new(seed, FormattableString.Invariant($"weights {dense++}")))
        {
            Product = FastestProduct.OfThisMachine,
        };
    }

    private static NetworkLayer NewActivation(HiddenActivation activation, int units) => activation.Function switch
    {
        PooledActivation maxout => new MaxoutPooling(maxout, units),
        ElementwiseActivation function when activation.Learned =>
            new LearnedActivation(new(function, activation.PerChannel ? units : 1), units),
        ElementwiseActivation function => new FixedActivation(function, units),
        _ => throw new NotSupportedException($"{activation.Function.Info.Name} cannot stand between two layers."),
    };
}
