namespace Nonlinear.Oracle;

/// <summary>
/// A reference value from MPFR, kept in a file for machines without it. A line holds activation, format, order of the derivative, x and
/// result.
/// </summary>
public sealed record Reference(string Activation, NumberFormat Format, bool Derivative, double X, double Expected)
{
    private const int RandomPoints = 100, RandomPointsOfVariants = 32, Seed = 20170612;

    /// <summary>The reference that a line holds.</summary>
    public static Reference Parse(string line)
    {
        string[] fields = line.Split(';');
        NumberFormat format = NumberFormat.Named(fields[1]);
        return new(fields[0], format, fields[2] == "1", format.Read(fields[3]), format.Read(fields[4]));
    }

    /// <summary>The line that holds the reference.</summary>
    public override string ToString() => $"{Activation};{Format.Name};{(Derivative ? 1 : 0)};{Format.Write(X)};{Format.Write(Expected)}";

    /// <summary>The references of a function: all formats at its defaults, floats and doubles at the examples of its parameters.</summary>
    public static IEnumerable<Reference> Of(ActivationInfo info)
    {
        IEnumerable<string> variants = info.Parameters.SelectMany(parameter => parameter.Examples
            .Where(value => value != parameter.Default)
            .Select(value => FormattableString.Invariant($"{info.Name}({parameter.Name}={value})")));
        foreach (string name in variants.Prepend(info.Name))
        {
            foreach (NumberFormat format in NumberFormat.All)
            {
                if (name != info.Name && format.Bits == 16)
                    continue;
                foreach (Reference reference in Of(Nonlinear.Activation.Parse(name), format, isVariant: name != info.Name))
                    yield return reference;
            }
        }
    }

    // The special points come with four neighbours on each side, of which one tells most, and none where the function is another variant.
    private static IEnumerable<Reference> Of(Activation activation, NumberFormat format, bool isVariant)
    {
        int reach = isVariant ? 0 : 1;
        IEnumerable<double> points = Points.Special(activation, format).Where((_, i) => Math.Abs((i % 9) - 4) <= reach)
            .Append(0).Append(-0.0)
            .Concat(Points.Random(format, isVariant ? RandomPointsOfVariants : RandomPoints, Seed));
        foreach (double x in points.DistinctBy(BitConverter.DoubleToUInt64Bits))
        {
            foreach (bool derivative in (bool[])[false, true])
            {
                BigFloat exact = Oracle.Evaluate(activation, x, derivative, format);
                yield return new(activation.ToString(), format, derivative, x, exact.Round(format));
            }
        }
    }
}
