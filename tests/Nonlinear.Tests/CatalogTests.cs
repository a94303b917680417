namespace Nonlinear.Tests;

public class CatalogTests
{
    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Every_function_is_fully_described(string name)
    {
        ActivationInfo info = Catalog.All.Single(info => info.Name == name);
        Assert.Matches(@"(18|19|20)\d\d", info.Source);
        Assert.True(info.FigureRange.From < info.FigureRange.To);
        Assert.All(info.Parameters, parameter => Assert.InRange(parameter.Default, parameter.Minimum, parameter.Maximum));
    }

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void The_formula_of_a_list_is_that_of_the_activation(string name) => Assert.Equal(
        Activation.Parse(name).Formula.Text, Catalog.FormulaOf(Catalog.All.Single(info => info.Name == name)).Text);

    [Fact]
    public void What_is_not_in_the_catalogue_has_no_formula_there()
    {
        ActivationInfo mine = new("mine", "Mine") { Source = "2026" };
        Assert.Contains("mine", Assert.Throws<ArgumentException>(() => Catalog.FormulaOf(mine)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Names_and_aliases_are_found_in_any_case_and_belong_to_one_function(string name)
    {
        ActivationInfo info = Catalog.All.Single(info => info.Name == name);
        foreach (string spelling in info.Aliases.Prepend(name))
        {
            Assert.Equal(name, Activation.Parse(spelling.ToUpperInvariant()).Info.Name);
            Assert.Equal(name, Activation.Parse($"  {spelling.Replace('_', '-')} ").Info.Name);
        }
        Assert.Distinct(Catalog.All.SelectMany(other => other.Aliases.Prepend(other.Name)));
    }

    // As users of other frameworks type them.
    [Theory]
    [InlineData("SiLU", "swish")]
    [InlineData("LeakyReLU", "leaky_relu")]
    [InlineData("leaky-relu", "leaky_relu")]
    [InlineData("PReLU", "prelu")]
    [InlineData("LogSoftmax", "log_softmax")]
    [InlineData("GELU(approximate='tanh')", "gelu_tanh")]
    [InlineData("gelu(approximate=\"none\")", "gelu")]
    [InlineData("Sigmoid", "sigmoid")]
    [InlineData("elu( alpha = 0.5 )", "elu(alpha=0.5)")]
    [InlineData("swish(β=1.5)", "swish(beta=1.5)")]
    [InlineData("swish(beta=1)", "swish")]
    [InlineData("swish(1.5)", "swish(beta=1.5)")]
    [InlineData("leaky_relu(alpha=-1e-3)", "leaky_relu(alpha=-0.001)")]
    [InlineData("maxout(pieces=4)", "maxout(pieces=4)")]
    public void Usual_spellings_are_understood(string typed, string canonical)
    {
        Activation activation = Activation.Parse(typed);
        Assert.Equal(canonical, activation.ToString());
        Assert.Equal(canonical, Activation.Parse(activation.ToString()).ToString());
    }

    [Theory]
    [InlineData("relo", "Did you mean relu?")]
    [InlineData("sofmax", "Did you mean softmax?")]
    [InlineData("gleu", "The nearest names are gelu, glu.")]
    [InlineData("nonsense", "There are: sigmoid, tanh")]
    [InlineData("", "empty")]
    [InlineData("swish(gamma=1)", "one parameter, beta")]
    [InlineData("relu(alpha=1)", "relu has no parameters")]
    [InlineData("swish(beta=abc)", "no number")]
    [InlineData("swish(1.5, 2)", "one too many")]
    [InlineData("swish(1.5, beta=2)", "twice")]
    [InlineData("swish(beta=1.5", "closing parenthesis")]
    [InlineData("swish(beta=1, beta=2)", "twice")]
    public void Mistakes_are_told_with_a_remedy(string typed, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Activation.Parse(typed)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("maxout(pieces=1)")]
    [InlineData("maxout(pieces=2.5)")]
    public void Parameters_out_of_range_are_refused(string typed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Parse(typed));

    [Fact]
    public void Factories_make_what_parsing_makes()
    {
        Assert.Equal("swish(beta=1.5)", Activation.Swish(1.5).ToString());
        Assert.Equal("elu", Activation.Elu().ToString());
        Assert.Equal("prelu(alpha=0.1)", Activation.Prelu(0.1).ToString());
        Assert.Equal("maxout(pieces=5)", Activation.Maxout(5).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Swish(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Maxout(1));
    }

    [Fact]
    public void Defaults_are_the_catalogue_in_its_order() =>
        Assert.Equal(Catalog.All.Select(info => info.Name), Catalog.Defaults.Select(activation => activation.ToString()));
}
