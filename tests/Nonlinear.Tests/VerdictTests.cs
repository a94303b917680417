using Nonlinear.Lab;
using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Tests;

public class VerdictTests
{
    private const int Units = 100;

    public static TheoryData<ActivationRole, int, int, int, double, string> Counts { get; } = new()
    {
        { ActivationRole.Hidden, 0, 0, 0, 0.3, "healthy" },
        { ActivationRole.Hidden, 1, 0, 0, 0.3, "some dead units" },
        { ActivationRole.Hidden, 9, 0, 0, 0.3, "some dead units" },
        { ActivationRole.Hidden, 10, 0, 0, 0.3, "many dead units" },
        { ActivationRole.Hidden, 49, 0, 0, 0.3, "many dead units" },
        { ActivationRole.Hidden, 50, 0, 0, 0.3, "mostly dead" },
        { ActivationRole.Hidden, 0, 1, 0, 0.3, "some saturated units" },
        { ActivationRole.Hidden, 0, 10, 0, 0.3, "many saturated units" },
        { ActivationRole.Hidden, 0, 50, 0, 0.3, "mostly saturated" },
        // The graver share counts; of equal ones, death.
        { ActivationRole.Hidden, 1, 10, 0, 0.3, "many saturated units" },
        { ActivationRole.Hidden, 10, 10, 0, 0.3, "many dead units" },
        { ActivationRole.Hidden, 0, 0, 1, 0.3, "rarely active units" },
        { ActivationRole.Hidden, 0, 0, 90, 0.3, "rarely active units" },
        { ActivationRole.Hidden, 1, 0, 90, 0.3, "some dead units" },
        { ActivationRole.Hidden, 0, 0, 0, 0.009, "nearly linear" },
        { ActivationRole.Hidden, 0, 0, 0, 0.01, "healthy" },
        { ActivationRole.Hidden, 0, 0, 0, double.NaN, "healthy" },
        { ActivationRole.Output, 0, 100, 0, 0.3, "healthy" },
        { ActivationRole.Output, 0, 0, 100, 0.3, "healthy" },
        { ActivationRole.Output, 0, 0, 0, 0.001, "healthy" },
        { ActivationRole.Output, 3, 0, 0, 0.3, "some dead units" },
        { ActivationRole.Gate, 0, 100, 0, 0.3, "healthy" },
        { ActivationRole.Gate, 0, 0, 100, 0.3, "healthy" },
        { ActivationRole.Gate, 0, 0, 0, 0.001, "healthy" },
        { ActivationRole.Gate, 49, 0, 0, 0.3, "healthy" },
        { ActivationRole.Gate, 50, 0, 0, 0.3, "mostly dead" },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_verdict_follows_from_role_and_numbers(
        ActivationRole role, int dead, int saturated, int rare, double nonlinearity, string verdict)
    {
        ActivationDiagnosis activation = Activation(role) with
        {
            DeadUnits = [.. Enumerable.Range(0, dead)],
            SaturatedUnits = [.. Enumerable.Range(0, saturated)],
            RareUnits = [.. Enumerable.Range(0, rare)],
            Nonlinearity = nonlinearity,
        };
        Assert.Equal(verdict, activation.Verdict);
        Assert.Contains(Verdict.All, known => known.English == verdict);
        // What is not finite comes before all else.
        Assert.Equal("NaN or infinity", (activation with { NonFiniteUnits = [4], NonFiniteRows = 2 }).Verdict);
        Assert.Equal("NaN or infinity", (activation with { NonFiniteRows = 1 }).Verdict);
    }

    [Theory]
    [InlineData(1, "up to 100.0%")]
    [InlineData(2, "up to 100.0%")]
    [InlineData(64, "up to 4.7%")]
    [InlineData(299, "up to 1.0%")]
    [InlineData(1000, "up to 0.3%")]
    [InlineData(6000, "up to 0.05%")]
    public void Silence_is_told_with_what_it_leaves_open(int rows, string bound)
    {
        foreach (ActivationRole role in Enum.GetValues<ActivationRole>())
        {
            ActivationDiagnosis activation = Activation(role) with { DeadUnits = [3, 5], Rows = rows, Samples = 1000 * rows };
            Assert.Contains($"2 of 100 ", activation.Advice, StringComparison.Ordinal);
            Assert.Contains($"on all {rows:N0} rows", activation.Advice, StringComparison.Ordinal);
            Assert.Contains(bound, activation.Advice, StringComparison.Ordinal);
            Assert.Equal(rows < 300, activation.Advice.Contains("300 rows or more", StringComparison.Ordinal));
            // Only of hidden units, and only if rows, not their positions, are many.
            Assert.Equal(
                rows >= 1000 && role == ActivationRole.Hidden, activation.Advice.Contains("prun", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void The_bound_on_silence_holds_against_the_exact_one()
    {
        // A unit that fires with probability p is silent on n rows with (1 - p)ⁿ; at the exact bound that is 5%. The rule is 3/n.
        foreach (int rows in (int[])[30, 100, 300, 1000, 100_000])
        {
            double exact = 1 - Math.Pow(0.05, 1.0 / rows);
            Assert.InRange(Silence.Bound(rows), exact, 1.06 * exact);
        }
        Assert.Equal(1, Silence.Bound(0));
    }

    [Theory]
    [InlineData("sigmoid", "relu or gelu")]
    [InlineData("tanh", "relu or gelu")]
    [InlineData("HardSigmoid", "between the bends")]
    [InlineData("hard_sigmoid(alpha=0.2)", "between the bends")]
    [InlineData("relu6", "between the bends")]
    [InlineData("gelu", "leaky_relu")]
    [InlineData("swish(beta=1.702)", "leaky_relu")]
    [InlineData("leaky_relu(alpha=0.005)", "larger alpha")]
    public void Remedies_of_saturation_suit_the_function_and_are_given_between_layers_only(string function, string remedy)
    {
        ActivationDiagnosis hidden = Activation(ActivationRole.Hidden) with
        {
            Function = function, SaturatedUnits = [1, 2, 3], GradientShare = 0.123,
        };
        Assert.Contains("3 of 100 units (3.0%)", hidden.Advice, StringComparison.Ordinal);
        Assert.Contains("12.3% of the gradient", hidden.Advice, StringComparison.Ordinal);
        Assert.Contains("Normalise what comes in", hidden.Advice, StringComparison.Ordinal);
        Assert.Contains(remedy, hidden.Advice, StringComparison.Ordinal);
        foreach (ActivationRole role in (ActivationRole[])[ActivationRole.Output, ActivationRole.Gate])
        {
            string advice = (hidden with { Role = role }).Advice;
            Assert.Contains("3 of 100 units (3.0%)", advice, StringComparison.Ordinal);
            Assert.Contains("no fault", advice, StringComparison.Ordinal);
            Assert.DoesNotContain("use a function", advice, StringComparison.Ordinal);
            Assert.DoesNotContain("Normalise", advice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_advice_on_an_output_or_a_gate_is_to_use_another_function_or_to_leave_it_out()
    {
        foreach (ActivationRole role in (ActivationRole[])[ActivationRole.Output, ActivationRole.Gate])
        {
            ActivationDiagnosis activation = Activation(role) with
            {
                DeadUnits = [1], SaturatedUnits = [2], RareUnits = [3], Nonlinearity = 0.001, Rows = 5000,
            };
            foreach (string wrong in (string[])["leaky_relu", "leave", "function that", "pruning", "scale up"])
                Assert.DoesNotContain(wrong, activation.Advice, StringComparison.Ordinal);
            Assert.Contains("0.1%", activation.Advice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_straight_line_between_layers_may_be_the_sample_s()
    {
        string advice = (Activation(ActivationRole.Hidden) with { Nonlinearity = 0.004 }).Advice;
        Assert.Contains("0.4%", advice, StringComparison.Ordinal);
        Assert.Contains("inputs of one kind may not show the bend", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Rare_units_are_called_no_fault()
    {
        string advice = (Activation(ActivationRole.Hidden) with { RareUnits = [8] }).Advice;
        Assert.Contains("1 of 100 units (1.0%) was active on less than 1%", advice, StringComparison.Ordinal);
        Assert.Contains("no fault", advice, StringComparison.Ordinal);
        Assert.DoesNotContain("learning rate", advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ActivationRole.Output, 0.01, "no fault")]
    [InlineData(ActivationRole.Hidden, 0.01, "collapsed")]
    [InlineData(ActivationRole.Hidden, 0.99, "uniform")]
    [InlineData(ActivationRole.Hidden, 0.5, "50.0%")]
    public void A_softmax_has_remarks_and_no_faults_but_NaN(ActivationRole role, double entropy, string remark)
    {
        ActivationDiagnosis softmax = Activation(role) with
        {
            Function = "softmax", Softmax = new(entropy, 0.9, 0.4), Nonlinearity = double.NaN, SaturatedUnits = [1],
        };
        Assert.Equal("healthy", softmax.Verdict);
        Assert.Contains(remark, softmax.Advice, StringComparison.Ordinal);
        Assert.Contains("90.0%", softmax.Advice, StringComparison.Ordinal);
        Assert.Contains("40.0%", softmax.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("Normalise", softmax.Advice, StringComparison.Ordinal);
        Assert.Equal("NaN or infinity", (softmax with { NonFiniteRows = 1 }).Verdict);
    }

    [Fact]
    public void NaN_is_the_first_finding_and_names_node_and_rows()
    {
        ActivationDiagnosis ill = Activation(ActivationRole.Hidden) with { Name = "second", NonFiniteUnits = [1, 2], NonFiniteRows = 7 };
        Assert.StartsWith("2 of 100 units (2.0%) received or put out NaN or infinity, in 7 of 500", ill.Advice, StringComparison.Ordinal);
        ModelDiagnosis model = new(
            "m.onnx", 500, 64, [Activation(ActivationRole.Hidden) with { DeadUnits = [1] }, ill], [],
            new("Div_3", "Div", "quotient", 12, 5, 7));
        string[] findings = [.. DiagnosisFindings.Of(model, null).Select(finding => finding.English)];
        Assert.Equal(
            "NaN or infinity: first made by the node Div_3 (Div) in the tensor quotient: 12 NaN and 5 infinite numbers, in 7 of 500 rows; "
            + "from there on 1 activation met them.",
            findings[0]);
        Assert.Equal("2 activations seen; nothing was left out.", findings[1]);
        Assert.StartsWith("second (relu): NaN or infinity.", findings[2], StringComparison.Ordinal);
        Assert.StartsWith("hidden 1 (relu): some dead units.", findings[3], StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_left_out_is_counted_with_its_reasons()
    {
        ModelDiagnosis model = new(
            "m.onnx", 9, 3, [Activation(ActivationRole.Hidden)], [new("a", "If", new("its branches did not run.", "其分支没有运行。"))], null);
        Assert.Equal("1 activation seen, 1 node not understood, because its branches did not run.", DiagnosisFindings.Seen(model).English);
        Text hidden = new("gates are hidden", "门被隐藏");
        model = model with { LeftOut = [.. model.LeftOut, new("b", "LSTM", hidden), new("c", "GRU", hidden)] };
        Assert.Equal(
            "1 activation seen, 3 nodes not understood, because gates are hidden (2); its branches did not run (1).",
            DiagnosisFindings.Seen(model).English);
    }

    [Fact]
    public void Findings_say_what_helps_once_and_not_with_every_layer()
    {
        ActivationDiagnosis Layer(string name, int dead) => Activation(ActivationRole.Hidden) with
        {
            Name = name, DeadUnits = [.. Enumerable.Range(0, dead)], SaturatedUnits = [99],
        };
        ModelDiagnosis model = new("m.onnx", 500, 64, [Layer("a", 60), Layer("b", 70), Layer("c", 20), Layer("d", 1)], [], null);
        string[] findings = [.. DiagnosisFindings.Of(model, null).Select(finding => finding.English)];
        Assert.Equal(4, findings.Length);
        Assert.StartsWith("2 of 4 activations: mostly dead (a, b). Most so b (relu): 70 of 100", findings[1], StringComparison.Ordinal);
        Assert.Contains("learning rate", findings[1], StringComparison.Ordinal);
        Assert.Equal(
            "c (relu): many dead units. 20 of 100 units were silent on all 500 rows (output and slope 0); on up to 0.6% of such inputs "
            + "each may still fire.",
            findings[2]);
        Assert.Contains("learning rate", model.Activations[3].Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nan", "Div_3")]
    [InlineData("dead", "'hidden 1' (2 of 100)")]
    [InlineData("rare", "'hidden 1' (1 of 100)")]
    [InlineData("saturated", "'hidden 1' (3 of 100)")]
    [InlineData("linear", "'hidden 1' (0.4%)")]
    [InlineData("left-out", "'b' (LSTM)")]
    public void Each_fault_is_found_where_it_is_and_not_elsewhere(string fault, string named)
    {
        ActivationDiagnosis ill = Activation(ActivationRole.Hidden) with
        {
            DeadUnits = [1, 2], RareUnits = [3], SaturatedUnits = [4, 5, 6], Nonlinearity = 0.004,
        };
        ModelDiagnosis model = new("m.onnx", 500, 64, [ill], [new("b", "LSTM", Text.Same("why"))], new("Div_3", "Div", "q", 1, 0, 1));
        Assert.Contains(named, DiagnosisFaults.Find(model, [fault]), StringComparison.Ordinal);
        ModelDiagnosis sound = model with
        {
            // What is a fault between layers is none in gates and outputs.
            Activations = [ill with { Role = ActivationRole.Gate }, ill with { Role = ActivationRole.Output }],
            LeftOut = [],
            NonFinite = null,
        };
        Assert.Null(DiagnosisFaults.Find(sound, DiagnosisFaults.Names));
        Assert.Throws<ArgumentException>(() => DiagnosisFaults.Find(model, [fault + "x"]));
    }

    private static ActivationDiagnosis Activation(ActivationRole role) => new()
    {
        Name = "hidden 1",
        Function = "relu",
        Role = role,
        Units = Units,
        Rows = 500,
        Samples = 500,
        Mean = 0.4,
        Variance = 0.3,
        Sparsity = 0.5,
        Nonlinearity = 0.3,
    };
}
