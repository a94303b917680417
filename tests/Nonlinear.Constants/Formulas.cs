using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The constants that a formula gives, split where one number does not hold them.</summary>
internal static class Formulas
{
    public static IReadOnlyList<Func<ConstantClass>> Classes { get; } = [Doubles, Floats, Selu, Eighths, Powers];

    private const int DecimalDigits = 32;

    private static BigFloat SqrtTwoOverPi => BigFloat.Sqrt(2 / BigFloat.Pi);

    private static ConstantClass Doubles()
    {
        BigFloat log2 = Functions.Log2, high = Cut(log2, 42), low = (log2 - high).ToDouble();
        return new(
            "DoubleConstants",
            ["Constants of the kernels over doubles."],
            [
                new("double", "Log2E", Writer.Text((1 / log2).ToDouble()), "log₂(e)"),
                new("double", "Ln2High", Writer.Text(high.ToDouble()),
                    "log 2 to 42 bits, so that its product with a whole number of 11 bits is exact."),
                new("double", "Ln2Low", Writer.Text(low.ToDouble()), "log 2 - Ln2High"),
                new("double", "Ln2Lowest", Writer.Text((log2 - high - low).ToDouble()), "log 2 - Ln2High - Ln2Low"),
                new("long", "SqrtHalfBits", $"0x{BitConverter.DoubleToInt64Bits(BigFloat.Sqrt(0.5).ToDouble()):X}",
                    "The bits of √½, the lower end of a mantissa."),
                new("double", "Ln2", Writer.Text(log2.ToDouble()), "log 2: the nearest double."),
                new("double", "Ln2Rest", Writer.Text((log2 - log2.ToDouble()).ToDouble()), "What is left of it."),
                .. Pair("InverseSqrtTwoPi", Functions.InverseSqrtTwoPi, "1/√(2π)"),
                .. Pair("SqrtTwoOverPi", SqrtTwoOverPi, "√(2/π)"),
                .. Pair("GeluTanhCubic", BigFloat.Parse("0.044715"), "0.044715, the coefficient of x³ in GELU (tanh)"),
                .. Pair("SixFifths", BigFloat.Parse("1.2"), "1.2"),
            ]);
    }

    private static ConstantClass Floats()
    {
        BigFloat log2 = Functions.Log2, high = Cut(log2, 16);
        return new(
            "FloatConstants",
            ["Constants of the kernels over floats."],
            [
                new("float", "Log2E", Writer.Text(Numbers.ToFloat(1 / log2)), "log₂(e)"),
                new("float", "Ln2", Writer.Text(Numbers.ToFloat(log2)), "log 2"),
                new("float", "Ln2High", Writer.Text(Numbers.ToFloat(high)),
                    "log 2 to 16 bits, so that its product with a whole number of 8 bits is exact."),
                new("float", "Ln2Low", Writer.Text(Numbers.ToFloat(log2 - high)), "log 2 - Ln2High"),
                new("float", "InverseSqrtTwoPi", Writer.Text(Numbers.ToFloat(Functions.InverseSqrtTwoPi)), "1/√(2π)"),
                new("float", "InverseSqrtTwoPiLow", Writer.Text(Found.InverseSqrtTwoPiLow),
                    "About what the float leaves of it; the nearest float is -1.133517e-8."),
            ]);
    }

    // With a standard normal z, λα E[(e^z - 1); z < 0] + λ E[z; z > 0] = 0 gives α, and the mean square of 1 gives λ.
    private static ConstantClass Selu()
    {
        BigFloat root = BigFloat.Exp(0.5), square = BigFloat.Exp(2), below1 = Functions.NormalCdf(-1), below2 = Functions.NormalCdf(-2);
        BigFloat alpha = Functions.InverseSqrtTwoPi / (0.5 - (root * below1));
        BigFloat lambda = 1 / BigFloat.Sqrt(0.5 + (alpha * alpha * (square * below2 - (2 * root * below1) + 0.5)));
        BigFloat level = BigFloat.Parse(alpha.ToText(DecimalDigits)) * BigFloat.Parse(lambda.ToText(DecimalDigits));
        return new(
            "SeluFixedPoint",
            ["The constants of SELU that keep the mean 0 and the variance 1 of a standard normal number: the fixed point of the paper."],
            [
                .. Pair("Alpha", alpha, "α = φ(0)/(½ - √e Φ(-1))"),
                .. Pair("Lambda", lambda, "λ = 1/√(½ + α² (e² Φ(-2) - 2 √e Φ(-1) + ½))"),
                .. Pair("Level", level, "λα, of both to 32 digits, by which the oracle judges where an output is next to it"),
            ]);
    }

    private static ConstantClass Eighths() => new(
        "EighthPowers",
        ["The bits of 2^(j/8) less those of 1, and less those that j, shifted to the exponent's end, brings along."],
        [
            .. Enumerable.Range(0, 8).Select(j =>
            {
                BigFloat power = BigFloat.Exp(Functions.Log2 * j / 8);
                long bits = BitConverter.DoubleToInt64Bits(power.ToDouble()) - BitConverter.DoubleToInt64Bits(1) - ((long)j << 49);
                return new Member("long", $"E{j}", bits.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }),
        ]);

    private static ConstantClass Powers() => new(
        "PowersOfTwo",
        ["Powers of two, each exact."],
        [
            new("float", "LeastNormalFloat", Writer.Text(MathF.ScaleB(1, -126)), "2⁻¹²⁶, the least normal float."),
            new("float", "Minus72", Writer.Text(MathF.ScaleB(1, -72)), "2⁻⁷²"),
            new("float", "Plus64", Writer.Text(MathF.ScaleB(1, 64)), "2⁶⁴"),
            new("double", "Minus42", Writer.Text(Math.ScaleB(1, -42)), "2⁻⁴²"),
            new("double", "Minus263", Writer.Text(Math.ScaleB(1, -263)), "2⁻²⁶³"),
            new("double", "Plus52", Writer.Text(Math.ScaleB(1, 52)), "2⁵²"),
            new("double", "Minus512", Writer.Text(Math.ScaleB(1, -512)), "2⁻⁵¹²"),
            new("double", "Plus512", Writer.Text(Math.ScaleB(1, 512)), "2⁵¹²"),
        ]);

    /// <summary>The nearest multiple of 2 to minus so many bits.</summary>
    private static BigFloat Cut(BigFloat x, int bits) => BigFloat.Scale(Math.Round(BigFloat.Scale(x, bits).ToDouble()), -bits);

    /// <summary>A constant as the double nearest to it and what is left.</summary>
    public static IEnumerable<Member> Pair(string name, BigFloat value, string what)
    {
        (double high, double low) = Numbers.Split(value);
        yield return new("double", name, Writer.Text(high), what + ": the nearest double.");
        yield return new("double", name + "Low", Writer.Text(low), "What is left of it.");
    }
}
