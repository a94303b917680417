using System.Globalization;

namespace Nonlinear.Attacks.Library;

/// <summary>Draws functions of the catalogue with parameters as people give them, and as nobody does.</summary>
internal static class DrawnFunction
{
    // A call of a vector takes longest and counts once, so that vectors come oftenest; of them few have a fast tier.
    private static readonly Activation[][] Kinds = [.. Kind()];

    /// <summary>A function with random parameters in one of the tiers.</summary>
    /// <param name="random">From which all is drawn.</param>
    /// <param name="name">The function; null for any.</param>
    public static Activation Of(Random random, string? name)
    {
        Activation[] kind = Kinds[random.Next(Kinds.Length)];
        Activation usual = name is null ? kind[random.Next(kind.Length)] : Activation.Parse(name);
        Activation function = random.Next(4) == 0 || usual.Info.Parameters.Count == 0 ? usual : WithParameters(usual, random);
        return random.Next(2) == 0 ? function : function.In(Tier.Fast);
    }

    private static IEnumerable<Activation[]> Kind()
    {
        Activation[] elementwise = [.. Catalog.Defaults.OfType<ElementwiseActivation>()];
        Activation[] gated = [.. Catalog.Defaults.OfType<GatedActivation>()];
        Activation[] vectors = [.. Catalog.Defaults.Except([.. elementwise, .. gated])];
        Activation[] fast = [.. vectors.Where(function => function.In(Tier.Fast).Tier == Tier.Fast)];
        return [elementwise, elementwise, gated, vectors, fast, fast, fast];
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
