using System.Xml.Linq;

namespace Nonlinear.Tests;

public class FormulaTests
{
    [Theory]
    [InlineData("sigmoid", "f(x) = σ(x) = 1 / (1 + e⁻ˣ)", "f′(x) = σ(x)·σ(-x)")]
    [InlineData("swish", "f(x) = x·σ(βx)", "f′(x) = σ(βx) + βx·σ(βx)·σ(-βx)")]
    [InlineData("relu", "f(x) = max(x, 0)", "f′(x) = 1 if x > 0, else 0")]
    [InlineData("gelu", "f(x) = x·Φ(x)", "f′(x) = Φ(x) + x·φ(x)")]
    [InlineData("leaky_relu", "f(x) = x if x > 0, else αx", "f′(x) = 1 if x > 0, else α")]
    public void Formulas_are_the_papers(string name, string function, string derivative)
    {
        Activation activation = Activation.Parse(name);
        Assert.Equal(function, activation.Formula.Text);
        Assert.Equal(derivative, activation.DerivativeFormula.Text);
    }

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Every_formula_is_well_formed_in_every_notation(string name)
    {
        Activation activation = Activation.Parse(name);
        foreach (Formula formula in activation.FurtherFormulas.Select(further => further.Formula).Append(activation.Formula).Append(activation.DerivativeFormula))
        {
            Assert.Contains(" = ", formula.Text, StringComparison.Ordinal);
            Assert.Equal("math", XElement.Parse(formula.MathML).Name.LocalName);
            Assert.Equal(formula.Latex.Count(c => c == '{'), formula.Latex.Count(c => c == '}'));
            Assert.Equal(Count(formula.Latex, @"\left"), Count(formula.Latex, @"\right"));
        }
        Assert.True(activation.FurtherFormulas.Count >= activation.Info.Parameters.Count(parameter => parameter.Learnable));

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }
}
