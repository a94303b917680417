namespace Nonlinear.Tests;

/// <summary>A formula is open to any number: one of somebody's own gives what the kernels compute.</summary>
public class InterpretationTests
{
    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void A_number_of_ones_own_goes_through_the_formula(string name)
    {
        ElementwiseActivation activation = TestCatalog.Get(name);
        for (double x = -4; x <= 4; x += 0.37)
        {
            if (double.IsNaN(activation.Forward(x)))
                continue; // where there is no function, a formula of its slope means nothing
            Assert.Equal(activation.Forward(x), activation.Evaluate<OwnNumber>(x).Value, 2e-12);
            Assert.Equal(activation.Derivative(x), activation.EvaluateDerivative<OwnNumber>(x).Value, 2e-12);
        }
    }

    [Fact]
    public void Parameters_go_along() => Assert.Equal(-0.5, Activation.LeakyRelu(0.25).Evaluate<OwnNumber>(-2).Value);
}
