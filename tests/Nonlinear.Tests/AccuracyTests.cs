using System.Globalization;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class AccuracyTests
{
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("NONLINEAR_SEED") ?? "1", CultureInfo.InvariantCulture);

    public static TheoryData<string> ReferenceFiles { get; } =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "References"), "*.csv")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(),
    ];

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Every_elementwise_function_has_reference_values(string name)
    {
        Assert.Contains(name, ReferenceFiles.Select(row => row.Data));
        Assert.Contains(name + ".ulps", ReferenceFiles.Select(row => row.Data));
        // Some away from the defaults, if it has parameters.
        int activations = Read(name + ".ulps").Select(row => row.Activation).Distinct().Count();
        Assert.True(TestCatalog.Get(name).Info.Parameters.Count == 0 ? activations == 1 : activations >= 3, $"{name}.ulps.csv");
    }

    [Theory]
    [MemberData(nameof(ReferenceFiles))]
    public void Results_of_both_tiers_keep_their_guarantee_at_the_reference_values(string file)
    {
        foreach (IGrouping<(string Activation, NumberFormat Format, bool Derivative), Row> group
            in Read(file).GroupBy(row => (row.Activation, row.Reference.Format, row.Reference.Derivative)))
        {
            Row[] rows = [.. group];
            Activation exact = Activation.Parse(group.Key.Activation);
            foreach (Activation activation in ((Activation[])[exact, exact.Fast]).Distinct())
            {
                double[] results = group.Key.Format.Compute(activation, group.Key.Derivative, [.. rows.Select(row => row.Reference.X)]);
                for (int i = 0; i < rows.Length; i++)
                    AssertKeeps(Guarantee.Of(activation, group.Key.Format.Type), activation, rows[i], results[i]);
            }
        }
    }

    [Theory]
    [InlineData("telu", -60, -42)]
    [InlineData("lisht", -1e-19, 1e-19)]
    [InlineData("tanh_shrink", -1e-6, 1e-6)]
    public void Doubles_keep_their_guarantee_where_a_hyperbolic_tangent_is_next_to_0(string name, double from, double to)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        NumberFormat format = NumberFormat.Named("double");
        ElementwiseActivation activation = TestCatalog.Get(name);
        Random random = new(Seed);
        double[] x = [.. Enumerable.Range(0, 5000).Select(_ => from + ((to - from) * random.NextDouble()))];
        // Here the exponential lies half a unit in the last place beside its first part.
        x[0] = name == "telu" ? -49.72720193813541 : x[0];
        double[] y = format.Compute(activation, false, x);
        for (int i = 0; i < x.Length; i++)
            Assert.InRange(Oracle.Oracle.Evaluate(activation, x[i]).Value.ErrorInUlps(y[i], format), 0, 1);
    }

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void The_curvature_is_the_slope_of_the_derivative(string name)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        ElementwiseActivation activation = TestCatalog.Get(name);
        Random random = new(Seed);
        for (int i = 0; i < 2000; i++)
        {
            // The step keeps clear of kinks; its square, 2⁻⁶⁰, is the error of the difference.
            double x = Math.ScaleB(Math.Round(Math.ScaleB((random.NextDouble() * 16) - 8, 20)), -20) + Math.ScaleB(1, -22);
            double h = Math.ScaleB(1, -30);
            BigFloat slope = BigFloat.Scale(Difference(x, h), 29);
            double expected = slope.ToDouble(), actual = activation.Curvature(x);
            Assert.True(
                (double.IsNaN(actual) && double.IsNaN(expected))
                    || Math.Abs(actual - expected) <= 1e-13 * Math.Max(Math.Abs(expected), 1e-3),
                $"{name} at {x:R}: {actual:R}, not {expected:R}");
        }

        BigFloat Difference(double x, double h)
        {
            // Evaluate starts the arena afresh, so the first value is carried over as a sum of doubles.
            BigFloat left = Oracle.Oracle.Evaluate(activation, x - h).Tangent;
            double high = left.ToDouble(), middle = (left - high).ToDouble(), low = (left - high - middle).ToDouble();
            return Oracle.Oracle.Evaluate(activation, x + h).Tangent - high - middle - low;
        }
    }

    // As floats they would be infinite, or have lost their digits.
    [Theory]
    [InlineData("elu(alpha=1e39)")]
    [InlineData("elu(alpha=1e-39)")]
    [InlineData("leaky_relu(alpha=1e39)")]
    [InlineData("leaky_relu(alpha=1e-39)")]
    [InlineData("swish(beta=1e39)")]
    [InlineData("swish(beta=1e-39)")]
    public void Parameters_beyond_floats_keep_the_promise_of_the_fast_tier(string name)
    {
        ElementwiseActivation exact = (ElementwiseActivation)Activation.Parse(name);
        float[] x = [-1e-5f, -0.3f, -2, 1e-5f, 3, 1e30f, -1e-30f], expected = new float[x.Length], actual = new float[x.Length];
        exact.Forward(x, expected);
        exact.Fast.Forward(x, actual);
        for (int i = 0; i < x.Length; i++)
        {
            float size = MathF.Abs(expected[i]), ulp = MathF.BitIncrement(size) - size;
            Assert.True(
                expected[i].Equals(actual[i]) || Math.Abs((double)expected[i] - actual[i]) <= (exact.Info.FastUlps + 0.5) * ulp,
                $"{name} of {x[i]:R}: {actual[i]:R}, not {expected[i]:R}");
        }
    }

    private static IEnumerable<Row> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "References", file + ".csv")).Select(Row.Parse);

    // A NaN equals a NaN. A function's zeros have signs; those of a derivative, whose terms vanish one by one in MPFR too, do not.
    private static void AssertKeeps(Guarantee guarantee, Activation activation, Row row, double actual)
    {
        (_, NumberFormat format, bool derivative, double x, double expected) = row.Reference;
        bool sameSign = double.IsNegative(actual) == double.IsNegative(expected);
        if (actual.Equals(expected) && (sameSign || derivative))
            return;
        bool keeps = !guarantee.CorrectlyRounded
            && (row.Ulps(actual) <= guarantee.Ulps + row.Unknown || IsNextToAMovedZero(activation, row, actual))
            && (sameSign || actual != 0 || expected != 0 || derivative);
        Assert.True(
            keeps,
            $"{activation}{(derivative ? "′" : "")} on {format.Name} at {x:R}: {actual:R}, not {expected:R}; "
            + $"{row.Ulps(actual):F3} ulp, {guarantee}");
    }

    // The zeros of these slopes lie elsewhere for other parameters, where no series is kept about them: what the README excepts.
    private static bool IsNextToAMovedZero(Activation activation, Row row, double actual) =>
        activation.Info.Name is "xielu" or "snake_beta"
        && row.Reference is { Format.Type: NumberType.Double, Derivative: true }
        && activation.ParameterValues.Zip(activation.Info.Parameters, (value, info) => value != info.Default).Any(moved => moved)
        && Math.Abs(actual - row.Reference.Expected) <= Math.ScaleB(1, -60);

    /// <summary>A reference, and where it says so the rest of the exact value in thousandths of an ulp.</summary>
    private sealed record Row(Reference Reference, int? Rest)
    {
        public string Activation => Reference.Activation;

        /// <summary>What the line does not tell of the exact value, in ulps: it was rounded, to a number or to thousandths.</summary>
        public double Unknown => Rest is null ? 0.5 : 0.0005;

        public static Row Parse(string line) =>
            new(
                Reference.Parse(line),
                line.Split(';') is [_, _, _, _, _, string rest] ? int.Parse(rest, CultureInfo.InvariantCulture) : null);

        /// <summary>How far off a result is, in ulps of the exact value; a number of a different kind is infinitely far.</summary>
        public double Ulps(double actual)
        {
            double expected = Reference.Expected, rest = (Rest ?? 0) / 1000.0;
            if (!double.IsFinite(actual) || !double.IsFinite(expected))
                return actual.Equals(expected) ? 0 : double.PositiveInfinity;
            // An exact value just nearer to 0 than a power of two has the ulp of those below; its rest is 0.5 of them at most.
            bool below = rest * expected < 0 && Math.Abs(expected) == Math.ScaleB(1, Math.ILogB(expected));
            int ulp = Reference.Format.UlpExponent(below ? double.BitDecrement(Math.Abs(expected)) : expected);
            return Math.Abs(Math.ScaleB(actual - expected, -ulp) - rest);
        }
    }
}
