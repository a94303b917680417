using Nonlinear.Lab.Diagnosis;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>Diagnoses of activations whose units receive normal numbers about a bias each; everything is counted plainly.</summary>
internal static class WatchedUnits
{
    /// <summary>Shows units of a function as many rows.</summary>
    /// <param name="name">What to call the activation.</param>
    /// <param name="function">Its function.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="biases">The mean input of each unit.</param>
    /// <param name="role">What it is for.</param>
    public static ActivationDiagnosis Of(
        string name, string function, int rows, float[] biases, ActivationRole role = ActivationRole.Hidden)
    {
        ElementwiseActivation activation = (ElementwiseActivation)Activation.Parse(function);
        RandomStream random = new(1, name);
        StreamedHistogram inputs = new(), outputs = new();
        List<int> dead = [], rare = [], saturated = [];
        List<float> means = [], activity = [], gradients = [], all = [];
        foreach (float bias in biases)
        {
            float[] x = new float[rows], y = new float[rows], slopes = new float[rows];
            random.Fill(x, 1);
            for (int i = 0; i < rows; i++)
                x[i] += bias;
            activation.Forward(x, y);
            activation.Derivative(x, slopes);
            inputs.Add(x);
            outputs.Add(y);
            all.AddRange(y);
            int unit = means.Count, active = y.Zip(slopes).Count(pair => pair.First != 0 || pair.Second != 0);
            if (active == 0)
                dead.Add(unit);
            else if (active < 0.01 * rows)
                rare.Add(unit);
            else if (slopes.Count(slope => Math.Abs(slope) < 0.01) >= 0.99 * rows)
                saturated.Add(unit);
            means.Add(y.Average());
            activity.Add((float)active / rows);
            gradients.Add(slopes.Average(Math.Abs));
        }
        double mean = all.Average(y => (double)y);
        return new()
        {
            Name = name,
            Function = activation.ToString(),
            Operations = ["Gemm", "Relu"],
            Role = role,
            Units = biases.Length,
            Rows = rows,
            Samples = rows,
            DeadUnits = dead,
            RareUnits = rare,
            SaturatedUnits = saturated,
            Mean = mean,
            Variance = all.Average(y => (y - mean) * (y - mean)),
            Sparsity = all.Average(y => y == 0 ? 1.0 : 0.0),
            Nonlinearity = 0.3,
            GradientShare = gradients.Average(share => (double)share),
            Inputs = inputs.ToQuantiles(),
            Outputs = outputs.ToQuantiles(),
            UnitMeans = means,
            UnitActivity = activity,
            UnitGradients = gradients,
            InputHistogram = inputs,
            Source = ObservedFunction.Of(activation),
        };
    }
}
