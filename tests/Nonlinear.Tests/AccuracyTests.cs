using System.Globalization;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class AccuracyTests(ITestOutputHelper output)
{
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("NONLINEAR_SEED") ?? "1", CultureInfo.InvariantCulture);

    public static TheoryData<string> ReferenceFiles { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "References"), "*.csv").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Every_elementwise_function_has_reference_values(string name) => Assert.Contains(name, ReferenceFiles.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(ReferenceFiles))]
    public void Results_are_within_the_floor_of_the_reference_values(string file)
    {
        IEnumerable<Reference> references = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "References", file + ".csv")).Select(Reference.Parse);
        foreach (IGrouping<(string Activation, NumberFormat Format, bool Derivative), Reference> group in references.GroupBy(r => (r.Activation, r.Format, r.Derivative)))
        {
            Reference[] rows = [.. group];
            NumberFormat format = group.Key.Format;
            double[] results = format.Compute(Activation.Parse(group.Key.Activation), group.Key.Derivative, [.. rows.Select(row => row.X)]);
            for (int i = 0; i < rows.Length; i++)
            {
                double steps = Steps(results[i], rows[i].Expected, rows[i].Derivative, format);
                Assert.True(
                    steps <= TestCatalog.Floor(format),
                    $"{rows[i].Activation} {(group.Key.Derivative ? "derivative" : "forward")} {format.Name} at {rows[i].X:R}: {results[i]:R}, not {rows[i].Expected:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseFormatsAndDirections), MemberType = typeof(TestCatalog))]
    public void Results_are_within_the_floor_of_MPFR_on_fresh_points(string name, string formatName, bool derivative)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        NumberFormat format = NumberFormat.Named(formatName);
        Activation activation = Activation.Parse(name);
        double[] points = format.Bits == 16
            ? [.. Enumerable.Range(0, 1 << 16).Select(bits => format.FromBits((ulong)bits)).Where(double.IsFinite)]
            : [.. Points.Special(activation, format), .. Points.Random(format, format.Name == "float" ? 1_000_000 : 100_000, Seed)];
        double[] results = format.Compute(activation, derivative, points);

        double worst = 0, at = 0;
        Lock gate = new();
        Parallel.For(0, points.Length, () => (Error: 0.0, X: 0.0), (i, _, local) =>
        {
            Dual<BigFloat> exact = Oracle.Oracle.Evaluate(activation, points[i]);
            double error = (derivative ? exact.Tangent : exact.Value).ErrorInUlps(results[i], format);
            return error > local.Error ? (error, points[i]) : local;
        }, local =>
        {
            lock (gate)
            {
                if (local.Error > worst)
                    (worst, at) = local;
            }
        });

        output.WriteLine($"{points.Length} points, seed {Seed}: at most {worst:F4} ulp, at {at:R}");
        Assert.True(worst <= TestCatalog.Floor(format), $"{name} {formatName}: {worst} ulp at {at:R}");
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
            double x = Math.ScaleB(Math.Round(Math.ScaleB((random.NextDouble() * 16) - 8, 20)), -20) + Math.ScaleB(1, -22), h = Math.ScaleB(1, -30);
            BigFloat slope = BigFloat.Scale(Difference(x, h), 29);
            double expected = slope.ToDouble(), actual = activation.Curvature(x);
            Assert.True(Math.Abs(actual - expected) <= 1e-13 * Math.Max(Math.Abs(expected), 1e-3), $"{name} at {x:R}: {actual:R}, not {expected:R}");
        }

        BigFloat Difference(double x, double h)
        {
            // Evaluate starts the arena afresh, so the first value is carried over as a sum of doubles.
            BigFloat left = Oracle.Oracle.Evaluate(activation, x - h).Tangent;
            double high = left.ToDouble(), middle = (left - high).ToDouble(), low = (left - high - middle).ToDouble();
            return Oracle.Oracle.Evaluate(activation, x + h).Tangent - high - middle - low;
        }
    }

    // How many numbers of the format lie between; a NaN equals a NaN. A function's zeros have signs; those of a derivative, whose terms
    // vanish one by one in MPFR too, do not.
    private static double Steps(double actual, double expected, bool derivative, NumberFormat format)
    {
        bool sameSign = double.IsNegative(actual) == double.IsNegative(expected);
        if (actual.Equals(expected) && (sameSign || derivative))
            return 0;
        if (double.IsNaN(actual) || double.IsNaN(expected) || !sameSign)
            return double.PositiveInfinity;
        return Math.Abs((double)format.ToBits(actual) - format.ToBits(expected));
    }
}
