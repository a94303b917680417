using System.Numerics;
using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>The steps of <see cref="AdamPlan"/>.</summary>
internal sealed class Adam : Optimiser
{
    private readonly AdamPlan _plan;
    private readonly float[][] _means, _squares;

    // β₁ and β₂ to the power of the steps, by products: the system's power function has other bits on other systems.
    private double _power1 = 1, _power2 = 1;

    public Adam(AdamPlan plan, IReadOnlyList<LearnedParameter> parameters)
        : base(parameters) => (_plan, _means, _squares) = (plan, ArraysLikeParameters(), ArraysLikeParameters());

    /// <inheritdoc/>
    protected override void StartStep() => (_power1, _power2) = (_power1 * _plan.Beta1, _power2 * _plan.Beta2);

    /// <inheritdoc/>
    protected override void Move(int index, LearnedParameter parameter)
    {
        float rate = (float)(_plan.LearningRate / (1 - _power1)), correction = (float)(1 / Math.Sqrt(1 - _power2));
        float decay = (float)(1 - (_plan.LearningRate * _plan.DecayOf(parameter)));
        float keep1 = (float)_plan.Beta1, take1 = (float)(1 - _plan.Beta1), keep2 = (float)_plan.Beta2, take2 = (float)(1 - _plan.Beta2);
        Vector<float> epsilon = new((float)_plan.Epsilon);
        Span<float> values = parameter.Values.Span, gradients = parameter.Gradient.Span, means = _means[index], squares = _squares[index];
        for (int i = 0; i < values.Length; i += Vector<float>.Count)
        {
            Vector<float> gradient = Spans.Load(gradients, i);
            Vector<float> mean = (gradient * take1) + (Spans.Load(means, i) * keep1);
            Vector<float> square = (gradient * gradient * take2) + (Spans.Load(squares, i) * keep2);
            Spans.Store(mean, means, i);
            Spans.Store(square, squares, i);
            Vector<float> step = mean / ((Vector.SquareRoot(square) * correction) + epsilon);
            Spans.Store((step * -rate) + (Spans.Load(values, i) * decay), values, i);
        }
    }
}
