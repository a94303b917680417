using Nonlinear.Numerics;
using Nonlinear.Oracle;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;
using SloppyPair = Nonlinear.Numerics.SloppyDoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Tests;

/// <summary>The arithmetic of numbers that are two doubles, and of those with a long exponent, beside MPFR's.</summary>
public class PairTests
{
    private const int Trials = 2000;

    private static readonly NumberFormat Double = NumberFormat.Named("double");

    [Fact]
    public void Pairs_are_right_to_about_a_hundred_bits()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Random random = new(1);
        for (int i = 0; i < Trials; i++)
        {
            (Pair a, Pair b) = (Draw(random, 40), Draw(random, 40));
            AssertNear(Exact(a) + Exact(b), a + b, -102, Size(a, b));
            AssertNear(Exact(a) - Exact(b), a - b, -102, Size(a, b));
            AssertNear(Exact(a) * Exact(b), a * b, -102);
            AssertNear(Exact(a) / Exact(b), a / b, -100);
            AssertNear(-Exact(a), -a, -200);
            AssertNear(a.High.Value < 0 ? -Exact(a) : Exact(a), Pair.Abs(a), -200);
            Assert.Equal(Exact(Pair.Sum(a.High, b.High)).ToDouble(), a.High.Value + b.High.Value);
            AssertNear((BigFloat)a.High.Value + b.High.Value, Pair.Sum(a.High, b.High), -300);
            AssertNear((BigFloat)a.High.Value * b.High.Value, Pair.Product(a.High, b.High), -300);

            (SloppyPair sloppyA, SloppyPair sloppyB) = (new(a.High, a.Low), new(b.High, b.Low));
            AssertNear(Exact(a) + Exact(b), sloppyA + sloppyB, -102, Size(a, b));
            AssertNear(Exact(a) - Exact(b), sloppyA - sloppyB, -102, Size(a, b));
            AssertNear(Exact(a) * Exact(b), sloppyA * sloppyB, -100);
            AssertNear(Exact(a) / Exact(b), sloppyA / sloppyB, -98);
            AssertNear(a.High.Value < 0 ? -Exact(a) : Exact(a), SloppyPair.Abs(sloppyA), -200);
        }
    }

    [Fact]
    public void The_low_part_decides_where_the_high_parts_are_equal()
    {
        double[] lows = [0, 1e-18, -1e-18, 5e-17, -5e-17];
        foreach (double high in (double[])[1, -1, 1.5])
        {
            foreach (double first in lows)
            {
                foreach (double second in lows)
                {
                    Pair a = new(high, first), b = new(high, second);
                    Check(a, b, first < second, first > second);
                    Check<SloppyPair>(new(high, first), new(high, second), first < second, first > second);
                    Check((ExtendedExponent)high + first, (ExtendedExponent)high + second, first < second, first > second);
                    Assert.Equal(Math.Max(first, second), Pair.Max(a, b).Low.Value);
                    Assert.Equal(Math.Min(first, second), Least(a, b).Low.Value);
                    Assert.Equal(Math.Max(first, second), SloppyPair.Max(new(high, first), new(high, second)).Low.Value);
                }
            }
        }

        static void Check<V>(V a, V b, bool less, bool more)
            where V : struct, IReal<V>
        {
            Assert.Equal(less, Is(a < b));
            Assert.Equal(more, Is(a > b));
            Assert.Equal(more, Is(V.SelectGreater(a, b, 1, 0) > 0.5));

            static bool Is(V mask) => V.Select(mask, 1, 0) switch
            {
                Pair pair => pair.High.Value == 1,
                SloppyPair pair => pair.High.Value == 1,
                ExtendedExponent number => number.Round() == 1,
                _ => throw new NotSupportedException(),
            };
        }

        static V Least<V>(V a, V b)
            where V : struct, IReal<V> => V.Min(a, b);
    }

    [Fact]
    public void Of_numbers_with_a_long_exponent_every_result_is_rounded_right()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Random random = new(2);
        for (int i = 0; i < Trials; i++)
        {
            // The second not far from the first, from which it may be subtracted, or anywhere.
            int k = random.Next(-2500, 2500), other = random.Next(3) == 0 ? random.Next(-2500, 2500) : k + random.Next(-230, 230);
            (Pair m, Pair n) = (Draw(random, 0), Draw(random, 0));
            (ExtendedExponent a, ExtendedExponent b) = (Long(m, k), Long(n, other));
            BigFloat.Reset(wide: true);
            BigFloat exactA = BigFloat.Scale(Exact(m), k), exactB = BigFloat.Scale(Exact(n), other);
            AssertRounds(exactA, a, 0, $"{k}");
            foreach (int scale in (int[])[-Math.Max(k, other), -1074 - Math.Max(k, other) + random.Next(60)])
            {
                BigFloat terms = BigFloat.Scale(Abs(exactA) + Abs(exactB), scale);
                AssertRounds(BigFloat.Scale(exactA + exactB, scale), (a + b) * Power(scale), terms, $"{k} + {other}");
                AssertRounds(BigFloat.Scale(exactA - exactB, scale), (a - b) * Power(scale), terms, $"{k} - {other}");
            }
            foreach (int size in (int[])[0, random.Next(-1080, -1000), 1000])
            {
                BigFloat product = BigFloat.Scale(exactA * exactB, size - k - other);
                BigFloat quotient = BigFloat.Scale(exactA / exactB, size - k + other);
                AssertRounds(product, a * b * Power(size - k - other), product, $"{k} · {other}");
                AssertRounds(quotient, a / b * Power(size - k + other), quotient, $"{k} / {other}");
            }
            AssertRounds(-exactA, -a, 0, $"-{k}");
            AssertRounds(Abs(exactA), ExtendedExponent.Abs(a), 0, $"|{k}|");
            Assert.Equal(exactA > exactB, !(a > b).IsZero);
            Assert.Equal(exactA < exactB, !(a < b).IsZero);
        }
    }

    // Between two subnormal numbers the low part decides; without one, the even number does.
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Ties_of_subnormal_numbers_are_broken_by_what_is_left(double sign)
    {
        for (int whole = 0; whole < 40; whole++)
        {
            foreach (double rest in (double[])[0, 0.5, 0.25, 0.75, 0.5 + 1e-9, 0.5 - 1e-9])
            {
                foreach (double low in (double[])[0, 1e-20, -1e-20])
                {
                    ExtendedExponent units = ((ExtendedExponent)(sign * (whole + rest))) + (sign * low);
                    double side = rest + (low > 0 ? 1e-12 : low < 0 ? -1e-12 : 0);
                    int expected = side > 0.5 || (side == 0.5 && whole % 2 == 1) ? whole + 1 : whole;
                    double actual = (units * Power(-1074)).Round();
                    Assert.Equal(expected * double.Epsilon, Math.Abs(actual));
                    double number = sign * (whole + rest == 0 ? low : 1);
                    Assert.True(number == 0 || double.IsNegative(actual) == number < 0, $"{sign} ({whole} + {rest} + {low}): {actual:R}");
                }
            }
        }
        Assert.Equal(sign * double.PositiveInfinity, ((ExtendedExponent)sign * Power(1024)).Round());
        Assert.Equal(sign * Math.ScaleB(1, 1023), ((ExtendedExponent)sign * Power(1023)).Round());
        Assert.Equal(sign * double.PositiveInfinity, ((ExtendedExponent)sign * Power(5000)).Round());
        Assert.Equal(sign < 0, double.IsNegative(((ExtendedExponent)sign * Power(-5000)).Round()));
        Assert.Equal(0, ((ExtendedExponent)sign * Power(-5000)).Round());
        Assert.False(((ExtendedExponent)(sign * double.PositiveInfinity)).IsFinite);
        Assert.Equal(sign * double.PositiveInfinity, ((ExtendedExponent)(sign * double.PositiveInfinity)).Round());
        Assert.True(ExtendedExponent.Beyond(sign > 0).IsFinite);
        Assert.Equal(sign * double.PositiveInfinity, ExtendedExponent.Beyond(sign > 0).Round());
    }

    private static ExtendedExponent Long(Pair m, int k) => ((ExtendedExponent)m.High.Value + m.Low.Value) * Power(k);

    private static ExtendedExponent Power(int k)
    {
        ExtendedExponent power = 1;
        for (; k > 1000; k -= 1000)
            power *= Math.ScaleB(1, 1000);
        for (; k < -1000; k += 1000)
            power *= Math.ScaleB(1, -1000);
        return power * Math.ScaleB(1, k);
    }

    private static Pair Draw(Random random, int spread)
    {
        double high = Math.ScaleB((random.NextDouble() + 1) * (random.Next(2) == 0 ? 1 : -1), random.Next(-spread, spread + 1));
        return Pair.QuickSum(high, random.Next(5) == 0 ? 0 : Math.ScaleB(high * (random.NextDouble() - 0.5), -53 - random.Next(20)));
    }

    private static BigFloat Exact(Pair pair) => (BigFloat)pair.High.Value + pair.Low.Value;

    private static double Size(Pair a, Pair b) => Math.Abs(a.High.Value) + Math.Abs(b.High.Value);

    private static void AssertNear(BigFloat exact, SloppyPair actual, int power, double size = 0) =>
        AssertNear(exact, new Pair(actual.High, actual.Low), power, size);

    // Relative to the result, or to what cancels.
    private static void AssertNear(BigFloat exact, Pair actual, int power, double size = 0)
    {
        double error = Math.Abs((exact - actual.High.Value - actual.Low.Value).ToDouble());
        double bound = Math.ScaleB(Math.Max(size, Math.Abs(exact.ToDouble())), power);
        Assert.True(error <= bound, $"{actual.High.Value:R} + {actual.Low.Value:R} is off by {error / bound} times 2^{power}");
        BigFloat.Reset();
    }

    // To the nearest double, but where the exact value lies next to a tie: what it is made of is right to 95 bits.
    private static void AssertRounds(BigFloat exact, ExtendedExponent actual, BigFloat terms, string what)
    {
        double rounded = actual.Round(), expected = exact.Round(Double);
        BigFloat allowed = BigFloat.Scale(terms, -95);
        Assert.True(
            rounded.Equals(expected) || (exact + allowed).Round(Double).Equals(rounded) || (exact - allowed).Round(Double).Equals(rounded),
            $"{what}: {rounded:R}, not {expected:R}");
    }

    private static BigFloat Abs(BigFloat x) => x.Sign < 0 ? -x : x;
}
