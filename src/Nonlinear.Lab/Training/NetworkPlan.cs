namespace Nonlinear.Lab.Training;

/// <summary>What a network is to be.</summary>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Hidden">The width of each hidden layer.</param>
/// <param name="Outputs">The number of outputs.</param>
/// <param name="Activation">What stands behind every hidden layer.</param>
/// <param name="Initialisation">How the weights start; the biases start at 0.</param>
internal sealed record NetworkPlan(
    int Inputs,
    IReadOnlyList<int> Hidden,
    int Outputs,
    HiddenActivation Activation,
    Initialisation Initialisation)
{
    /// <summary>The pictures that the inputs are, where there are convolutions.</summary>
    public PictureShape Picture { get; init; }

    /// <summary>The filters of each convolution in front of the hidden layers: 3 × 3 places, every second place.</summary>
    public IReadOnlyList<int> Filters { get; init; } = [];

    /// <summary>The share of units that each hidden layer drops while training.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether what is dropped goes to SELU's lower limit rather than to 0, with mean and variance kept.</summary>
    public bool AlphaDropout { get; init; }

    /// <summary>Whether the sums of each hidden layer are normalised over the batch before its activation.</summary>
    public bool Normalised { get; init; }

    /// <summary>Whether the sums of a hidden layer are added to those of the next, where they are as many.</summary>
    public bool Residual { get; init; }

    /// <summary>Scales the initial weights, to see what a wrong initialisation does.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>What the biases of the hidden layers start at, or the shifts of their normalisation.</summary>
    public double Bias { get; init; }
}
