using System.Numerics;
using Nonlinear.Numerics;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

/// <summary>Numbers of 448 bits, beside MPFR's; and results that lie next to a tie, which only they decide.</summary>
public sealed class LongRealTests
{
    private const int Seed = 20261130, Trials = 300;

    // Of a result, however small; sums may have lost what their terms took from each other.
    private const int Digits = 400;

    [Fact]
    public void Arithmetic_is_right_to_all_bits_and_a_result_that_is_not_exact_ends_in_an_odd_one()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Random random = new(Seed);
        for (int i = 0; i < Trials; i++)
        {
            (LongReal a, LongReal b) = (Draw(random, 300), Draw(random, 300));
            BigFloat.Reset(wide: true);
            AssertNear(Exact(a) + Exact(b), a + b, LongReal.Bits - 2);
            AssertNear(Exact(a) - Exact(b), a - b, LongReal.Bits - 2);
            AssertNear(Exact(a) * Exact(b), a * b, LongReal.Bits - 2);
            AssertNear(Exact(a) / Exact(b), a / b, LongReal.Bits - 2);
            AssertNear(BigFloat.Sqrt(Exact(LongReal.Abs(a))), LongReal.Sqrt(LongReal.Abs(a)), LongReal.Bits - 2);
            LongReal quotient = a / b;
            BigInteger digits = quotient.ToFixed((int)(LongReal.Bits - quotient.Top));
            Assert.True((quotient * b - a).IsZero || !digits.IsEven);
        }
    }

    [Theory]
    [InlineData(nameof(LongReal.Exp), -700, 700)]
    [InlineData(nameof(LongReal.Expm1), -1000, 100)]
    [InlineData(nameof(LongReal.Log), 0, 1e300)]
    [InlineData(nameof(LongReal.Log1p), -1, 1e30)]
    [InlineData(nameof(LongReal.Sin), -1e30, 1e30)]
    [InlineData(nameof(LongReal.Cos), -1e30, 1e30)]
    [InlineData(nameof(LongReal.Tanh), -80, 80)]
    [InlineData(nameof(LongReal.Sigmoid), -1000, 160)]
    [InlineData(nameof(LongReal.SigmoidDerivative), -1000, 1000)]
    [InlineData(nameof(LongReal.TanhDerivative), -500, 500)]
    [InlineData(nameof(LongReal.TanhSoftplus), -500, 80)]
    [InlineData(nameof(LongReal.TanhSoftplusDerivative), -500, 500)]
    [InlineData(nameof(LongReal.Erf), -12, 12)]
    [InlineData(nameof(LongReal.NormalPdf), -50, 50)]
    [InlineData(nameof(LongReal.NormalCdf), -60, 17)]
    public void Functions_are_right_to_four_hundred_bits(string function, double least, double most)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Random random = new(Seed);
        for (int i = 0; i < Trials / 10; i++)
        {
            double x = Within(random, least, most);
            BigFloat.Reset(wide: true);
            // A half takes digits away from the tail of Φ.
            int lost = function == nameof(LongReal.NormalCdf) && x < 0 ? 120 : 0;
            AssertNear(Reference(function, x), Function(function)(x), Digits - lost, $"{function}({x:R})");
        }
        Assert.True(Function(function)(double.NaN).IsNaN);
    }

    [Fact]
    public void What_comes_to_its_limit_stays_on_its_side_of_it()
    {
        foreach (double far in (double[])[200, 1e4, 1e30, double.MaxValue])
        {
            Assert.True((1 - LongReal.Sigmoid(far)).Sign > 0);
            Assert.True((1 - LongReal.Tanh(far)).Sign > 0);
            Assert.True((LongReal.Tanh(-far) + 1).Sign > 0);
            Assert.True((1 - LongReal.NormalCdf(far)).Sign > 0);
            Assert.True((1 - LongReal.Erf(far)).Sign > 0);
            Assert.True((1 - LongReal.TanhSoftplus(far)).Sign > 0);
            Assert.True(LongReal.Exp(-far).Sign > 0);
            Assert.True(LongReal.Sigmoid(-far).Sign > 0);
            Assert.True(((LongReal)1 + double.Epsilon * (LongReal)1e-300 - 1).Sign > 0);
        }
    }

    // 4097 · 4099 is odd and has 25 bits: half way between two floats, of which the even one lies above. What an open gate lacks to 1
    // decides for the one below; pairs of doubles do not see it.
    [Theory]
    [InlineData("swiglu")]
    [InlineData("swiglu(beta=0.5)")]
    [InlineData("geglu")]
    [InlineData("geglu_tanh")]
    [InlineData("geglu_quick")]
    public void A_gate_that_is_all_but_open_decides_a_tie(string name)
    {
        float[] y = new float[1];
        Gated(name).Forward<float>([4097], [4099], y);
        Assert.Equal(4097 * 4099 - 1, y[0]);
        Gated(name).Forward<float>([4097], [-4099], y);
        Assert.Equal(1 - (4097 * 4099), y[0]);
    }

    // 4097² is a tie as well, and the even float lies below. The slope of a gate far out is next to nothing more than 1.
    [Theory]
    [InlineData("swiglu", 50)]
    [InlineData("swiglu", 4e10)]
    [InlineData("geglu", 12)]
    [InlineData("geglu", 1e30)]
    public void A_slope_that_is_all_but_1_decides_a_tie(string name, float gate)
    {
        float[] dgate = new float[1], dvalue = new float[1];
        Gated(name).Backward<float>([gate], [4097], [4097], dgate, dvalue);
        Assert.Equal((4097 * 4097) + 1, dgate[0]);
    }

    // A quarter of six times the smallest float is half way between one of it and two; the slope is next to nothing less than a quarter.
    [Fact]
    public void So_does_a_slope_of_an_elementwise_function()
    {
        float[] dx = new float[1];
        Activation.Sigmoid().Backward<float>([1e-20f], [6 * float.Epsilon], dx);
        Assert.Equal(float.Epsilon, dx[0]);
        Activation.Sigmoid().Backward<float>([0], [6 * float.Epsilon], dx);
        Assert.Equal(2 * float.Epsilon, dx[0]);
    }

    private static GatedActivation Gated(string name) => (GatedActivation)Activation.Parse(name);

    private static Func<LongReal, LongReal> Function(string name) => name switch
    {
        nameof(LongReal.Exp) => LongReal.Exp,
        nameof(LongReal.Expm1) => LongReal.Expm1,
        nameof(LongReal.Log) => LongReal.Log,
        nameof(LongReal.Log1p) => LongReal.Log1p,
        nameof(LongReal.Sin) => LongReal.Sin,
        nameof(LongReal.Cos) => LongReal.Cos,
        nameof(LongReal.Tanh) => LongReal.Tanh,
        nameof(LongReal.Sigmoid) => LongReal.Sigmoid,
        nameof(LongReal.SigmoidDerivative) => LongReal.SigmoidDerivative,
        nameof(LongReal.TanhDerivative) => LongReal.TanhDerivative,
        nameof(LongReal.TanhSoftplus) => LongReal.TanhSoftplus,
        nameof(LongReal.TanhSoftplusDerivative) => LongReal.TanhSoftplusDerivative,
        nameof(LongReal.Erf) => LongReal.Erf,
        nameof(LongReal.NormalPdf) => LongReal.NormalPdf,
        _ => LongReal.NormalCdf,
    };

    private static BigFloat Reference(string name, BigFloat x) => name switch
    {
        nameof(LongReal.Exp) => BigFloat.Exp(x),
        nameof(LongReal.Expm1) => BigFloat.Expm1(x),
        nameof(LongReal.Log) => BigFloat.Log(x),
        nameof(LongReal.Log1p) => BigFloat.Log1p(x),
        nameof(LongReal.Sin) => BigFloat.Sin(x),
        nameof(LongReal.Cos) => BigFloat.Cos(x),
        nameof(LongReal.Tanh) => BigFloat.Tanh(x),
        nameof(LongReal.Sigmoid) => BigFloat.Sigmoid(x),
        nameof(LongReal.SigmoidDerivative) => Slope(x),
        nameof(LongReal.TanhDerivative) => 4 * Slope(2 * x),
        nameof(LongReal.TanhSoftplus) => BigFloat.Tanh(BigFloat.Log1p(BigFloat.Exp(x))),
        nameof(LongReal.TanhSoftplusDerivative) =>
            4 * Slope(2 * BigFloat.Log1p(BigFloat.Exp(x))) * BigFloat.Sigmoid(x),
        nameof(LongReal.Erf) => BigFloat.Erf(x),
        nameof(LongReal.NormalPdf) => BigFloat.Exp(-(x * x) / 2) / BigFloat.Sqrt(2 * BigFloat.Pi),
        _ => BigFloat.Erfc(-x / BigFloat.Sqrt(2)) / 2,
    };

    private static BigFloat Slope(BigFloat x) => BigFloat.Sigmoid(x) * BigFloat.Sigmoid(-x);

    private static void AssertNear(BigFloat exact, LongReal result, int digits, string what = "")
    {
        BigFloat error = Exact(result) - exact;
        Assert.True(
            BigFloat.IsZero(error) || error.Exponent <= exact.Exponent - digits,
            $"{what} is off by 2^{error.Exponent - exact.Exponent}");
    }

    private static BigFloat Exact(LongReal x)
    {
        int fraction = (int)(LongReal.Bits + 8 - x.Top);
        return BigFloat.Scale(BigFloat.Parse(x.ToFixed(fraction).ToString()), -fraction);
    }

    private static LongReal Draw(Random random, int largestExponent)
    {
        LongReal sum = 0;
        for (int part = 0; part < 8; part++)
            sum += ((LongReal)(random.NextDouble() - 0.5)).Scale(-53 * part);
        return sum.Scale(random.Next(-largestExponent, largestExponent));
    }

    // Of any size between the bounds, and as often in the middle of them.
    private static double Within(Random random, double least, double most)
    {
        double x = random.Next(2) == 0
            ? least + ((most - least) * random.NextDouble())
            : Math.ScaleB(random.NextDouble() + 0.5, -random.Next(0, 150)) * (least < 0 && random.Next(2) == 0 ? -1 : 1);
        return Math.Clamp(x, least == -1 ? -0.999 : least, most);
    }
}
