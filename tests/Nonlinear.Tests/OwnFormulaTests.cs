using System.Text;
using Nonlinear.Lab.Formulas;
using Nonlinear.Lab.Measure;

namespace Nonlinear.Tests;

/// <summary>Formulas that somebody types, as functions.</summary>
public class OwnFormulaTests
{
    private static readonly float[] Points = [-110, -20, -5.5f, -1.25f, -1e-20f, 0, 1e-3f, 0.7f, 3, 40];

    // The same formula in the catalogue has the same bits, whatever way it is compiled.
    [Theory]
    [InlineData("x*sigmoid(1.702*x)", "quick_gelu")]
    [InlineData("x * Φ(x)", "gelu")]
    [InlineData("max(x, a*x)(a=0.25)", "prelu")]
    [InlineData("tanh(x)", "tanh")]
    [InlineData("max(x,0)^2", "relu_squared")]
    [InlineData("x / (1 + |x|)", "softsign")]
    [InlineData("b*x + c(b=2, c=0.5)", "affine(alpha=2, beta=0.5)")]
    [InlineData("2.0e+0 * x + 5e-1", "affine(alpha=2, beta=0.5)")]
    [InlineData("log1p(exp(x))", "softplus")]
    public void A_formula_is_the_function_that_it_writes_down(string formula, string name)
    {
        ElementwiseActivation own = OwnFormula.Read(formula), known = TestCatalog.Get(name);
        // Where the catalogue's form does not overflow.
        float[] x = name == "softplus" ? [.. Points.Where(point => point > -20)] : Points;
        float[] y = new float[x.Length], expected = new float[x.Length], slope = new float[x.Length], expectedSlope = new float[x.Length];
        own.Forward(x, y);
        known.Forward(x, expected);
        Assert.Equal(expected, y);
        own.Derivative(x, slope);
        known.Derivative(x, expectedSlope);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(expectedSlope[i], slope[i], 1e-6f);
    }

    [Fact]
    public void Letters_are_parameters_with_gradients_and_are_kept_in_the_spelling()
    {
        ElementwiseActivation own = OwnFormula.Read("x*sigmoid( beta*x ) + gain");
        Assert.Equal(["beta", "gain"], own.Info.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([1, 1], own.ParameterValues);
        ElementwiseActivation set = OwnFormula.Read("x*sigmoid(beta*x)+gain(beta=2, gain=-0.5)");
        Assert.Equal("x*sigmoid(beta*x)+gain(beta=2, gain=-0.5)", set.ToString());
        Assert.Equal(set, OwnFormula.Parse(set.ToString()));
        double[] gradient = new double[2], expected = new double[1];
        set.ParameterGradient([1.5f], [1f], gradient);
        Activation.Swish(2).ParameterGradient([1.5f], [1f], expected);
        Assert.Equal(expected[0], gradient[0], 1e-12);
        Assert.Equal(1, gradient[1]);
        // The same formula with other letters is another function.
        Assert.Equal(["a", "b"], OwnFormula.Read("x*sigmoid(a*x)+b").Info.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void No_more_formulas_are_kept_than_there_may_be()
    {
        CompiledFormulas formulas = new(2);
        int compiled = 0;
        foreach (string formula in (string[])["x", "2*x", "x"])
            formulas.GetOrAdd(formula, Compile);
        Assert.Equal(2, compiled);
        FormatException refused = Assert.Throws<FormatException>(() => formulas.GetOrAdd("3*x", Compile));
        Assert.Contains("2 formulas were compiled, as many as one run keeps", refused.Message, StringComparison.Ordinal);
        // Those that are known go on.
        Assert.Equal(2, formulas.GetOrAdd("2*x", Compile)([]).Forward(1.0));

        Func<double[], ElementwiseActivation> Compile()
        {
            compiled++;
            return _ => OwnFormula.Read("2*x");
        }
    }

    [Fact]
    public void What_is_printed_and_measured_is_the_formula()
    {
        ElementwiseActivation own = OwnFormula.Read("x*erf(x)/2");
        Assert.Equal("f(x) = x·erf(x) / 2", own.Formula.Text);
        FunctionProperties measured = FunctionProperties.Of(own);
        Assert.Equal(Parity.Even, measured.Parity);
        Assert.Equal(new Extremum(0, 0, IsMinimum: true), Assert.Single(measured.Extrema));
    }

    [Theory]
    [InlineData("max(x, a*x)(a=0.1)", 0)]
    [InlineData("abs(x-c)(c=2.3)", 2.3)]
    [InlineData("x*tanh(x)", double.NaN)]
    public void Kinks_of_a_formula_are_found_where_its_parameters_put_them(string formula, double kink)
    {
        IReadOnlyList<double> kinks = OwnFormula.Read(formula).Kinks;
        Assert.Equal(double.IsNaN(kink) ? [] : [kink], kinks.Select(found => Math.Round(found, 12)));
    }

    [Theory]
    [InlineData("2^-1*x", "place 1,")]
    [InlineData("x*sigmod(x)", "place 3, 'sigmod' is no function")]
    [InlineData("max(x)", "place 1, max takes two arguments, not 1")]
    [InlineData("x*(1+x", "place 7")]
    [InlineData("x + + 1", "place 5")]
    [InlineData("x^y", "place 1, a power is a whole number")]
    [InlineData("a*b*c*d*f*x", "has 5: a, b, c, d, f")]
    [InlineData("a*x(b=2)", "has no parameter b")]
    [InlineData("a*x(a=two)", "The value two of a is no number")]
    public void What_cannot_be_read_is_refused_with_its_place(string formula, string says)
    {
        FormatException refused = Assert.Throws<FormatException>(() => OwnFormula.Parse(formula));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    // Each of these ended the process, for want of stack.
    [Theory]
    [InlineData("(", "x", ")")]
    [InlineData("-", "x", "")]
    [InlineData("x^", "2", "")]
    [InlineData("max(x, ", "1", ")")]
    [InlineData("|1+", "x", "|")]
    public void What_nests_without_end_is_refused_in_a_line(string before, string inside, string after)
    {
        foreach (int levels in (int[])[120, 50_000])
        {
            string formula = new StringBuilder(inside).Insert(0, before, levels).ToString()
                + new StringBuilder().Insert(0, after, levels);
            FormatException refused = Assert.Throws<FormatException>(() => OwnFormula.Parse(formula));
            Assert.InRange(refused.Message.Length, 1, 200);
        }
    }

    [Fact]
    public void Sums_products_and_what_stands_beside_each_other_nest_nowhere()
    {
        string formula = string.Join(" - ", Enumerable.Repeat("x^2 * (-x)", 70));
        Assert.Equal((70 * 8) - (2 * 8), OwnFormula.Read(formula).Forward(2));
    }

    [Theory]
    [InlineData("gelu")]
    [InlineData("swish(beta=2)")]
    [InlineData("torch.nn.functional.gelu(x)")]
    public void Names_stay_names(string name) => Assert.Equal(Activation.Parse(name), OwnFormula.Parse(name));

    [Theory]
    [InlineData("nosuch")]
    [InlineData("swish(beta=)")]
    public void What_has_no_argument_is_told_about_names(string name) =>
        Assert.Equal(
            Assert.ThrowsAny<Exception>(() => Activation.Parse(name)).Message,
            Assert.ThrowsAny<Exception>(() => OwnFormula.Parse(name)).Message);

    [Theory]
    [InlineData("log(1+exp(x))", "softplus(x)")]
    [InlineData("ln(exp(a*x)+1)/a", "softplus(a*x)/a")]
    [InlineData("x*tanh(log(1 + exp(x)))", "x*tanh(softplus(x))")]
    [InlineData("log(1+x^2)", "log1p(x^2)")]
    [InlineData("exp(x)-1", "expm1(x)")]
    [InlineData("1/(1+exp(-x))", "sigmoid(x)")]
    [InlineData("x/(1+exp(-1.702*x))", "x*sigmoid(1.702*x)")]
    [InlineData("1/(1+exp(x))", "sigmoid(-x)")]
    [InlineData("exp(x-1)/(1+exp(x-1))", "sigmoid(x-1)")]
    [InlineData("sigmoid(x)*(1-sigmoid(x))", "sigmoid(x)*sigmoid(-x)")]
    [InlineData("(exp(x)-exp(-x))/(exp(x)+exp(-x))", "tanh(x)")]
    [InlineData("x*(1+erf(x/sqrt(2)))/2", "x*normcdf(x)")]
    [InlineData("0.5*x*(1+erf(x/sqrt(2)))", "x*normcdf(x)")]
    public void A_formula_that_loses_its_digits_has_a_form_that_keeps_them(string formula, string kept)
    {
        Assert.Equal(kept, StableForm.Of(formula));
        Assert.Null(StableForm.Of(kept));
        ElementwiseActivation typed = OwnFormula.Read(formula), stable = OwnFormula.Stable(typed)!;
        Assert.All(Enumerable.Range(-30, 61), i => Assert.Equal(typed.Forward(i / 10.0), stable.Forward(i / 10.0), 1e-12));
    }

    [Fact]
    public void Its_parameters_come_along()
    {
        ElementwiseActivation stable = OwnFormula.Stable(OwnFormula.Read("b*x + log(1+exp(a*x))(a=2, b=-0.5)"))!;
        Assert.Equal("b*x+softplus(a*x)", stable.Info.Name);
        Assert.Equal([-0.5, 2], stable.ParameterValues);
        Assert.Equal(1500, stable.Forward(1000));
    }

    [Theory]
    [InlineData("x*sigmoid(1.702*x)")]
    [InlineData("max(x, a*x)")]
    [InlineData("log(2+exp(x))")]
    [InlineData("exp(x)+1")]
    [InlineData("(exp(x)-exp(-x))/(exp(x)+exp(x))")]
    public void What_has_no_other_form_stays_as_it_is(string formula) => Assert.Null(StableForm.Of(formula));

    [Theory]
    [InlineData("relu")]
    [InlineData("softplus")]
    public void A_function_of_the_catalogue_is_written_well_already(string name) =>
        Assert.Null(OwnFormula.Stable(Activation.Parse(name)));
}
