using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>Functions and their derivatives where something happens.</summary>
internal static class SpecialValues
{
    private const double Distance = 1e-12;
    private const int Decimals = 9;

    private static readonly double[][] Vectors =
    [
        [0, 0], [1, 2], [-1, 1], [1000, 1000], [double.NegativeInfinity, 0], [double.PositiveInfinity, 0], [double.NaN, 0],
    ];

    /// <summary>At both infinities, at 0 and on both sides of each kink: the place, f and f′.</summary>
    public static IReadOnlyList<(string Place, double Value, double Slope)> Of(ElementwiseActivation activation) =>
    [
        At(activation, "−∞", double.NegativeInfinity),
        .. activation.Kinks.Union([0]).Order().SelectMany(x => activation.Kinks.Contains(x)
            ? [Beside(activation, x, -Distance, "⁻"), At(activation, Numbers.Write(x), x), Beside(activation, x, Distance, "⁺")]
            : new[] { At(activation, Numbers.Write(x), x) }),
        At(activation, "+∞", double.PositiveInfinity),
        At(activation, "NaN", double.NaN),
    ];

    /// <summary>For a function of several inputs: a few telling vectors and what becomes of them.</summary>
    public static IReadOnlyList<(string Vector, string Value)> OfVectors(Activation activation)
    {
        activation = Gates.First(activation);
        int outputs = activation.OutputsFor(Vectors[0].Length);
        return [.. Vectors.Select(vector =>
        {
            double[] value = new double[outputs];
            activation.Forward(vector, value);
            return (Vector(vector), Vector(value));
        })];
    }

    private static (string Place, double Value, double Slope) At(ElementwiseActivation activation, string place, double x) =>
        (place, activation.Forward(x), activation.Derivative(x));

    // One-sided limits: rounded so far that the distance from the kink does not show.
    private static (string Place, double Value, double Slope) Beside(
        ElementwiseActivation activation,
        double kink,
        double distance,
        string side) =>
        (Numbers.Write(kink) + side, Limit(activation.Forward(kink + distance)), Limit(activation.Derivative(kink + distance)));

    private static double Limit(double value) => Math.Round(value, Decimals) + 0.0;

    private static string Vector(double[] values) =>
        values.Length == 1 ? Numbers.Write(values[0]) : $"({string.Join(", ", values.Select(value => Numbers.Write(value)))})";
}
