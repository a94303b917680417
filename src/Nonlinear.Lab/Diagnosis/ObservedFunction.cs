using Nonlinear.Lab.Onnx.Recognition;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>An elementwise function inside a network that is looked at: its name, its values and its slopes.</summary>
internal abstract class ObservedFunction
{
    // All known functions have their steepest slope well within it.
    private const int Reach = 20, StepsOfUnit = 50;

    /// <summary>What to call it.</summary>
    public abstract string Name { get; }

    /// <summary>A function that is known.</summary>
    public static ObservedFunction Of(ElementwiseActivation function) => new OfKnown(new(function));

    /// <summary>A function that was found in a model.</summary>
    public static ObservedFunction Of(RecognisedFunction function) => new OfKnown(function);

    /// <summary>PReLU with a slope for each unit, or for all.</summary>
    public static ObservedFunction OfSlopes(float[] slopes) => new OfPrelu(slopes);

    /// <summary>A function that has no name.</summary>
    /// <param name="name">What to call it all the same.</param>
    /// <param name="program">What it computes.</param>
    public static ObservedFunction Of(string name, ElementwiseProgram program) => new OfProgram(name, program);

    /// <summary>The function behind a layer of a network of the lab; null for maxout, whose units have no slope of their own.</summary>
    public static ObservedFunction? Of(NetworkLayer layer) => layer switch
    {
        FixedActivation fixedLayer => Of(fixedLayer.Function),
        LearnedActivation { Layer: { Function.Info.Name: "prelu" } prelu } => OfSlopes(prelu.Parameters[0].Values.ToArray()),
        LearnedActivation learned => new OfLearned(learned.Layer.Function, learned.Layer.Parameters[0].Values.ToArray()),
        _ => null,
    };

    /// <summary>The function at each input.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the values.</param>
    public abstract void Values(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>The slope at each input.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="shape">Their shape; dimension 1 is the unit.</param>
    /// <param name="slope">Receives the slopes.</param>
    /// <param name="firstUnit">The unit that comes first, where only some are given.</param>
    public abstract void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope, int firstUnit = 0);

    /// <summary>The function with one parameter for all units: that of the unit in the middle.</summary>
    public virtual ObservedFunction Typical => this;

    /// <summary>The steepest slope of each unit's function, up or down.</summary>
    public virtual float[] SteepestSlopes(int units)
    {
        int points = (2 * Reach * StepsOfUnit) + 1;
        float[] x = new float[points], slopes = new float[points], steepest = new float[units];
        for (int i = 0; i < points; i++)
            x[i] = (float)(i - (Reach * StepsOfUnit)) / StepsOfUnit;
        Slopes(x, [points, 1], slopes);
        Array.Fill(steepest, slopes.Max(Math.Abs));
        return steepest;
    }

    private static float Middle(float[] values) => values.Order().ElementAt(values.Length / 2);

    private sealed class OfKnown(RecognisedFunction function) : ObservedFunction
    {
        public override string Name => function.Name;

        public override void Values(ReadOnlySpan<float> x, Span<float> y)
        {
            function.Function.Forward(x, y);
            if (function.IsBounded)
            {
                foreach (ref float value in y)
                    value = Math.Clamp(value, (float)function.Low, (float)function.High);
            }
        }

        public override void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope, int firstUnit)
        {
            function.Function.Derivative(x, slope);
            if (!function.IsBounded)
                return;
            float[] y = new float[x.Length];
            function.Function.Forward(x, y);
            for (int i = 0; i < y.Length; i++)
                slope[i] = y[i] > function.Low && y[i] < function.High ? slope[i] : 0;
        }
    }

    private sealed class OfPrelu(float[] slopes) : ObservedFunction
    {
        public override string Name => slopes.Length == 1 || slopes.Max() == slopes.Min()
            ? new RecognisedFunction(Activation.Prelu((double)(decimal)slopes[0])).Name
            : FormattableString.Invariant($"prelu(alpha={slopes.Min():G3}…{slopes.Max():G3})");

        public override ObservedFunction Typical => slopes.Length > 1 ? OfSlopes([Middle(slopes)]) : this;

        public override void Values(ReadOnlySpan<float> x, Span<float> y) => Activation.Prelu(Middle(slopes)).Forward(x, y);

        public override void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope, int firstUnit)
        {
            int inner = 1;
            foreach (int extent in shape[Math.Min(2, shape.Length)..])
                inner *= extent;
            for (int i = 0; i < x.Length; i++)
                slope[i] = x[i] > 0 ? 1 : slopes.Length == 1 ? slopes[0] : slopes[firstUnit + (i / inner % shape[1])];
        }

        public override float[] SteepestSlopes(int units) =>
            [.. Enumerable.Range(0, units).Select(unit => Math.Max(1, Math.Abs(slopes[slopes.Length == 1 ? 0 : unit])))];
    }

    private sealed class OfLearned(ElementwiseActivation function, float[] values) : ObservedFunction
    {
        public override string Name => values.Length == 1
            ? new RecognisedFunction(Shared()).Name
            : FormattableString.Invariant($"{function.Info.Name}({function.Info.Parameters[0].Name}={values.Min():G3}…{values.Max():G3})");

        public override ObservedFunction Typical => values.Length > 1 ? new OfLearned(function, [Middle(values)]) : this;

        public override void Values(ReadOnlySpan<float> x, Span<float> y) => Shared().Forward(x, y);

        public override void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope, int firstUnit)
        {
            float[] ones = new float[x.Length];
            Array.Fill(ones, 1);
            function.BackwardPerChannel(x, shape, values, ones, slope, new double[values.Length]);
        }

        public override float[] SteepestSlopes(int units)
        {
            int points = (2 * Reach * StepsOfUnit) + 1;
            float[] x = new float[points * units], slopes = new float[x.Length], steepest = new float[units];
            for (int i = 0; i < x.Length; i++)
                x[i] = (float)((i / units) - (Reach * StepsOfUnit)) / StepsOfUnit;
            Slopes(x, [points, units], slopes, 0);
            for (int i = 0; i < x.Length; i++)
                steepest[i % units] = Math.Max(steepest[i % units], Math.Abs(slopes[i]));
            return steepest;
        }

        private ElementwiseActivation Shared() => (ElementwiseActivation)Activation.Parse(FormattableString.Invariant(
            $"{function.Info.Name}({function.Info.Parameters[0].Name}={Middle(values):G4})"));
    }

    private sealed class OfProgram(string name, ElementwiseProgram program) : ObservedFunction
    {
        public override string Name => name;

        public override void Values(ReadOnlySpan<float> x, Span<float> y)
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = (float)program.At(x[i]).Value;
        }

        public override void Slopes(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, Span<float> slope, int firstUnit)
        {
            for (int i = 0; i < x.Length; i++)
                slope[i] = (float)program.At(x[i]).Slope;
        }
    }
}
