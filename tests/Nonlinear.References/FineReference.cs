using Nonlinear.Oracle;

namespace Nonlinear.References;

/// <summary>
/// A reference value that also says where the exact one lies, so that an error of several ulps can be told: a sixth field of its line
/// holds what is left of the exact value beyond the rounded one, in thousandths of an ulp of the exact value.
/// </summary>
internal sealed record FineReference(Reference Rounded, int Rest)
{
    private const int RandomPoints = 40, SixteenBitPoints = 12, Seed = 20150612;

    // Away from the defaults and from the examples of the catalogue: either side of 1 and of 0, and so large that other errors show.
    private static readonly string[] Parameters =
    [
        "swish(beta=2)", "swish(beta=-0.75)", "swish(beta=100)",
        "leaky_relu(alpha=0.17)", "leaky_relu(alpha=-3)",
        "prelu(alpha=1.7)", "prelu(alpha=-0.3)",
        "elu(alpha=0.1)", "elu(alpha=4)", "elu(alpha=400)",
    ];

    /// <summary>
    /// A function on floats, which have a fast tier, and on all formats with parameters of which no other reference tells.
    /// </summary>
    public static IEnumerable<FineReference> Of(ElementwiseActivation activation)
    {
        IEnumerable<FineReference> references = Of(activation, NumberFormat.Named("float"));
        Activation[] chosen = [.. Parameters.Select(Activation.Parse).Where(other => other.Info == activation.Info)];
        if (chosen.Length == 0 && activation.Info.Parameters.Count > 0)
            chosen = [Moved(activation.Info, 1.7, 0.13), Moved(activation.Info, 0.3, -0.2)];
        return references.Concat(chosen.SelectMany(other => NumberFormat.All.SelectMany(format => Of(other, format))));
    }

    // With parameters that nobody chose: some way from the defaults, within what is allowed.
    private static Activation Moved(ActivationInfo info, double factor, double shift)
    {
        IEnumerable<string> values = info.Parameters.Select(
            parameter => FormattableString.Invariant($"{parameter.Name}={Value(parameter):R}"));
        return Activation.Parse($"{info.Name}({string.Join(", ", values)})");

        double Value(ParameterInfo parameter)
        {
            double scaled = parameter.Default * factor, moved = scaled + shift;
            return Math.Clamp(Math.Round(parameter.Positive && moved <= 0 ? scaled : moved, 3), parameter.Minimum, parameter.Maximum);
        }
    }

    public override string ToString() => FormattableString.Invariant($"{Rounded};{Rest}");

    private static IEnumerable<FineReference> Of(Activation activation, NumberFormat format)
    {
        // The special points come with four neighbours on each side.
        IEnumerable<double> special = Points.Special(activation, format).Where((_, i) => i % 9 == 4);
        double[] points = [0, -0.0, .. special, .. Points.Random(format, format.Bits == 16 ? SixteenBitPoints : RandomPoints, Seed)];
        foreach (double x in points.DistinctBy(BitConverter.DoubleToUInt64Bits))
        {
            foreach (bool derivative in (bool[])[false, true])
            {
                BigFloat exact = Oracle.Oracle.Evaluate(activation, x, derivative, format);
                double expected = exact.Round(format);
                yield return new(new(activation.ToString(), format, derivative, x, expected), Thousandths(exact, expected, format));
            }
        }
    }

    private static int Thousandths(BigFloat exact, double expected, NumberFormat format)
    {
        if (!double.IsFinite(expected) || exact.Sign == 0)
            return 0;
        int ulp = Math.Max((int)exact.Exponent - format.Precision, format.LeastExponent);
        return (int)Math.Round(1000 * BigFloat.Scale(exact - expected, -ulp).ToDouble());
    }
}
