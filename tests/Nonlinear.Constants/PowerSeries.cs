using System.Globalization;
using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>Power series whose terms a formula gives, and what the angles of sine and cosine are reduced by.</summary>
internal static class PowerSeries
{
    // Enough for the largest product of two doubles, 2²⁰⁴⁸, and 128 bits of what is left of it.
    private const int Bits = 2176, DigitsOfWord = 16, WordsInALine = 5;

    public static IReadOnlyList<Func<ConstantClass>> Classes { get; } = [Angles, Sine, Cosine, Erf, ExpTail, TanhShrink];

    private static ConstantClass Angles()
    {
        string digits = Numbers.Hexadecimal(() => 2 / BigFloat.Pi, Bits);
        BigFloat quarter = BigFloat.Scale(BigFloat.Pi, -1);
        (double high, double middle) = Numbers.Split(quarter);
        IEnumerable<string> lines = digits.Chunk(DigitsOfWord).Select(word => $"0x{new string(word)},").Chunk(WordsInALine)
            .Select(words => $"\n        {string.Join(' ', words)}");
        return new(
            "AngleConstants",
            ["What angles are reduced to less than an eighth of a turn by."],
            [
                new("double", "PerQuarter", Writer.Text((1 / quarter).ToDouble()), "2/π"),
                new("double", "Quarter", Writer.Text(high), "π/2: the nearest double."),
                new("double", "QuarterLow", Writer.Text(middle), "What is left of it."),
                new("double", "QuarterLowest", Writer.Text((quarter - high - middle).ToDouble()), "What is left of that."),
                new(
                    $"public static ReadOnlySpan<ulong> PerQuarterWords =>\n    [{string.Concat(lines)}\n    ];",
                    "2/π after the point, 64 binary places a word."),
            ]);
    }

    private static ConstantClass Sine() => new(
        "SineSeries",
        ["sin r = r + C0 r³ + C1 r⁵ + …, for |r| ≤ π/4 to 2⁻⁶³: Taylor's terms."],
        [.. Terms(9, 1, (term, n) => -term / ((2 * n) * (2 * n + 1)))]);

    private static ConstantClass Cosine() => new(
        "CosineSeries",
        ["cos r = 1 + C0 r² + C1 r⁴ + …, for |r| ≤ π/4 to 2⁻⁶⁰: Taylor's terms."],
        [.. Terms(8, 1, (term, n) => -term / ((2 * n - 1) * (2 * n)))]);

    private static ConstantClass Erf() => new(
        "ErfSeries",
        ["erf(x) e^(x²) √π/2 = x + C0 x³ + C1 x⁵ + …, all of one sign, for |x| ≤ ½ to 2⁻⁶⁰."],
        [
            .. Formulas.Pair("Slope", 2 / BigFloat.Sqrt(BigFloat.Pi), "2/√π"),
            .. Formulas.Pair("SqrtTwo", BigFloat.Sqrt(2), "√2"),
            .. Terms(12, 1, (term, n) => 2 * term / (2 * n + 1)),
        ]);

    private static ConstantClass ExpTail() => new(
        "ExpTailSeries",
        ["eˣ - 1 - x = x² (½ + C0 x + C1 x² + …), for |x| ≤ ½ to 2⁻⁶⁰: Taylor's terms."],
        [.. Terms(13, 0.5, (term, n) => term / (n + 2))]);

    // x cosh x - sinh x = x³/3 + … + 2n/(2n + 1)! x²ⁿ⁺¹ + …
    private static ConstantClass TanhShrink() => new(
        "TanhShrinkSeries",
        ["x cosh x - sinh x = x³ (C0 + C1 x² + …), all of one sign, for |x| ≤ 1 to 2⁻⁶⁰."],
        [.. Terms(9, 1, (term, n) => n == 1 ? term / 3 : term * n / ((n - 1) * 2 * n * (2 * n + 1)))]);

    // The terms that follow the first, each made from the one before; of the first two what a double leaves as well.
    private static IEnumerable<Member> Terms(int count, double first, Func<BigFloat, int, BigFloat> next)
    {
        BigFloat term = first;
        for (int n = 1; n <= count; n++)
        {
            term = next(term, n);
            (double high, double low) = Numbers.Split(term);
            yield return new("double", $"C{n - 1}", Writer.Text(high));
            if (n <= 2)
                yield return new("double", $"C{n - 1}Low", Writer.Text(low));
        }
    }
}
