using System.Runtime.InteropServices.JavaScript;
using Nonlinear.Training;

namespace Nonlinear.Explorer;

/// <summary>The network that learns: one at a time, by the settings of its panel.</summary>
internal static partial class Exports
{
    private static LearningNetwork? _learning;

    private static LearningNetwork Learning => _learning ?? throw new InvalidOperationException("No network has been begun.");

    /// <summary>Begins anew, and returns the points: x, y and the kind of each.</summary>
    [JSExport]
    internal static double[] LearnBegin(string data, int layers, int width, string spelling, bool adam, double rate, int seed)
    {
        OptimiserPlan plan = adam ? new AdamPlan(rate) : new SgdPlan(rate);
        _learning = new(data, layers, width, Elementwise(spelling), plan, seed);
        DataPart points = _learning.Data;
        return
        [
            .. Enumerable.Range(0, points.Count)
                .SelectMany(i => (double[])[points.Inputs[2 * i], points.Inputs[(2 * i) + 1], points.Targets[i]]),
        ];
    }

    /// <summary>Puts another function behind the layers, whose weights stay.</summary>
    [JSExport]
    internal static void LearnSwitch(string spelling) => Learning.Switch(Elementwise(spelling));

    /// <summary>Learns for some steps: how many there have been, the loss, and the size of each layer's gradient.</summary>
    [JSExport]
    internal static double[] LearnSteps(int steps)
    {
        Learning.Learn(steps);
        return [Learning.Steps, Learning.Loss, .. Learning.GradientSizes];
    }

    /// <summary>The network over the plane, then each hidden unit: for each as many numbers as a picture has points.</summary>
    [JSExport]
    internal static double[] LearnPicture() => [.. Learning.Surface(), .. Learning.Responses()];

    /// <summary>The share of points that are right, then for each hidden unit the share at which its slope is 0.</summary>
    [JSExport]
    internal static double[] LearnUnits() => [Learning.Right(), .. Learning.FlatShares()];

    /// <summary>Every weight and bias, layer by layer.</summary>
    [JSExport]
    internal static double[] LearnWeights() => [.. Learning.Weights.Select(weight => (double)weight)];

    /// <summary>How many points along each side a picture has, and how far it reaches.</summary>
    [JSExport]
    internal static double[] LearnLayout() => [LearningNetwork.Side, PointCloud.Reach];
}
