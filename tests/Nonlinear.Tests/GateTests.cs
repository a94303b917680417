using Nonlinear.Numerics;
using Nonlinear.Oracle;
using DoubleLane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;
using FormulaDual = Nonlinear.Numerics.Dual<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear.Tests;

/// <summary>
/// The products with a vanishing factor, x·σ(z), x·Φ(z) and x·tanh(log(1 + eᶻ)), honour both arguments in every number, and so do their
/// derivatives.
/// </summary>
public class GateTests
{
    private static readonly float[] Xs = [1, -1, 0.3f, -7.25f, 1e-30f, -3e-41f, 1e10f, -1e20f, 3e38f, 0, -0f];

    private static readonly float[] Zs =
        [0, 0.5f, -0.5f, 3, -3, 8.5f, -8.5f, -13.9f, 17, -17.5f, -19.25f, 40, -60, -88.5f, -103.25f, -130, 150, -165, 1e-20f, 1e5f, -1e5f];

    public static TheoryData<string> Gates { get; } = ["σ", "Φ", "tanh(log(1 + e))"];

    [Theory]
    [MemberData(nameof(Gates))]
    public void Products_over_floats_are_within_8_ulp_where_factors_vanish_as_well(string gate)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        NumberFormat format = NumberFormat.Named("float");
        foreach (float x in Xs)
        {
            foreach (float z in Zs)
            {
                FloatLanes1 number = Times(gate, (FloatLanes1)x, z);
                float result = 0;
                FloatLanes1.Store(number, ref result, 0);
                BigFloat.Reset(wide: true);
                BigFloat exact = (BigFloat)x * Factor<BigFloat>(gate, z);
                double error = exact.ErrorInUlps(result, format);
                Assert.True(error <= 8, $"{x:R} · {gate}({z:R}) = {result:R}, {error:F1} ulp off");
                Assert.Equal(float.IsNegative(x), float.IsNegative(result));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public void Every_number_honours_both_arguments(string gate)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        foreach (double x in (double[])[2.5, -0.75])
        {
            foreach (double z in (double[])[1.25, -1.5, 4, -6])
            {
                BigFloat.Reset();
                double exact = ((BigFloat)x * Factor<BigFloat>(gate, z)).ToDouble(), bound = Math.Abs(exact) * 1e-14;
                Assert.Equal(exact, Times<DoubleLane>(gate, x, z).Value, bound);
                Assert.Equal(exact, Times<DoubleDouble<DoubleLane>>(gate, x, z).High.Value, bound);
                Assert.Equal(exact, Times<SloppyDoubleDouble<DoubleLane>>(gate, x, z).Rounded.Value, bound);
                Assert.Equal(exact, Times<ExtendedExponent>(gate, x, z).Round(), bound);
                Assert.Equal(exact, Times<OwnNumber>(gate, x, z).Value, Math.Abs(exact) * 1e-6);
            }
        }
    }

    // x moves with 2, z with 3.
    [Theory]
    [MemberData(nameof(Gates))]
    public void A_dual_number_carries_the_derivative_by_both_arguments(string gate)
    {
        const double Step = 1e-5;
        foreach (double z in (double[])[1.25, -1.5, 4, -6])
        {
            double slope = (Times<DoubleLane>(gate, 0.7 + (2 * Step), z + (3 * Step)).Value
                - Times<DoubleLane>(gate, 0.7 - (2 * Step), z - (3 * Step)).Value) / (2 * Step);
            FormulaDual product = Times(gate, new FormulaDual(0.7, 2), new FormulaDual(z, 3));
            Assert.Equal(Times<DoubleLane>(gate, 0.7, z).Value, product.Value.Value);
            Assert.Equal(slope, product.Tangent.Value, 1e-8);
        }
    }

    [Fact]
    public void Factors_and_their_derivatives_over_floats_are_those_over_doubles()
    {
        for (float x = -30; x <= 30; x += 0.37f)
        {
            DoubleLane[] expected = Factors<DoubleLane>(x);
            FloatLanes1[] actual = Factors<FloatLanes1>(x);
            for (int i = 0; i < expected.Length; i++)
            {
                Near(expected[i].Value, actual[i]);
            }
        }

        static V[] Factors<V>(V x)
            where V : struct, IReal<V> => [V.TanhSoftplusDerivative(x), V.NormalPdf(x), V.NormalCdf(x), V.TanhSoftplus(x)];

        static void Near(double expected, FloatLanes1 number)
        {
            float actual = 0;
            FloatLanes1.Store(number, ref actual, 0);
            Assert.Equal(expected, actual, (Math.Abs(expected) * 6e-7) + (8 * float.Epsilon));
        }
    }

    private static V Times<V>(string gate, V x, V z)
        where V : struct, IReal<V> => gate switch
        {
            "σ" => V.TimesSigmoid(x, z),
            "Φ" => V.TimesNormalCdf(x, z),
            _ => V.TimesTanhSoftplus(x, z),
        };

    private static N Factor<N>(string gate, double z)
        where N : struct, INumber<N> => gate switch
        {
            "σ" => N.Sigmoid(z),
            "Φ" => N.Erfc(-(N)z / N.Sqrt(2)) / 2,
            _ => N.Tanh(N.Softplus(z)),
        };
}
