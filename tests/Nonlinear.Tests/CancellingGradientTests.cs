using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Tests;

/// <summary>Gradients of which their terms leave a thousandth or less, down to 10⁻¹⁵.</summary>
public class CancellingGradientTests
{
    private static readonly NumberFormat Doubles = NumberFormat.Named("double");

    private static readonly int[] Lengths = [1, 2, 3, 8, 9, 33, 100];

    // The reference finds a threshold for each vector.
    private const int LongestWithThreshold = 9;

    // How a gradient is made whose terms cancel to about so little.
    private static readonly Action<double[], double[], double, Random>[] Kinds =
    [
        // Nearly the same everywhere, which softmax and its kin turn to nothing.
        (x, dy, left, random) => Fill(dy, i => 0.7 * (1 + (left * Signed(random)))),
        // Nearly in proportion to the shares, which log-softmax turns to nothing.
        (x, dy, left, random) => Fill(dy, i => 3 * Shares(x)[i] * (1 + (left * Signed(random)))),
        // One logit that dominates, and the others' shares of about that size.
        (x, dy, left, random) =>
        {
            Fill(x, i => Signed(random));
            x[random.Next(x.Length)] = -Math.Log(left);
            Fill(dy, i => Signed(random));
        },
        // A sum of which its terms leave little.
        (x, dy, left, random) =>
        {
            Fill(dy, i => Signed(random));
            double[] terms = dy.Length % 2 == 0 ? Shares(x) : [.. x.Select(_ => 1.0)];
            double sum = terms.Zip(dy, (y, gradient) => y * gradient).Sum();
            dy[0] -= sum * (1 + left) / terms[0];
        },
        // The same everywhere.
        (x, dy, left, random) => Fill(dy, i => 0.7 * left),
    ];

    public static TheoryData<string> Names =>
    [
        "softmax", "log_softmax", "softmin", "gumbel_softmax(tau=0.7, seed=3)", "sparsemax", "entmax", "entmax(alpha=1)", "entmax(alpha=3)",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void By_way_of_the_inputs_they_are_as_exact_as_promised(string name)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        AxisActivation activation = (AxisActivation)Activation.Parse(name);
        VectorSubject subject = new(activation, Backward: true, Doubles);
        ForEachRow(name, (x, dy, what) =>
        {
            double[] dx = new double[x.Length];
            activation.Backward<double>(x, dy, dx);
            Outcome outcome = VectorSweep.Look(subject, x, dy, dx, 0);
            Assert.True(outcome.Keeps(subject.Guarantee), $"{name}, {what}: {outcome.Worst}");
        });
    }

    // Of what the given outputs say, which are rounded themselves.
    [Theory]
    [InlineData("softmax", 0, 1)]
    [InlineData("log_softmax", 0, 1)]
    [InlineData("softmin", 0, -1)]
    [InlineData("sparsemax", 2, 1)]
    [InlineData("entmax", 1.5, 1)]
    [InlineData("entmax(alpha=3)", 3, 1)]
    public void By_way_of_the_outputs_they_are_as_exact_as_promised(string name, double alpha, int sign)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        AxisActivation activation = (AxisActivation)Activation.Parse(name);
        double promised = Guarantee.OfGradient(activation, NumberType.Double).Ulps;
        ForEachRow(name, (x, dy, what) =>
        {
            double[] y = new double[x.Length], dx = new double[x.Length];
            activation.Forward<double>(x, y);
            activation.BackwardFromOutput<double>(y, dy, dx);
            for (int i = 0; i < x.Length; i++)
            {
                BigFloat.Reset();
                (BigFloat exact, BigFloat terms) = name == "log_softmax" ? OfLogarithms(y, dy, i) : OfShares(y, dy, i, alpha);
                double error = Ulps((sign * exact) - dx[i], exact, terms);
                Assert.True(error <= promised, $"{name} from outputs, {what}: {dx[i]:R} at {i} is off by {error} ulp");
            }
        });
    }

    // Smaller than any double by itself, a share meets a factor that brings it back.
    [Theory]
    [InlineData("softmax")]
    [InlineData("log_softmax")]
    [InlineData("softmin")]
    public void Shares_below_the_range_of_doubles_count(string name)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        AxisActivation activation = (AxisActivation)Activation.Parse(name);
        VectorSubject subject = new(activation, Backward: true, Doubles);
        foreach (double gap in (double[])[300, 620, 700, 740, 800, 1300])
        {
            foreach (double large in (double[])[5e-324, 1e-310, 1e-250, 1, 1e200, 1.7e308])
            {
                double[] x = name == "softmin" ? [0, gap, 1, double.PositiveInfinity] : [0, -gap, -1, double.NegativeInfinity];
                foreach (double[] dy in (double[][])[[0, large, 0, 0], [large, -large, large, 1], [large, large, large, large]])
                {
                    double[] dx = new double[4];
                    activation.Backward<double>(x, dy, dx);
                    Outcome outcome = VectorSweep.Look(subject, x, dy, dx, 0);
                    Assert.True(
                        outcome.Keeps(subject.Guarantee), $"{name}, {gap}, ({string.Join(", ", dy)}): {outcome.Worst}");
                }
            }
        }
    }

    private static void ForEachRow(string name, Action<double[], double[], string> look)
    {
        bool hasThreshold = name.Contains("max(alpha=3)") || name is "sparsemax" or "entmax";
        foreach (int length in Lengths.Where(length => length <= LongestWithThreshold || !hasThreshold))
        {
            for (int digits = 1; digits <= 15; digits += 2)
            {
                for (int kind = 0; kind < Kinds.Length; kind++)
                {
                    for (int seed = 0; seed < (length > 9 ? 2 : 4); seed++)
                    {
                        Random random = new((((length * 16) + digits) * 16) + (kind * 4) + seed);
                        double spread = seed % 2 == 0 ? 1 : 15;
                        double[] x = [.. Enumerable.Range(0, length).Select(_ => spread * Signed(random))], dy = new double[length];
                        Kinds[kind](x, dy, Math.Pow(10, -digits), random);
                        look(x, dy, $"{length} elements, kind {kind}, 10^-{digits}, seed {seed}");
                    }
                }
            }
        }
    }

    private static (BigFloat Exact, BigFloat Terms) OfLogarithms(double[] y, double[] dy, int i)
    {
        BigFloat share = BigFloat.Exp(y[i]), sum = 0, terms = 0;
        foreach (double gradient in dy)
        {
            sum += gradient;
            terms += Math.Abs(gradient);
        }
        return (dy[i] - (share * sum), Math.Abs(dy[i]) + (share * terms));
    }

    // Each share counts as its power of 2 - α; of softmax, α = 1 and shares that need not come to 1, the sum is not divided by theirs.
    private static (BigFloat Exact, BigFloat Terms) OfShares(double[] y, double[] dy, int i, double alpha)
    {
        BigFloat sum = 0, terms = 0, all = 0;
        BigFloat[] weights = [.. y.Select(share => alpha == 0 ? share : share == 0 ? 0 : Power(share, alpha))];
        for (int j = 0; j < y.Length; j++)
        {
            all += weights[j];
            sum += weights[j] * dy[j];
            terms += weights[j] * Math.Abs(dy[j]);
        }
        if (alpha == 0)
            all = 1;
        return (weights[i] * (dy[i] - (sum / all)), weights[i] * (Math.Abs(dy[i]) + (terms / all)));
    }

    private static BigFloat Power(double share, double alpha) =>
        alpha == 2 ? 1 : BigFloat.Exp((2 - (BigFloat)alpha) * BigFloat.Log(share));

    // In ulps of the exact value, or of a thousandth of its terms if that is more.
    private static double Ulps(BigFloat error, BigFloat exact, BigFloat terms)
    {
        double size = Math.Max(Math.Abs(exact.ToDouble()), terms.ToDouble() / 1000);
        return Math.Abs(BigFloat.Scale(error, -(int)Doubles.UlpExponent(size)).ToDouble());
    }

    private static double[] Shares(double[] x)
    {
        double[] y = new double[x.Length];
        Activation.Softmax().Forward<double>(x, y);
        return y;
    }

    private static void Fill(double[] vector, Func<int, double> next)
    {
        for (int i = 0; i < vector.Length; i++)
            vector[i] = next(i);
    }

    private static double Signed(Random random) => (2 * random.NextDouble()) - 1;
}
