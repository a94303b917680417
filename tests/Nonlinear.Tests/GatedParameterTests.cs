using System.Runtime.InteropServices;

namespace Nonlinear.Tests;

/// <summary>Gradients of gated units by their parameters.</summary>
public sealed class GatedParameterTests
{
    private static readonly double[] Gate = [1.5, -2.25, 0.5, -30, 7.5, 3], Value = [0.75, -3, 8, 2, 1.25, -9];
    private static readonly double[] Dy = [1, -0.5, 2, 1024, 0.25, 3];

    // Sums of the slopes' formulas by mpmath, with 300 bits: for β of SwiGLU Σ dy · value · gate² σ′(β gate).
    [Theory]
    [InlineData("swiglu", new[] { -9.121495949115071724 })]
    [InlineData("swiglu(beta=0.25)", new[] { 970.55570838091521514 })]
    [InlineData("swiglu(beta=4)", new[] { 0.42358046272724390454 })]
    [InlineData("geglu_quick", new[] { -0.34507500870093569886 })]
    [InlineData("swiglu_oai", new[] { 0.23814793702546914766, -7.6824680906493694083, 12.812129488680610503 })]
    [InlineData("swiglu_step", new[] { -7.6382078102000444075 })]
    [InlineData("situ_glu", new[] { -4.3659345302127404709, -0.19165844886171480437 })]
    [InlineData("glu", new double[0])]
    [InlineData("glu(mish)", new double[0])]
    public void Gradients_are_those_of_the_formulas(string name, double[] expected)
    {
        GatedActivation unit = (GatedActivation)Activation.Parse(name);
        double[] gradient = new double[expected.Length];
        unit.ParameterGradient<double>(Gate, Value, Dy, gradient);
        AssertNear(1e-14);
        unit.Parallel.ParameterGradient<double>(Gate, Value, Dy, gradient);
        AssertNear(1e-14);
        foreach (GatedActivation tier in (GatedActivation[])[unit, unit.Fast])
        {
            tier.ParameterGradient<float>(Floats(Gate), Floats(Value), Floats(Dy), gradient);
            AssertNear(1e-13);
        }

        void AssertNear(double relative)
        {
            for (int k = 0; k < expected.Length; k++)
                Assert.Equal(expected[k], gradient[k], relative * Math.Abs(expected[k]));
        }

        static float[] Floats(double[] numbers) => [.. numbers.Select(number => (float)number)];
    }

    // value · gate² σ′(gate) vanishes at both ends, faster than a gate or a value that is a number grows.
    [Theory]
    [InlineData(double.PositiveInfinity, 1, 1, 0)]
    [InlineData(double.NegativeInfinity, 1, 1, 0)]
    [InlineData(0, 1, 1, 0)]
    [InlineData(1, double.PositiveInfinity, 1, double.PositiveInfinity)]
    [InlineData(1, 1, double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(double.NaN, 1, 1, double.NaN)]
    [InlineData(1, double.NaN, 1, double.NaN)]
    [InlineData(1, 1, double.NaN, double.NaN)]
    public void Special_pairs_give_limits(double gate, double value, double dy, double expected)
    {
        double[] gradient = new double[1];
        Activation.Swiglu().ParameterGradient<double>([gate], [value], [dy], gradient);
        Assert.Equal(expected, gradient[0]);
        Activation.Swiglu().ParameterGradient<float>([(float)gate], [(float)value], [(float)dy], gradient);
        Assert.Equal(expected, gradient[0]);
    }

    [Theory]
    [InlineData("swiglu")]
    [InlineData("situ_glu")]
    [InlineData("swiglu_oai")]
    public void They_have_the_same_bits_at_any_lane_width(string name)
    {
        byte[] expected = Gradient(name);
        foreach (int width in LaneWidths.All)
            Assert.Equal(expected, LaneWidths.Compute(width, Gradient, name));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        double[] room = new double[12];
        Assert.StartsWith(
            "swiglu has one parameter, beta; gradient has 2 elements.",
            Assert.Throws<ArgumentException>(
                () => Activation.Swiglu().ParameterGradient<double>(Gate, Value, Dy, new double[2])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Activation.Swiglu().ParameterGradient<double>(Gate, Value.AsSpan(1), Dy, room.AsSpan(0, 1)));
        Assert.Throws<ArgumentException>(() => Activation.Swiglu().ParameterGradient<double>(Gate, Value, Dy.AsSpan(1), room.AsSpan(0, 1)));
        Assert.Throws<ArgumentException>(
            () => Activation.Swiglu().ParameterGradient<double>(Gate, room.AsSpan(0, 6), Dy, room.AsSpan(0, 1)));
    }

    private static byte[] Gradient(string name)
    {
        GatedActivation unit = (GatedActivation)Activation.Parse(name);
        float[] gate = Ordinary(1), value = Ordinary(2), dy = Ordinary(3);
        double[] gradient = new double[unit.Info.Parameters.Count];
        unit.ParameterGradient<float>(gate, value, dy, gradient);
        return MemoryMarshal.AsBytes<double>(gradient).ToArray();

        static float[] Ordinary(int seed) => [.. Spans.Ordinary(10_001, seed).Select(v => (float)v)];
    }
}
