namespace Nonlinear.Training;

/// <summary>How the weights of a layer start: normally distributed, with a deviation that keeps signals or gradients their size.</summary>
public enum Initialisation
{
    /// <summary>√(2 / inputs), for functions that let half of the signal through (He et al., 2015, arXiv:1502.01852).</summary>
    He,

    /// <summary>√(2 / (inputs + outputs)), for functions with slope 1 at 0 (Glorot and Bengio, 2010).</summary>
    Glorot,

    /// <summary>√(1 / inputs) (LeCun et al., 1998), which SELU is made for.</summary>
    LeCun,
}

/// <summary>What each initialisation comes to.</summary>
public static class InitialisationRules
{
    /// <summary>The standard deviation of a layer's weights.</summary>
    /// <param name="initialisation">The rule.</param>
    /// <param name="inputs">The number of inputs of a row.</param>
    /// <param name="outputs">The number of outputs of a row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rule.</exception>
    public static double Deviation(this Initialisation initialisation, int inputs, int outputs) => initialisation switch
    {
        Initialisation.He => Math.Sqrt(2.0 / inputs),
        Initialisation.Glorot => Math.Sqrt(2.0 / (inputs + outputs)),
        Initialisation.LeCun => Math.Sqrt(1.0 / inputs),
        _ => throw new ArgumentOutOfRangeException(nameof(initialisation), initialisation, "There is no such initialisation."),
    };
}
