using System.Globalization;

namespace Nonlinear.Attacks.Library;

/// <summary>Draws functions of the catalogue with parameters as people give them, and as nobody does.</summary>
internal static class DrawnFunction
{
    // Of each kind alike many, though most functions are of one number.
    private static readonly Activation[][] Kinds =
    [
        [.. Catalog.Defaults.OfType<ElementwiseActivation>()],
        [.. Catalog.Defaults.OfType<GatedActivation>()],
        [.. Catalog.Defaults.Where(function => function is not ElementwiseActivation and not GatedActivation)],
    ];

    /// <summary>A function with random parameters in one of the tiers.</summary>
    public static Activation Of(Random random)
    {
        Activation[] kind = Kinds[Math.Max(0, random.Next(5) - 2)];
        Activation usual = kind[random.Next(kind.Length)];
        Activation function = random.Next(4) == 0 || usual.Info.Parameters.Count == 0 ? usual : WithParameters(usual, random);
        return random.Next(2) == 0 ? function : function.In(Tier.Fast);
    }

    // Some combinations are refused: a lower bound above the upper one.
    private static Activation WithParameters(Activation usual, Random random)
    {
        string values = string.Join(", ", usual.Info.Parameters.Select(parameter =>
            string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={Value(parameter, random):R}")));
        return Activation.TryParse($"{usual.Info.Name}({values})", out Activation? function) ? function : usual;
    }

    // Tenths and hundredths lie between two floats, now above the nearest and now below.
    private static double Value(ParameterInfo parameter, Random random)
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            double value = random.Next(7) switch
            {
                0 => Math.Round(3 * random.NextDouble(), 1),
                1 => Math.Round(3 * random.NextDouble(), 2),
                2 => 2 * random.NextDouble(),
                3 => -2 * random.NextDouble(),
                4 => Math.Pow(10, (8 * random.NextDouble()) - 4),
                5 => Math.ScaleB(1, random.Next(-6, 6)),
                _ => parameter.Examples.Count > 0 ? parameter.Examples[random.Next(parameter.Examples.Count)] : parameter.Default,
            };
            if (parameter.Integer)
                value = Math.Round(value);
            if (value >= parameter.Minimum && value <= parameter.Maximum && (!parameter.Positive || value > 0))
                return value;
        }
        return parameter.Default;
    }
}
