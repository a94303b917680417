namespace Nonlinear.Lab.Guide;

/// <summary>Functions and their derivatives where something happens.</summary>
internal static class SpecialValues
{
    private static readonly double[][] Vectors =
    [
        [0, 0], [1, 2], [-1, 1], [1000, 1000], [double.NegativeInfinity, 0], [double.PositiveInfinity, 0], [double.NaN, 0],
    ];

    /// <summary>At both infinities, at 0 and on both sides of each kink: the place, f and f′.</summary>
    public static IReadOnlyList<(string Place, double Value, double Slope)> Of(ElementwiseActivation activation)
    {
        List<(string Place, double At)> places = [("−∞", double.NegativeInfinity)];
        foreach (double kink in activation.Info.Kinks.Union([0]).Order())
        {
            string place = Numbers.Write(kink);
            if (activation.Info.Kinks.Contains(kink))
                places.AddRange([(place + "⁻", double.BitDecrement(kink)), (place, kink), (place + "⁺", double.BitIncrement(kink))]);
            else
                places.Add((place, kink));
        }
        places.AddRange([("+∞", double.PositiveInfinity), ("NaN", double.NaN)]);
        return [.. places.Select(place => (place.Place, activation.Forward(place.At), activation.Derivative(place.At)))];
    }

    /// <summary>For a function of several inputs: a few telling vectors and what becomes of them.</summary>
    public static IReadOnlyList<(string Vector, string Value)> OfVectors(Activation activation)
    {
        int outputs = activation is PooledActivation pooled ? Vectors[0].Length / pooled.Pieces : Vectors[0].Length;
        return [.. Vectors.Select(vector =>
        {
            double[] value = new double[outputs];
            activation.Forward(vector, value);
            return (Vector(vector), Vector(value));
        })];
    }

    private static string Vector(double[] values) =>
        values.Length == 1 ? Numbers.Write(values[0]) : $"({string.Join(", ", values.Select(value => Numbers.Write(value)))})";
}
