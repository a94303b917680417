using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>An elementwise function inside a network that is looked at: its name, and its slope at what it receives.</summary>
/// <param name="function">The function.</param>
/// <param name="values">The value of its parameter for each channel, or for all; none if it has the function's own.</param>
internal sealed class ObservedFunction(ElementwiseActivation function, float[] values)
{
    // All functions of the catalogue have their steepest slope well within it.
    private const int Reach = 20, StepsOfUnit = 50;

    /// <summary>A function with its own parameters.</summary>
    public ObservedFunction(ElementwiseActivation function)
        : this(function, [])
    {
    }

    /// <summary>What to call it.</summary>
    public string Name => values.Length switch
    {
        0 => function.ToString(),
        1 => FormattableString.Invariant($"{function.Info.Name}({Parameter}={values[0]:G4})"),
        _ => FormattableString.Invariant($"{function.Info.Name}({Parameter}={values.Min():G3}…{values.Max():G3})"),
    };

    /// <summary>What is known about the function.</summary>
    public ActivationInfo Info => function.Info;

    /// <summary>The function behind a layer of a network of the lab; null for maxout, whose units have no slope of their own.</summary>
    public static ObservedFunction? Of(NetworkLayer layer) => layer switch
    {
        FixedActivation fixedLayer => new(fixedLayer.Function),
        LearnedActivation learned => new(learned.Layer.Function, learned.Layer.Parameters[0].Values.ToArray()),
        _ => null,
    };

    /// <summary>The slope at each input.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="shape">Their shape; dimension 1 is the unit.</param>
    /// <param name="slope">Receives the slopes.</param>
    public void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope)
    {
        if (values.Length == 0)
        {
            function.Derivative(x, slope);
            return;
        }
        float[] ones = new float[x.Length];
        Array.Fill(ones, 1);
        function.BackwardPerChannel(x, shape, values, ones, slope, new double[values.Length]);
    }

    /// <summary>The steepest slope of each unit's function, up or down.</summary>
    public float[] SteepestSlopes(int units)
    {
        int points = (2 * Reach * StepsOfUnit) + 1;
        float[] x = new float[points * units], slopes = new float[x.Length], steepest = new float[units];
        for (int i = 0; i < x.Length; i++)
            x[i] = (float)((i / units) - (Reach * StepsOfUnit)) / StepsOfUnit;
        Slopes(x, [points, units], slopes);
        for (int i = 0; i < x.Length; i++)
            steepest[i % units] = Math.Max(steepest[i % units], Math.Abs(slopes[i]));
        return steepest;
    }

    private string Parameter => function.Info.Parameters[0].Name;
}
