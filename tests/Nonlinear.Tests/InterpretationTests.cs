using Nonlinear.Numerics;

namespace Nonlinear.Tests;

public class InterpretationTests
{
    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void A_formula_is_evaluated_over_a_number_of_the_caller_s(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        foreach (double x in (double[])[-3, -0.7, 0, 0.4, 2])
        {
            Assert.Equal(activation.Forward(x), activation.Evaluate<DoubleLanes1<Unchecked>>(x).Value, 12);
            Assert.Equal(activation.Derivative(x), activation.EvaluateDerivative<DoubleLanes1<Unchecked>>(x).Value, 12);
        }
    }

    [Fact]
    public void Parameters_go_along() => Assert.Equal(-0.5, Activation.LeakyRelu(0.25).Evaluate<DoubleLanes1<Unchecked>>(-2).Value);
}
