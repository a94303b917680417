using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Measure;
using Nonlinear.Lab.Names;

namespace Nonlinear.Tests;

/// <summary>Where functions differ. The figures are mpmath's, to 30 digits, of the papers' formulas.</summary>
public class CompareTests
{
    [Theory]
    [InlineData("gelu", "gelu_tanh", 0.000473235520687285, 2.69894138637727, 0.000868451834985914, 2.01865575977184)]
    [InlineData("quick_gelu", "gelu", 0.0203348722092392, 2.27039773719661, 0.0290720455156230, 1.42194759096482)]
    [InlineData("mish", "silu", 0.184351143627851, 1.82080838701970, null, null)]
    [InlineData("tanh", "softsign", 0.306304786193374, 1.61613751377431, null, null)]
    [InlineData("sigmoid", "tanh", 1.08997983978549, -1.66288589105862, 0.75, 0.0)]
    [InlineData("softplus", "relu", 0.693147180559945, 0.0, 0.5, 0.0)]
    public void The_largest_difference_is_found_where_it_is(
        string first, string second, double value, double at, double? slope, double? slopeAt)
    {
        FunctionDifference difference = Compare(first, second);
        Assert.Equal(Sameness.Different, difference.Sameness);
        Assert.Equal(value, difference.Value.Size, 1e-14);
        Assert.Contains(difference.Value.Places, place => place.From == place.To && Math.Abs(place.From - at) < 1e-6);
        if (slope is not { } largest)
            return;
        Assert.Equal(largest, difference.Slope.Size, 1e-14);
        Assert.Contains(difference.Slope.Places, place => Math.Abs(place.From - slopeAt!.Value) < 1e-6);
    }

    [Theory]
    [InlineData("keras:leaky_relu", "torch:leaky_relu", double.NegativeInfinity, 1, 0.19)]
    [InlineData("relu", "leaky_relu", double.NegativeInfinity, 1, 0.01)]
    [InlineData("relu6", "square", double.PositiveInfinity, 2, 1)]
    [InlineData("identity", "relu", double.NegativeInfinity, 1, 1)]
    public void A_difference_without_bound_is_said_to_be_one_and_how_it_grows(
        string first, string second, double towards, double power, double factor)
    {
        LargestGap value = Compare(first, second).Value;
        Assert.Equal((double.PositiveInfinity, towards), (value.Size, value.Growth!.Towards));
        Assert.Equal(power, value.Growth.Power!.Value, 1e-6);
        Assert.Equal(factor, value.Growth.Factor, 1e-9);
    }

    [Fact]
    public void An_exponential_outgrows_every_power() =>
        Assert.Equal(new GapGrowth(double.PositiveInfinity, null, 0), Compare("exponential", "square").Value.Growth);

    // log cosh x tends to |x| - log 2.
    [Fact]
    public void A_limit_is_told_from_rounding()
    {
        LargestGap value = Compare("logcosh", "abs").Value;
        Assert.Equal(Math.Log(2), value.Size, 1e-12);
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity], value.Places.Select(place => place.To));
        LargestGap shrunk = Compare("hard_shrink", "soft_shrink").Value;
        Assert.Equal([new(double.NegativeInfinity, -0.5), new(0.5, double.PositiveInfinity)], shrunk.Places.Select(
            place => new Stretch(Math.Round(place.From, 12), Math.Round(place.To, 12))));
        Assert.Equal(0.5, shrunk.Size, 1e-12);
    }

    [Theory]
    [InlineData("silu", "swish", Sameness.SameFunction)]
    [InlineData("torch:gelu", "onnx:Gelu", Sameness.SameFunction)]
    [InlineData("jax:gelu", "hf:gelu_new", Sameness.SameFunction)]
    [InlineData("relu6", "clip(min=0, max=6)", Sameness.SameResults)]
    [InlineData("quick_gelu", "swish(beta=1.702)", Sameness.SameResults)]
    [InlineData("celu", "elu", Sameness.SameResults)]
    [InlineData("gelu", "gelu.Fast", Sameness.ButForRounding)]
    [InlineData("torch:gelu", "jax:gelu", Sameness.Different)]
    [InlineData("swish", "swish(beta=1.0000001)", Sameness.Different)]
    public void The_same_are_only_those_that_are(string first, string second, Sameness sameness)
    {
        FunctionDifference difference = Compare(first, second);
        Assert.Equal(sameness, difference.Sameness);
        Assert.Equal(sameness is Sameness.SameFunction or Sameness.SameResults, difference.AreSame);
        Assert.Equal(difference.AreSame, difference.Bits.All(bits => bits.AreSame));
        Assert.Equal([1 << 16, 1 << 16], difference.Bits.Where(bits => bits.AreAll).Select(bits => bits.Inputs));
    }

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void Every_function_can_be_compared_and_told_in_two_languages(string name)
    {
        FunctionDifference difference = Compare(name, "gelu");
        Assert.Equal(name == "gelu", difference.AreSame);
        Assert.True(name == "gelu" || difference.Value.Size > 0 || difference.OnlyOneIsNumber.Count > 0, name);
        Assert.All(DifferenceTable.Rows(difference), row => Assert.NotEmpty(row.Value.English + row.Value.Chinese));
        Assert.Equal(name, difference.ToJson()["first"]!.GetValue<string>());
    }

    [Fact]
    public void NaN_and_infinity_are_differences_too()
    {
        FunctionDifference logarithm = Compare("log1mexp", "log_sigmoid");
        Stretch alone = Assert.Single(logarithm.OnlyOneIsNumber);
        Assert.Equal(double.NegativeInfinity, alone.From);
        Assert.Equal(0, alone.To, 1e-300);
        Assert.Equal(double.PositiveInfinity, logarithm.Value.Size);
        PlaceDifference zero = logarithm.Places.First(place => place.X == 0);
        Assert.Equal((double.NegativeInfinity, true), (zero.First, zero.Differs));

        FunctionDifference steps = Compare("step", "threshold");
        Assert.Contains(steps.Places, place => place is { X: 1, First: 1, Second: 0, Differs: true });
        Assert.Contains(steps.Places, place => place.X == Math.BitIncrement(1.0) && place.FirstSlope == 0 && place.SecondSlope == 1);
        Assert.Contains(steps.Places, place => double.IsNaN(place.X) && double.IsNaN(place.First) && !place.Differs);
    }

    [Fact]
    public void A_stretch_ends_where_the_difference_is_the_tolerance()
    {
        // x / (1 + |x|) and x differ by x² / (1 + x), which is 0.1 at (0.1 + √0.41) / 2.
        DifferingStretches tenth = Compare("softsign", "identity").Stretches.Single(stretches => stretches.Tolerance == 0.1);
        Assert.Equal((0.1 + Math.Sqrt(0.41)) / 2, tenth.Stretches[^1].From, 1e-7);
        Assert.Equal(double.PositiveInfinity, tenth.Stretches[^1].To);
    }

    // λ = 1.0507009873554804934… and λα = 1.7580993408473768599…, where MLX has 1.0507 and 1.0507 · 1.67326; PyTorch's softplus skips
    // log(1 + e⁻²⁰) = 2.0611536203143804e-9.
    [Fact]
    public void What_a_framework_computes_instead_is_measured()
    {
        FunctionDifference selu = Compare("mlx:selu", "torch:selu");
        Assert.Equal(9.87355480493419e-7, selu.Value.Growth!.Factor, 1e-15);
        Assert.Equal(5.05884737685994e-6, selu.Slope.Size, 1e-14);
        Assert.Equal(6.81008473768600e-5, Compare("darknet:selu", "selu").Slope.Size, 1e-14);
        FunctionDifference softplus = Compare("torch.nn.Softplus()", "jax:softplus");
        Assert.Equal(2.06115362031438e-9, softplus.Value.Size, 1e-14);
        Assert.Equal(20, Assert.Single(softplus.Value.Places).From, 1e-9);
        Assert.Equal(5, Assert.Single(Compare("torch.nn.Softplus(beta=4)", "softplus(beta=4)").Value.Places).From, 1e-9);
        Assert.NotEmpty(ComparedFunction.Read("mlx:selu").Notes);
        Assert.Equal(Sameness.SameFunction, Compare("mlx:selu", "mlx.nn.SELU()").Sameness);
    }

    [Fact]
    public void Functions_along_an_axis_are_compared_on_vectors()
    {
        PairDifference different = PairDifference.Of(Activation.Softmax(), Activation.Parse("sparsemax"));
        Assert.InRange(different.OfVectors!.Value, 0.1, 1);
        Assert.False(different.AreSame);
        Assert.True(PairDifference.Of(Activation.Softmax(), Activation.Parse("torch.nn.Softmax(dim=1)")).AreSame);
        Assert.True(PairDifference.Of(Activation.Parse("entmax(alpha=2)"), Activation.Parse("sparsemax")).OfVectors!.Value < 1e-9);
        Assert.Throws<NotSupportedException>(() => PairDifference.Of(Activation.Relu(), Activation.Softmax()));
    }

    [Fact]
    public void The_figure_has_both_functions_and_the_difference()
    {
        using Figure figure = Figure.Difference(Activation.Gelu(), Activation.GeluTanh());
        string svg = figure.ToSvg();
        Assert.All(["gelu_tanh", "difference of values", "difference of slopes"], part =>
            Assert.Contains(part.Split(' ')[0], svg, StringComparison.Ordinal));
        using Figure partly = Figure.Difference(
            (ElementwiseActivation)Activation.Parse("log1mexp"), Activation.Relu(), new() { Range = (-2, 2) });
        Assert.NotEmpty(partly.ToPng());
    }

    [Fact]
    public void A_name_means_what_its_frameworks_say()
    {
        IReadOnlyList<NameMeaning> gelu = NameMeanings.Of("gelu", []);
        Assert.Equal(["gelu", "gelu_tanh"], gelu.Select(meaning => meaning.Function!.ToString()));
        Assert.Contains(gelu[1].Uses, use => use.Of.FullName == "keras.ops.gelu");
        Assert.Single(NameMeanings.Of("gelu", ["torch", "onnx"]));
        Assert.Equal(2, NameMeanings.Of("gelu", ["torch", "jax"]).Count);
    }

    // The issue's own list: GELU flips, leaky ReLU has four slopes, hard sigmoid two, SELU's constants are cut short in two, PReLU begins
    // at 0.25 or 0.
    [Fact]
    public void The_traps_are_found_in_the_tables()
    {
        Trap gelu = Traps.OfNames.Single(trap => trap.Id == "name-gelu");
        Assert.Equal(0.000473235520687285, gelu.Meanings[1].FromUsual!.Value.Size, 1e-14);
        Assert.Equal(["hard_shrink", "soft_shrink"], Functions(Traps.OfNames.Single(trap => trap.Id == "name-shrink")));
        Assert.Equal(
            ["leaky_relu", "leaky_relu(alpha=0.1)", "leaky_relu(alpha=0.2)", "leaky_relu(alpha=0.3)"],
            Functions(Traps.OfParameters.Single(trap => trap.Title == "leaky_relu")).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["hard_sigmoid", "hard_sigmoid(alpha=0.2)"], Functions(Traps.OfParameters.Single(trap => trap.Title == "hard_sigmoid")));
        Assert.Equal(["prelu", "prelu(alpha=0)"], Functions(Traps.OfParameters.Single(trap => trap.Title == "prelu")));
        Assert.Equal(3, Functions(Traps.OfForms.Single(trap => trap.Title == "selu")).Length);
        Assert.Contains(Traps.OfAxes, axis => axis is { Function: "softmax", Argument: "-1" });
        Assert.Contains(Traps.OfAxes, axis => axis is { Function: "softmax", Argument: "None" });

        static string[] Functions(Trap trap) =>
            [.. trap.Meanings.Select(meaning => meaning.Meaning.Function?.ToString()).OfType<string>()];
    }

    // What a table says of a name is what the name is read as.
    [Fact]
    public void Every_full_name_is_read_back_as_the_function_it_belongs_to()
    {
        FrameworkUse[] uses = [.. FrameworkUse.All.Where(use => use.Function is not null && use.Instead is null)];
        Assert.True(uses.Length > 200);
        Assert.All(uses, use => Assert.Equal(use.Function, Activation.Parse(use.Of.FullName)));
    }

    private static FunctionDifference Compare(string first, string second) => FunctionDifference.Of(
        (ElementwiseActivation)ComparedFunction.Read(first).Function, (ElementwiseActivation)ComparedFunction.Read(second).Function);
}
