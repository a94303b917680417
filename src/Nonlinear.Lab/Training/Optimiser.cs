using System.Numerics.Tensors;
using Nonlinear.Lab.Data;
using Nonlinear.Layers;

namespace Nonlinear.Lab.Training;

/// <summary>How the parameters are moved.</summary>
/// <param name="LearningRate">The size of a step.</param>
internal abstract record OptimiserPlan(double LearningRate)
{
    /// <summary>The share of its value that a weight loses to decay, in units of the learning rate.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether parameters that shape an activation decay as weights do.</summary>
    public bool DecayActivations { get; init; }

    /// <summary>An optimiser for the parameters of a network.</summary>
    public abstract Optimiser Create(IReadOnlyList<LearnedParameter> parameters);

    /// <summary>The decay of a parameter.</summary>
    public float DecayOf(LearnedParameter parameter) => parameter.ShapesActivation && !DecayActivations ? 0 : (float)WeightDecay;
}

/// <summary>Gradient descent with momentum (Polyak, 1964, in the form of Sutskever et al., 2013, without Nesterov's look ahead).</summary>
/// <param name="LearningRate">The size of a step.</param>
/// <param name="Momentum">The share of the last step that goes on.</param>
internal sealed record SgdPlan(double LearningRate, double Momentum = 0.9) : OptimiserPlan(LearningRate)
{
    /// <inheritdoc/>
    public override Optimiser Create(IReadOnlyList<LearnedParameter> parameters) => new Sgd(this, parameters);
}

/// <summary>
/// Adam (Kingma and Ba, 2014, arXiv:1412.6980), with decay kept apart from the gradient (Loshchilov and Hutter, arXiv:1711.05101).
/// </summary>
/// <param name="LearningRate">The size of a step.</param>
internal sealed record AdamPlan(double LearningRate) : OptimiserPlan(LearningRate)
{
    /// <summary>How slowly the mean of the gradient forgets.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How slowly the mean of its square forgets.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override Optimiser Create(IReadOnlyList<LearnedParameter> parameters) => new Adam(this, parameters);
}

/// <summary>Moves the parameters of a network down their gradients.</summary>
/// <param name="parameters">What is moved.</param>
internal abstract class Optimiser(IReadOnlyList<LearnedParameter> parameters)
{
    /// <summary>Takes a step.</summary>
    public void Step()
    {
        StartStep();
        for (int i = 0; i < parameters.Count; i++)
        {
            Move(i, parameters[i]);
            parameters[i].Confine();
        }
    }

    /// <summary>An array as long as each parameter.</summary>
    protected float[][] ArraysLikeParameters() => [.. parameters.Select(parameter => new float[parameter.Values.Length])];

    /// <summary>What comes before the parameters are moved.</summary>
    protected virtual void StartStep()
    {
    }

    /// <summary>Moves one parameter.</summary>
    protected abstract void Move(int index, LearnedParameter parameter);
}

/// <summary>v ← μ v + g + λ w; w ← w - η v.</summary>
internal sealed class Sgd : Optimiser
{
    private readonly SgdPlan _plan;
    private readonly float[][] _velocities;

    public Sgd(SgdPlan plan, IReadOnlyList<LearnedParameter> parameters)
        : base(parameters) => (_plan, _velocities) = (plan, ArraysLikeParameters());

    /// <inheritdoc/>
    protected override void Move(int index, LearnedParameter parameter)
    {
        Span<float> velocity = _velocities[index], values = parameter.Values.Span;
        TensorPrimitives.MultiplyAdd(velocity, (float)_plan.Momentum, parameter.Gradient.Span, velocity);
        if (_plan.DecayOf(parameter) is > 0 and float decay)
            TensorPrimitives.MultiplyAdd(values, decay, velocity, velocity);
        TensorPrimitives.MultiplyAdd(velocity, (float)-_plan.LearningRate, values, values);
    }
}

/// <summary>
/// m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η (m̂ / (√v̂ + ε) + λ w), with m̂ and v̂ corrected for their start at 0.
/// </summary>
internal sealed class Adam : Optimiser
{
    // A stretch and its moments stay in the processor's first cache.
    private const int Stretch = 1024;

    private readonly AdamPlan _plan;
    private readonly float[][] _means, _squares;
    private readonly float[] _scratch = new float[Stretch];
    private int _steps;

    public Adam(AdamPlan plan, IReadOnlyList<LearnedParameter> parameters)
        : base(parameters) => (_plan, _means, _squares) = (plan, ArraysLikeParameters(), ArraysLikeParameters());

    /// <inheritdoc/>
    protected override void StartStep() => _steps++;

    /// <inheritdoc/>
    protected override void Move(int index, LearnedParameter parameter)
    {
        float rate = (float)(_plan.LearningRate / (1 - PortableMath.Power(_plan.Beta1, _steps)));
        float correction = (float)(1 / Math.Sqrt(1 - PortableMath.Power(_plan.Beta2, _steps)));
        float decay = (float)(1 - (_plan.LearningRate * _plan.DecayOf(parameter)));
        for (int start = 0; start < parameter.Values.Length; start += Stretch)
        {
            int count = Math.Min(Stretch, parameter.Values.Length - start);
            Span<float> values = parameter.Values.Span.Slice(start, count), gradient = parameter.Gradient.Span.Slice(start, count);
            Span<float> mean = _means[index].AsSpan(start, count),
                square = _squares[index].AsSpan(start, count),
                scratch = _scratch.AsSpan(0, count);
            TensorPrimitives.Multiply(mean, (float)_plan.Beta1, mean);
            TensorPrimitives.MultiplyAdd(gradient, (float)(1 - _plan.Beta1), mean, mean);
            TensorPrimitives.Multiply(gradient, gradient, scratch);
            TensorPrimitives.Multiply(square, (float)_plan.Beta2, square);
            TensorPrimitives.MultiplyAdd(scratch, (float)(1 - _plan.Beta2), square, square);
            TensorPrimitives.Sqrt(square, scratch);
            TensorPrimitives.Multiply(scratch, correction, scratch);
            TensorPrimitives.Add(scratch, (float)_plan.Epsilon, scratch);
            TensorPrimitives.Divide(mean, scratch, scratch);
            if (decay < 1)
                TensorPrimitives.Multiply(values, decay, values);
            TensorPrimitives.MultiplyAdd(scratch, -rate, values, values);
        }
    }
}
