using System.Numerics;
using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>The steps of <see cref="SgdPlan"/>.</summary>
internal sealed class Sgd : Optimiser
{
    private readonly SgdPlan _plan;
    private readonly float[][] _velocities;

    public Sgd(SgdPlan plan, IReadOnlyList<LearnedParameter> parameters)
        : base(parameters) => (_plan, _velocities) = (plan, ArraysLikeParameters());

    /// <inheritdoc/>
    protected override void Move(int index, LearnedParameter parameter)
    {
        Span<float> velocities = _velocities[index], values = parameter.Values.Span, gradient = parameter.Gradient.Span;
        float momentum = (float)_plan.Momentum, decay = _plan.DecayOf(parameter), rate = (float)-_plan.LearningRate;
        for (int i = 0; i < values.Length; i += Vector<float>.Count)
        {
            Vector<float> value = Spans.Load(values, i), velocity = (Spans.Load(velocities, i) * momentum) + Spans.Load(gradient, i);
            if (decay > 0)
                velocity = (value * decay) + velocity;
            Spans.Store(velocity, velocities, i);
            Spans.Store((velocity * rate) + value, values, i);
        }
    }
}
