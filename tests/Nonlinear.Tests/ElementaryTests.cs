using Nonlinear.Numerics;
using Nonlinear.Oracle;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;
using DualPair = Nonlinear.Numerics.Dual<Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>>;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;
using ShortLane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.ShortSeries>;
using SloppyPair = Nonlinear.Numerics.SloppyDoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Tests;

/// <summary>The elementary functions over every kind of number, by themselves, beside MPFR's: results hide what they lose.</summary>
public class ElementaryTests
{
    private const int Points = 300;

    private static readonly Dictionary<string, Domain> Domains = new()
    {
        ["exp"] = new(-600, 700),
        ["precise exp"] = new(-90, 7),
        ["expm1"] = new(-600, 700),
        ["log"] = new(1e-300, 1e300),
        ["log1p"] = new(-1, 1e300),
        ["log1p of a fraction"] = new(0, 1),
        ["sqrt"] = new(1e-280, 1e280),
        ["softplus"] = new(-600, 700),
        ["sin"] = new(-1e9, 1e9),
        ["cos"] = new(-1e9, 1e9),
        ["tanh"] = new(-300, 300),
        ["tanh'"] = new(-300, 300),
        ["sigmoid"] = new(-600, 600),
        ["sigmoid'"] = new(-600, 600),
        ["tanh softplus"] = new(-600, 600),
        ["tanh softplus'"] = new(-300, 40),
        ["normal cdf"] = new(-35, 35) { LeastInDoubles = -13 },
        ["normal pdf"] = new(-35, 35) { LeastInDoubles = -13 },
        ["erf"] = new(-30, 30),
        // Their zeros, about which they cancel.
        ["sigmoid gate'"] = new(-300, 300) { Root = -1.2784645427610738 },
        ["normal gate'"] = new(-35, 35) { Root = -0.7517915246935645, LeastInDoubles = -13 },
        ["tanh softplus gate'"] = new(-300, 40) { Root = -1.1924249850733566 },
    };

    public static TheoryData<string> Functions => [.. Domains.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Pairs_are_right_to_58_bits(string function)
    {
        Random random = new(5);
        for (int i = 0; i < Points; i++)
        {
            Pair x = Domains[function].DrawPair(random), y = Of(function, x);
            AssertRight(function, x, y.High.Value, y.Low.Value, Math.Pow(2, -57.5));
            AssertSameBits<DoubleLanes2<Unchecked>>(function, x, y);
            AssertSameBits<DoubleLanes4<Unchecked>>(function, x, y);
            AssertSameBits<DoubleLanes8<Unchecked>>(function, x, y);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Sloppy_pairs_are_right_to_57_bits_where_nothing_cancels(string function)
    {
        Random random = new(6);
        double bound = Math.ScaleB(1, function == "normal cdf" ? -54 : -57);
        foreach (Pair x in Enumerable.Range(0, Points).Select(_ => (Domains[function] with { Root = null }).DrawPair(random)))
        {
            SloppyPair y = Of<SloppyPair>(function, new(x.High, x.Low));
            // About its zero the derivative of a gate is a difference.
            double lost = Domains[function].Root is { } root ? 1 / Math.Min(1, Math.Abs(x.High.Value - root)) : 1;
            AssertRight(function, x, y.High.Value, y.Low.Value, bound * lost * (function == "normal gate'" ? 4 : 1));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Doubles_are_right_to_ulps(string function)
    {
        Random random = new(7);
        double bound = Math.ScaleB(1, function is "normal cdf" || function.EndsWith('\'') ? -50 : -51);
        foreach (float x in Enumerable.Range(0, Points).Select(_ => (Domains[function] with { Root = null }).DrawFloat(random)))
        {
            double lost = Domains[function].Root is { } root ? 1 / Math.Min(1, Math.Abs(x - root)) : 1;
            AssertRight(function, (double)x, Of<Lane>(function, x).Value, 0, bound * lost);
            AssertRight(function, (double)x, Of<ShortLane>(function, x).Value, 0, Math.ScaleB(1, -42) * lost);
        }
    }

    // x moves with -2.
    [Theory]
    [MemberData(nameof(Functions))]
    public void A_dual_number_carries_the_slope(string function)
    {
        Random random = new(10);
        Domain domain = Domains[function] with { Root = null };
        domain = domain with { Least = Math.Max(domain.Least, -25), Most = Math.Min(domain.Most, 25) };
        for (int i = 0; i < Points; i++)
        {
            Pair x = domain.DrawPair(random);
            DualPair y = Of(function, new DualPair(x, -2));
            Assert.Equal(Of(function, x).High.Value, y.Value.High.Value, Math.Abs(y.Value.High.Value) * 1e-15);
            BigFloat.Reset();
            const int Step = -80;
            BigFloat at = (BigFloat)x.High.Value + x.Low.Value, step = BigFloat.Scale(Math.Abs(x.High.Value), Step);
            BigFloat slope = -(Exact(function, at + step) - Exact(function, at - step)) / step;
            double error = Math.Abs((slope - y.Tangent.High.Value).ToDouble());
            double size = Math.Abs(slope.ToDouble()) + (Math.Abs(y.Value.High.Value) * 1e-3);
            Assert.True(error <= size * 1e-12, $"{function} at {x.High.Value:R}: {y.Tangent.High.Value:R}, not {slope.ToDouble():R}");
        }
    }

    [Theory]
    [InlineData("exp", -760, 709)]
    [InlineData("precise exp", -760, 709)]
    [InlineData("expm1", -760, 709)]
    [InlineData("log", 5e-324, 1e308)]
    [InlineData("log1p", -1, 1e308)]
    [InlineData("sqrt", 5e-324, 1e308)]
    [InlineData("sin", -1e308, 1e308)]
    [InlineData("cos", -1e308, 1e308)]
    [InlineData("tanh", -1e308, 1e308)]
    [InlineData("tanh'", -380, 380)]
    [InlineData("sigmoid", -760, 1e308)]
    [InlineData("sigmoid'", -760, 760)]
    [InlineData("tanh softplus", -760, 1e308)]
    [InlineData("tanh softplus'", -760, 380)]
    [InlineData("normal cdf", -39, 1e308)]
    [InlineData("normal pdf", -39, 39)]
    [InlineData("erf", -1e308, 1e308)]
    public void Numbers_with_a_long_exponent_round_as_doubles_do(string function, double least, double most)
    {
        Random random = new(8);
        NumberFormat format = NumberFormat.Named("double");
        for (int i = 0; i < Points; i++)
        {
            // Half of them where results are subnormal.
            double x = i % 2 == 0 && least is > -1000 and < -2
                ? least * (1 - (random.NextDouble() / 10))
                : new Domain(least, most).DrawPair(random).High.Value;
            double y = Of<ExtendedExponent>(function, x).Round();
            BigFloat.Reset(wide: true);
            double error = Exact(function, x).ErrorInUlps(y, format);
            Assert.True(error <= 0.51, $"{function} at {x:R}: {y:R} is {error} ulp off");
        }
    }

    [Theory]
    [InlineData("exp", -600, 700)]
    [InlineData("log", 1e-300, 1e300)]
    [InlineData("log1p", -1, 1e300)]
    [InlineData("sqrt", 1e-280, 1e280)]
    public void The_precise_form_is_right_to_95_bits(string function, double least, double most)
    {
        Random random = new(9);
        foreach (Pair x in Enumerable.Range(0, Points).Select(_ => new Domain(least, most).DrawPair(random)))
        {
            Pair y = function switch
            {
                "exp" => PreciseElementary.Exp(x),
                "log" => PreciseElementary.Log(x),
                "log1p" => PreciseElementary.Log1p(x),
                _ => PreciseElementary.Sqrt(x),
            };
            AssertRight(function, x, y.High.Value, y.Low.Value, Math.ScaleB(1, -95));
        }
    }

    [Fact]
    public void The_exponential_for_what_cancels_is_right_to_72_bits_at_any_width()
    {
        Random random = new(10);
        foreach (Pair x in Enumerable.Range(0, Points).Select(_ => new Domain(-600, 700).DrawPair(random)))
        {
            Pair y = Pair.PreciseExp(x);
            AssertRight("precise exp", x, y.High.Value, y.Low.Value, Math.ScaleB(1, -72));
            AssertSameBits<DoubleLanes2<Unchecked>>("precise exp", x, y);
            AssertSameBits<DoubleLanes4<Unchecked>>("precise exp", x, y);
            AssertSameBits<DoubleLanes8<Unchecked>>("precise exp", x, y);
        }
    }

    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(-2001, 0)]
    [InlineData(0, 1)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Its_ends_are_those_of_the_exponential(double x, double expected)
    {
        Pair y = Pair.PreciseExp(x);
        Assert.Equal(expected, y.High.Value);
        Assert.Equal(0.0, double.IsNaN(x) ? 0 : y.Low.Value);
    }

    private static void AssertRight(string function, Pair x, double high, double low, double bound)
    {
        BigFloat.Reset();
        BigFloat exact = Exact(function, (BigFloat)x.High.Value + x.Low.Value);
        double error = Math.Abs((((BigFloat)high + low - exact) / exact).ToDouble());
        Assert.True(error <= bound, $"{function} at {x.High.Value:R} + {x.Low.Value:R}: {high:R} is off by 2^{Math.Log2(error):F1}");
    }

    private static void AssertSameBits<L>(string function, Pair x, Pair expected)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> y = Of(function, new DoubleDouble<L>(x.High.Value, x.Low.Value));
        double[] lanes = new double[2 * L.Count];
        L.Store(y.High, ref lanes[0], 0);
        L.Store(y.Low, ref lanes[0], (nuint)L.Count);
        Assert.All(lanes[..L.Count], high => Assert.Equal(expected.High.Value, high));
        Assert.All(lanes[L.Count..], low => Assert.Equal(expected.Low.Value, low));
    }

    private static N Of<N>(string function, N x)
        where N : struct, IReal<N> => function switch
        {
            "exp" => N.Exp(x),
            "precise exp" => N.PreciseExp(x),
            "expm1" => N.Expm1(x),
            "log" => N.Log(x),
            "log1p" => N.Log1p(x),
            "log1p of a fraction" => N.Log1pOfFraction(x),
            "sqrt" => N.Sqrt(x),
            "softplus" => N.Softplus(x),
            "sin" => N.Sin(x),
            "cos" => N.Cos(x),
            "tanh" => N.Tanh(x),
            "tanh'" => N.TanhDerivative(x),
            "sigmoid" => N.Sigmoid(x),
            "sigmoid'" => N.SigmoidDerivative(x),
            "tanh softplus" => N.TanhSoftplus(x),
            "tanh softplus'" => N.TanhSoftplusDerivative(x),
            "normal cdf" => N.NormalCdf(x),
            "normal pdf" => N.NormalPdf(x),
            "erf" => N.Erf(x),
            "sigmoid gate'" => N.SigmoidGateDerivative(x),
            "normal gate'" => N.NormalGateDerivative(x),
            "tanh softplus gate'" => N.TanhSoftplusGateDerivative(x),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };

    private static BigFloat Exact(string function, BigFloat x)
    {
        BigFloat Sigmoid(BigFloat at) => 1 / (1 + BigFloat.Exp(-at));
        // σ'(x) = σ(x) σ(-x), and so is 1 - tanh²
        BigFloat SigmoidSlope(BigFloat at) => Sigmoid(at) * Sigmoid(-at);
        BigFloat TanhSoftplus() => BigFloat.Tanh(BigFloat.Log1p(BigFloat.Exp(x)));
        BigFloat TanhSoftplusSlope() => 4 * SigmoidSlope(2 * BigFloat.Log1p(BigFloat.Exp(x))) * Sigmoid(x);
        BigFloat NormalCdf() => BigFloat.Erfc(-x / BigFloat.Sqrt(2)) / 2;
        BigFloat NormalPdf() => BigFloat.Exp(-x * x / 2) / BigFloat.Sqrt(2 * BigFloat.Pi);
        return function switch
        {
            "exp" or "precise exp" => BigFloat.Exp(x),
            "expm1" => BigFloat.Expm1(x),
            "log" => BigFloat.Log(x),
            "log1p" or "log1p of a fraction" => BigFloat.Log1p(x),
            "sqrt" => BigFloat.Sqrt(x),
            "softplus" => BigFloat.Log1p(BigFloat.Exp(x)),
            "sin" => BigFloat.Sin(x),
            "cos" => BigFloat.Cos(x),
            "tanh" => BigFloat.Tanh(x),
            "tanh'" => 4 * SigmoidSlope(2 * x),
            "sigmoid" => Sigmoid(x),
            "sigmoid'" => SigmoidSlope(x),
            "tanh softplus" => TanhSoftplus(),
            "tanh softplus'" => TanhSoftplusSlope(),
            "normal cdf" => NormalCdf(),
            "normal pdf" => NormalPdf(),
            "erf" => BigFloat.Erf(x),
            "sigmoid gate'" => Sigmoid(x) + (x * SigmoidSlope(x)),
            "normal gate'" => NormalCdf() + (x * NormalPdf()),
            "tanh softplus gate'" => TanhSoftplus() + (x * TanhSoftplusSlope()),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }

    /// <summary>Where a function is evaluated: to where its result is of the range in which pairs keep all their digits.</summary>
    private sealed record Domain(double Least, double Most)
    {
        /// <summary>What doubles are used down to: below, the pairs are.</summary>
        public double LeastInDoubles { get; init; } = Least;

        /// <summary>A place that is visited often.</summary>
        public double? Root { get; init; }

        public Pair DrawPair(Random random)
        {
            double x = Root is { } root && random.Next(3) == 0
                ? root + Math.ScaleB(random.NextDouble() - 0.5, -random.Next(1, 44))
                : Draw(random, Least);
            return new(x, Math.ScaleB(x * (random.NextDouble() - 0.5), -53));
        }

        public float DrawFloat(Random random)
        {
            float x;
            do
                x = (float)Draw(random, LeastInDoubles);
            while (!float.IsNormal(x));
            return x;
        }

        // As likely of any size.
        private double Draw(Random random, double least)
        {
            int smallest = Least > 0 ? Math.ILogB(Least) : -40, largest = Math.ILogB(Math.Max(Math.Abs(Least), Most));
            while (true)
            {
                double size = Math.ScaleB(1 + random.NextDouble(), random.Next(smallest, largest + 1));
                double x = random.Next(2) == 0 ? size : -size;
                if (x > least && x < Most)
                    return x;
            }
        }
    }
}
