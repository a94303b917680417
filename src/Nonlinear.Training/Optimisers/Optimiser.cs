using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>Moves the parameters of a network down their gradients. The bits of a step are the same on every processor.</summary>
/// <param name="parameters">What is moved.</param>
public abstract class Optimiser(IReadOnlyList<LearnedParameter> parameters)
{
    /// <summary>Takes a step: every parameter moves, then is brought back into its range.</summary>
    public void Step()
    {
        StartStep();
        for (int i = 0; i < parameters.Count; i++)
        {
            Move(i, parameters[i]);
            parameters[i].Confine();
        }
    }

    /// <summary>An array as long as each parameter, filled with 0.</summary>
    protected float[][] ArraysLikeParameters() => [.. parameters.Select(parameter => new float[parameter.Values.Length])];

    /// <summary>What comes before the parameters are moved.</summary>
    protected virtual void StartStep()
    {
    }

    /// <summary>Moves one parameter.</summary>
    /// <param name="index">Which of them it is.</param>
    /// <param name="parameter">The parameter, with its gradient.</param>
    protected abstract void Move(int index, LearnedParameter parameter);
}
