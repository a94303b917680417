using System.Globalization;
using Nonlinear.Oracle;

namespace Nonlinear.Tests;

public class AccuracyTests
{
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("NONLINEAR_SEED") ?? "1", CultureInfo.InvariantCulture);

    public static TheoryData<string> ReferenceFiles { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "References"), "*.csv").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Every_elementwise_function_has_reference_values(string name) => Assert.Contains(name, ReferenceFiles.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(ReferenceFiles))]
    public void Results_keep_their_guarantee_at_the_reference_values(string file)
    {
        IEnumerable<Reference> references = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "References", file + ".csv")).Select(Reference.Parse);
        foreach (IGrouping<(string Activation, NumberFormat Format, bool Derivative), Reference> group in references.GroupBy(r => (r.Activation, r.Format, r.Derivative)))
        {
            Reference[] rows = [.. group];
            NumberFormat format = group.Key.Format;
            Activation activation = Activation.Parse(group.Key.Activation);
            Guarantee guarantee = Guarantee.Of(activation, format.Type);
            // Half an ulp and a little more is the next number at most.
            double allowed = guarantee.CorrectlyRounded ? 0 : Math.Ceiling(guarantee.Ulps);
            double[] results = format.Compute(activation, group.Key.Derivative, [.. rows.Select(row => row.X)]);
            for (int i = 0; i < rows.Length; i++)
            {
                double steps = Steps(results[i], rows[i].Expected, rows[i].Derivative, format);
                Assert.True(
                    steps <= allowed,
                    $"{rows[i].Activation} {(group.Key.Derivative ? "derivative" : "forward")} {format.Name} at {rows[i].X:R}: {results[i]:R}, not {rows[i].Expected:R}");
            }
        }
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
