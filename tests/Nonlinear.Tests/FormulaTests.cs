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
    [InlineData("softmax", "yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)", "∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ - yⱼ)")]
    [InlineData("log_softmax", "yᵢ = xᵢ - log Σⱼ exp(xⱼ)", "∂yᵢ/∂xⱼ = δᵢⱼ - exp(yⱼ)")]
    [InlineData("maxout", "y = max(x₁, …, x_K)", "∂y/∂xₖ = 1 if xₖ is the first largest, else 0")]
    public void Formulas_are_the_papers(string name, string function, string derivative)
    {
        Activation activation = Activation.Parse(name);
        Assert.Equal(function, activation.Formula.Text);
        Assert.Equal(derivative, activation.DerivativeFormula.Text);
    }

    [Theory]
    [InlineData(
        "softmax", @"y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}", @"\frac{\partial y_i}{\partial x_j} = y_i \left(\delta_{ij} - y_j\right)")]
    [InlineData("log_softmax", @"y_i = x_i - \log \sum_j e^{x_j}", @"\frac{\partial y_i}{\partial x_j} = \delta_{ij} - e^{y_j}")]
    [InlineData(
        "maxout",
        @"y = \max\left(x_1, \ldots, x_K\right)",
        @"\frac{\partial y}{\partial x_k} = \begin{cases} 1 & k = \min \{ j : x_j = y \} \\ 0 & \text{else} \end{cases}")]
    public void Formulas_of_several_inputs_have_indices_in_Latex(string name, string function, string derivative)
    {
        Activation activation = Activation.Parse(name);
        Assert.Equal(function, activation.Formula.Latex);
        Assert.Equal(derivative, activation.DerivativeFormula.Latex);
    }

    [Theory]
    [InlineData(FormulaKind.AffineForm, "", "y = max_k (x·Wₖ + bₖ)")]
    [InlineData(FormulaKind.Gradient, "x", "∂y/∂x = Wₖ of the winning k")]
    [InlineData(FormulaKind.Gradient, "Wₖ, bₖ", "∂y/∂Wₖ = x, ∂y/∂bₖ = 1 for the winning k, else 0")]
    public void Maxout_has_an_affine_form_with_gradients(FormulaKind kind, string by, string text) =>
        Assert.Contains(
            Activation.Maxout().FurtherFormulas, formula => formula.Kind == kind && formula.By == by && formula.Formula.Text == text);

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Every_formula_is_well_formed_in_every_notation(string name)
    {
        Activation activation = Activation.Parse(name);
        IEnumerable<Formula> further = activation.FurtherFormulas.Select(further => further.Formula);
        foreach (Formula formula in further.Append(activation.Formula).Append(activation.DerivativeFormula))
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
