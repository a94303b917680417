using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>An elementwise function inside a network that is looked at: its name, and its slope at what it receives.</summary>
internal abstract class ObservedFunction
{
    // All known functions have their steepest slope well within it.
    private const int Reach = 20, StepsOfUnit = 50;

    /// <summary>What to call it.</summary>
    public abstract string Name { get; }

    /// <summary>A function of the catalogue.</summary>
    /// <param name="function">The function.</param>
    /// <param name="values">The value of its parameter for each unit, or for all; none if it has the function's own.</param>
    public static ObservedFunction Of(ElementwiseActivation function, params float[] values) => new OfCatalogue(function, values);

    /// <summary>The function behind a layer of a network of the lab; null for maxout, whose units have no slope of their own.</summary>
    public static ObservedFunction? Of(NetworkLayer layer) => layer switch
    {
        FixedActivation fixedLayer => Of(fixedLayer.Function),
        LearnedActivation learned => Of(learned.Layer.Function, learned.Layer.Parameters[0].Values.ToArray()),
        _ => null,
    };

    /// <summary>A function that can only be evaluated; its slopes are taken from differences.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="evaluate">Fills the second array with the function of the first.</param>
    public static ObservedFunction ByDifferences(string name, Action<float[], float[]> evaluate) => new OfDifferences(name, evaluate);

    /// <summary>The slope at each input.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="shape">Their shape; dimension 1 is the unit.</param>
    /// <param name="slope">Receives the slopes.</param>
    public abstract void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope);

    /// <summary>The function, for a figure; where units have parameters of their own, that of the unit in the middle.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs.</param>
    public abstract void Values(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>The function with one parameter for all units: that of the unit in the middle.</summary>
    public virtual ObservedFunction Typical => this;

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

    private sealed class OfCatalogue(ElementwiseActivation function, float[] values) : ObservedFunction
    {
        public override string Name => values.Length switch
        {
            0 => function.ToString(),
            1 => Activation.Parse(FormattableString.Invariant(
                $"{function.Info.Name}({function.Info.Parameters[0].Name}={values[0]:G4})")).ToString(),
            _ => FormattableString.Invariant(
                $"{function.Info.Name}({function.Info.Parameters[0].Name}={values.Min():G3}…{values.Max():G3})"),
        };

        public override ObservedFunction Typical => values.Length > 1 ? Of(function, values.Order().ElementAt(values.Length / 2)) : this;

        public override void Values(ReadOnlySpan<float> x, Span<float> y)
        {
            if (values.Length == 0)
                function.Forward(x, y);
            else
                function.ForwardPerChannel(x, [x.Length, 1], [values.Order().ElementAt(values.Length / 2)], y);
        }

        public override void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope)
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
    }

    private sealed class OfDifferences(string name, Action<float[], float[]> evaluate) : ObservedFunction
    {
        private const float Step = 1f / 1024;

        public override string Name => name;

        public override void Values(ReadOnlySpan<float> x, Span<float> y)
        {
            float[] values = new float[x.Length];
            evaluate(x.ToArray(), values);
            values.CopyTo(y);
        }

        public override void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope)
        {
            float[] below = new float[x.Length], above = new float[x.Length], low = new float[x.Length], high = new float[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                float step = Step * Math.Max(1, Math.Abs(x[i]));
                (below[i], above[i]) = (x[i] - step, x[i] + step);
            }
            evaluate(below, low);
            evaluate(above, high);
            for (int i = 0; i < x.Length; i++)
                slope[i] = (high[i] - low[i]) / (above[i] - below[i]);
        }
    }
}
