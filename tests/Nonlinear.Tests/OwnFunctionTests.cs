using Nonlinear.Numerics;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Tests;

/// <summary>
/// A function of somebody's own keeps the promises that the catalogue keeps: in both tiers, on all types, with up to four parameters.
/// </summary>
public class OwnFunctionTests(ITestOutputHelper output)
{
    private static readonly (ElementwiseActivation Activation, IFormula Formula, bool DerivativeToo)[] Functions =
    [
        (ElementwiseActivation.Create<OwnSoftplus>(), default(OwnSoftplus), true),
        (ElementwiseActivation.Create<OwnNormalGate>(), default(OwnNormalGate), true),
        (ElementwiseActivation.Create<OwnSigmoidGate>(), default(OwnSigmoidGate), true),
        (ElementwiseActivation.Create<OwnMish>(), default(OwnMish), true),
        (ElementwiseActivation.Create<OwnScaledTanh>(), default(OwnScaledTanh), true),
        (ElementwiseActivation.Create<OwnElu>(), default(OwnElu), true),
        (ElementwiseActivation.Create<OwnSteps>(), default(OwnSteps), true),
        (ElementwiseActivation.Create<OwnMixture>(), default(OwnMixture), false),
    ];

    public static TheoryData<string, string, bool, Tier> Subjects
    {
        get
        {
            TheoryData<string, string, bool, Tier> rows = [];
            foreach ((ElementwiseActivation activation, _, bool derivativeToo) in Functions)
            {
                foreach (NumberFormat format in NumberFormat.All)
                {
                    foreach (bool derivative in derivativeToo ? (bool[])[false, true] : [false])
                    {
                        rows.Add(activation.Info.Name, format.Name, derivative, Tier.Exact);
                        if (format.Type == NumberType.Float)
                            rows.Add(activation.Info.Name, format.Name, derivative, Tier.Fast);
                    }
                }
            }
            return rows;
        }
    }

    public static TheoryData<string> Names { get; } = [.. Functions.Select(function => function.Activation.Info.Name)];

    [Theory]
    [Trait("Speed", "slow")]
    [MemberData(nameof(Subjects))]
    public void Results_keep_their_guarantee(string name, string type, bool derivative, Tier tier)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        (ElementwiseActivation activation, IFormula formula, _) = Function(name);
        Oracle.Oracle.Define(name, formula);
        Subject subject = new(activation.In(tier), derivative, NumberFormat.Named(type));
        InputSet inputs = InputSet.Sample(subject.Activation, subject.Format, count: 4_000, seed: 3);
        Outcome outcome = Sweep.Run(subject, inputs, cancellation: TestContext.Current.CancellationToken);
        output.WriteLine(
            $"{outcome.Judged} judged, {outcome.Misrounded} misrounded, at most {outcome.MaxUlps:F4} ulp, at {outcome.Worst?.X:R}");
        Assert.True(outcome.Judged > 1000);
        Assert.True(outcome.Keeps(subject.Guarantee), $"{subject}: {subject.Guarantee}, but {string.Join("; ", outcome.Broken.Take(3))}");
    }

    // Today's difference of a lost parameter would be the whole gradient.
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_counts_and_has_its_gradient(string name)
    {
        ElementwiseActivation activation = Function(name).Activation;
        double[] gradient = new double[activation.Info.Parameters.Count];
        foreach (double x in (double[])[-2.5, -0.3, 0.4, 1.7])
        {
            activation.ParameterGradient([x], [1.0], gradient);
            for (int k = 0; k < gradient.Length; k++)
            {
                double slope = (Moved(name, k, 1e-5).Forward(x) - Moved(name, k, -1e-5).Forward(x)) / 2e-5;
                Assert.Equal(slope, gradient[k], 1e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_number_of_ones_own_goes_through_it(string name)
    {
        ElementwiseActivation activation = Function(name).Activation;
        for (double x = -4; x <= 4; x += 0.37)
        {
            Assert.Equal(activation.Forward(x), activation.Evaluate<OwnNumber>(x).Value, 12);
            Assert.Equal(activation.Derivative(x), activation.EvaluateDerivative<OwnNumber>(x).Value, 12);
        }
    }

    [Fact]
    public void More_than_four_parameters_are_refused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ElementwiseActivation.Create<Five>());
        Assert.Contains("a function has 4 at most", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hints_cannot_be_set_from_outside() =>
        Assert.All(
            typeof(IElementwise<>).GetMembers().Concat(typeof(IAlongAxis<>).GetMembers()),
            member => Assert.DoesNotContain(
                member.Name, (string[])["FloatsSuffice", "KeepsDigits", "RoundsNothing", "IsPiecewiseLinear", "UsesExponential"]));

    private static (ElementwiseActivation Activation, IFormula Formula, bool DerivativeToo) Function(string name) =>
        Functions.Single(function => function.Activation.Info.Name == name);

    private static ElementwiseActivation Moved(string name, int parameter, double by)
    {
        double[] values = [.. Function(name).Activation.ParameterValues];
        values[parameter] += by;
        return name switch
        {
            "own_normal_gate" => ElementwiseActivation.Create<OwnNormalGate>(values),
            "own_sigmoid_gate" => ElementwiseActivation.Create<OwnSigmoidGate>(values),
            "own_mish" => ElementwiseActivation.Create<OwnMish>(values),
            "own_scaled_tanh" => ElementwiseActivation.Create<OwnScaledTanh>(values),
            "own_elu" => ElementwiseActivation.Create<OwnElu>(values),
            _ => ElementwiseActivation.Create<OwnSteps>(values),
        };
    }

    private readonly struct Five : IElementwise<Five>
    {
        public static ActivationInfo Info { get; } = new("five", "Five")
        {
            Source = "none",
            Parameters = [.. Enumerable.Range(0, 5).Select(i => new ParameterInfo($"p{i}", $"p{i}", i))],
        };

        public static V Forward<V>(V x, in Parameters<V> p)
            where V : struct, IReal<V> => x;
    }
}
