using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>How the parameters are moved.</summary>
/// <param name="LearningRate">The size of a step.</param>
public abstract record OptimiserPlan(double LearningRate)
{
    /// <summary>The share of its value that a weight loses to decay, in units of the learning rate.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether parameters that shape an activation decay as weights do.</summary>
    public bool DecayActivations { get; init; }

    /// <summary>An optimiser for the parameters of a network.</summary>
    /// <param name="parameters">What is to be moved.</param>
    public abstract Optimiser Create(IReadOnlyList<LearnedParameter> parameters);

    /// <summary>The decay of a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    public float DecayOf(LearnedParameter parameter) => parameter.ShapesActivation && !DecayActivations ? 0 : (float)WeightDecay;
}

/// <summary>
/// Gradient descent with momentum (Polyak, 1964, in the form of Sutskever et al., 2013, without Nesterov's look ahead):
/// v ← μ v + g + λ w; w ← w - η v.
/// </summary>
/// <param name="LearningRate">η, the size of a step.</param>
/// <param name="Momentum">μ, the share of the last step that goes on; 0 for plain gradient descent.</param>
public sealed record SgdPlan(double LearningRate, double Momentum = 0.9) : OptimiserPlan(LearningRate)
{
    /// <inheritdoc/>
    public override Optimiser Create(IReadOnlyList<LearnedParameter> parameters) => new Sgd(this, parameters);
}

/// <summary>
/// Adam (Kingma and Ba, 2014, arXiv:1412.6980), with decay kept apart from the gradient (Loshchilov and Hutter, arXiv:1711.05101):
/// m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η (m̂ / (√v̂ + ε) + λ w), with m̂ and v̂ corrected for their start at 0.
/// </summary>
/// <param name="LearningRate">η, the size of a step.</param>
public sealed record AdamPlan(double LearningRate) : OptimiserPlan(LearningRate)
{
    /// <summary>β₁: how slowly the mean of the gradient forgets.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂: how slowly the mean of its square forgets.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε: what keeps the quotient finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override Optimiser Create(IReadOnlyList<LearnedParameter> parameters) => new Adam(this, parameters);
}
