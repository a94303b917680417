namespace Nonlinear.Layers;

/// <summary>Numbers that training moves, and the gradient that moves them.</summary>
public sealed class LearnedParameter
{
    /// <summary>Makes a parameter.</summary>
    /// <param name="name">What it is called: <c>alpha</c>, <c>weights</c>.</param>
    /// <param name="values">Its values; the array is not copied.</param>
    public LearnedParameter(string name, float[] values)
    {
        Name = name;
        Values = values;
        Gradient = new float[values.Length];
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The values.</summary>
    public Memory<float> Values { get; }

    /// <summary>The gradient by each value, as the last backward pass left it.</summary>
    public Memory<float> Gradient { get; }

    /// <summary>
    /// Whether it shapes an activation. Weight decay would pull such a parameter towards another function, so He et al. (2015,
    /// arXiv:1502.01852) leave it out; weights and biases do not shape.
    /// </summary>
    public bool ShapesActivation { get; init; }

    /// <summary>The smallest value allowed.</summary>
    public double Minimum { get; init; } = -float.MaxValue;

    /// <summary>The largest value allowed.</summary>
    public double Maximum { get; init; } = float.MaxValue;

    /// <summary>Brings values that a step has carried out of their range back to its edge; NaN stays.</summary>
    public void Confine()
    {
        foreach (ref float value in Values.Span)
            value = value < Minimum ? (float)Minimum : value > Maximum ? (float)Maximum : value;
    }
}
