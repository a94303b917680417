namespace Nonlinear.Tests;

public class CreluTests
{
    [Fact]
    public void The_second_half_is_ReLU_of_the_inputs_with_their_signs_changed()
    {
        double[] y = new double[8];
        Activation.Crelu().Forward([1, -2, 0, 3], y);
        Assert.Equal([1, 0, 0, 3, 0, 2, 0, 0], y);
        Activation.Crelu().Forward([1, -2, 0, 3], y, [2, 2], 1);
        Assert.Equal([1, 0, 0, 2, 0, 3, 0, 0], y);
        Activation.Crelu().Forward([1, -2, 0, 3], y, [2, 2], 0);
        Assert.Equal([1, 0, 0, 3, 0, 2, 0, 0], y);
    }

    [Fact]
    public void A_gradient_comes_from_the_half_that_is_not_0_and_at_0_from_neither()
    {
        double[] dx = new double[4];
        Activation.Crelu().Backward([1, -2, 0, double.NaN], [10, 20, 30, 40, 50, 60, 70, 80], dx);
        Assert.Equal([10, -60, 0, double.NaN], dx);
    }

    [Fact]
    public void NaN_and_infinities_come_through()
    {
        double[] y = new double[6];
        Activation.Crelu().Forward([double.NaN, double.PositiveInfinity, double.NegativeInfinity], y);
        Assert.Equal([double.NaN, double.PositiveInfinity, 0, double.NaN, 0, double.PositiveInfinity], y);
    }

    [Fact]
    public void There_are_twice_as_many_outputs_and_they_lie_apart()
    {
        float[] x = new float[6], y = new float[12];
        Assert.Equal(12, Activation.Crelu().OutputsFor(6));
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => Activation.Crelu().Forward(x, y.AsSpan(0, 6))).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => Activation.Crelu().Forward(y.AsSpan(0, 6), y)).ParamName);
        Assert.Equal("axis", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Crelu().Forward(x, y, [2, 3], 2)).ParamName);
        Assert.Equal("dx", Assert.Throws<ArgumentException>(() => Activation.Crelu().Backward(x, y, y.AsSpan(0, 6), [2, 3], 1)).ParamName);
    }
}
