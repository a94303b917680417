using System.Globalization;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Tests;

/// <summary>What the library guarantees, judged on samples; "nonlinear verify --exhaustive" judges every float.</summary>
public class VerificationTests(ITestOutputHelper output)
{
    private const int FloatPoints = 30_000, DoublePoints = 6_000;

    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("NONLINEAR_SEED") ?? "1", CultureInfo.InvariantCulture);

    public static TheoryData<string, string, bool, Tier> Subjects
    {
        get
        {
            TheoryData<string, string, bool, Tier> rows = [];
            foreach (ElementwiseActivation activation in TestCatalog.Elementwise)
            {
                // Numbers of 16 bits are widened to floats whatever the function is, and reference values tell of doubles.
                foreach (NumberFormat format in NumberFormat.All.Where(
                    format => format.Type == NumberType.Float || TestCatalog.IsThorough(activation)))
                {
                    foreach (bool derivative in (bool[])[false, true])
                    {
                        rows.Add(activation.Info.Name, format.Name, derivative, Tier.Exact);
                        if (activation.Fast != activation && format.Name == "float")
                            rows.Add(activation.Info.Name, format.Name, derivative, Tier.Fast);
                    }
                }
                foreach (ParameterInfo parameter in activation.Info.Parameters)
                {
                    foreach (double example in parameter.Examples.Where(example => example != parameter.Default))
                    {
                        string name = FormattableString.Invariant($"{activation.Info.Name}({parameter.Name}={example:R})");
                        rows.Add(name, "float", true, Tier.Exact);
                    }
                }
            }
            return rows;
        }
    }

    public static TheoryData<string, string, bool> VectorSubjects
    {
        get
        {
            TheoryData<string, string, bool> rows = [];
            foreach (AxisActivation activation in Catalog.Defaults.OfType<AxisActivation>())
            {
                // Sixteen bits are widened to floats whatever the function is.
                bool isTutorial = activation.Info.Family == ActivationFamily.Tutorial;
                foreach (NumberFormat format in NumberFormat.All.Where(format => isTutorial || format.Type == NumberType.Float))
                {
                    rows.Add(activation.Info.Name, format.Name, false);
                    rows.Add(activation.Info.Name, format.Name, true);
                }
            }
            return rows;
        }
    }

    // The kernels are those of the tutorial's functions, which are looked at more closely.
    private static int Share(Subject subject) => subject.Activation.Info.Family == ActivationFamily.Tutorial ? 1 : 10;

    // All 65,536 numbers of a 16-bit type; the adversarial ones and a sample of the others.
    [Theory]
    [Trait("Speed", "slow")]
    [MemberData(nameof(Subjects))]
    public void Results_keep_their_guarantee(string name, string type, bool derivative, Tier tier)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        Subject subject = new((ElementwiseActivation)Activation.Parse(name).In(tier), derivative, NumberFormat.Named(type));
        InputSet inputs = subject.Format.Bits == 16
            ? InputSet.All(subject.Format)
            : InputSet.Sample(subject.Activation, subject.Format, (type == "double" ? DoublePoints : FloatPoints) / Share(subject), Seed);
        AssertHolds(
            subject.ToString(),
            inputs.Name,
            subject.Guarantee,
            Sweep.Run(subject, inputs, cancellation: TestContext.Current.CancellationToken));
    }

    [Theory]
    [Trait("Speed", "slow")]
    [MemberData(nameof(VectorSubjects))]
    public void Vectors_keep_their_guarantee(string name, string type, bool backward)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        VectorSubject subject = new((AxisActivation)Activation.Parse(name), backward, NumberFormat.Named(type));
        AssertHolds(
            subject.ToString(),
            $"seed {Seed}",
            subject.Guarantee,
            VectorSweep.Run(subject, 1, Seed, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_page_of_exactness_covers_every_function_that_is_said_to_be_judged()
    {
        string page = Page("exactness.md") + Page("exactness-vectors.md");
        string[] sections = Page("exactness.md").Split("\n## ");
        string[] judged =
            [.. TestCatalog.Elementwise.Where(activation => activation.EveryFloatIsJudged).Select(activation => activation.Info.Name)];
        Assert.NotEmpty(judged);
        string[] missing = [.. judged.Where(name => !page.Contains($"\n| {name} ", StringComparison.Ordinal))];
        Assert.True(
            missing.Length == 0,
            $"docs/exactness.md does not have {string.Join(", ", missing)}: nonlinear verify writes it anew (CONTRIBUTING, Numerics).");
        foreach (NumberFormat format in NumberFormat.All)
        {
            string section = Assert.Single(sections, section => section.StartsWith(format.Name + "\n", StringComparison.OrdinalIgnoreCase));
            Assert.All(judged, name =>
            {
                Assert.Contains($"\n| {name} | ", section, StringComparison.Ordinal);
                Assert.Contains($"\n| {name}′ | ", section, StringComparison.Ordinal);
            });
        }
        Assert.All(
            Catalog.Defaults.OfType<AxisActivation>(),
            activation => Assert.Contains($"\n| {activation.Info.Name} backward | ", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_of_gated_units_covers_every_one_in_every_direction()
    {
        string page = Page("exactness-gated.md");
        string[] directions = ["forward", "by gate", "by value"];
        Assert.All(
            Catalog.Defaults.OfType<GatedActivation>().SelectMany(unit => directions.Select(direction => $"{unit.Info.Name} {direction}")),
            subject => Assert.Contains($"\n| {subject} | ", page, StringComparison.Ordinal));
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "docs", name));

    private void AssertHolds(string subject, string inputs, Guarantee guarantee, Outcome outcome)
    {
        output.WriteLine(
            $"{inputs}: {outcome.Judged} judged, {outcome.ByMpfr} by MPFR, {outcome.Misrounded} misrounded, "
            + $"at most {outcome.MaxUlps:F5} ulp, at {outcome.Worst?.X:R}");
        Assert.True(outcome.Judged > 1000);
        Assert.True(outcome.Keeps(guarantee), $"{subject}: {guarantee}, but {string.Join("; ", outcome.Broken.Take(3))}");
    }
}
