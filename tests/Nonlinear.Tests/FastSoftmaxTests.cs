namespace Nonlinear.Tests;

/// <summary>The fast tier of functions along an axis: as close as it promises at every length, wherever the inputs lie.</summary>
public class FastSoftmaxTests
{
    public static TheoryData<string, float> Offsets { get; } = new MatrixTheoryData<string, float>(["softmax", "log_softmax"], [0, 50, -60, 90, 1000, -1e6f, 1e30f]);

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Every_length_is_within_the_promise(string name, float offset)
    {
        AxisActivation exact = (AxisActivation)Activation.Parse(name), fast = exact.Fast;
        Random random = new(3);
        foreach (int length in (int[])[.. Enumerable.Range(1, 70), 1000, 40_000])
        {
            float[] x = [.. Enumerable.Range(0, length).Select(_ => offset + (float)(random.NextDouble() * 20))], expected = new float[length], actual = new float[length];
            exact.Forward(x, expected);
            fast.Forward(x, actual);
            Assert.All(expected.Zip(actual), pair => Assert.True(
                Math.Abs((double)pair.First - pair.Second) <= (exact.Info.FastUlps + 0.5) * (MathF.BitIncrement(MathF.Abs(pair.First)) - MathF.Abs(pair.First)),
                $"{pair.Second} is not {pair.First}, length {length}"));
            fast.Forward(x, x);
            Assert.Equal(actual, x);
        }
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("log_softmax")]
    public void What_is_out_of_the_ordinary_is_as_in_the_exact_tier(string name)
    {
        AxisActivation exact = (AxisActivation)Activation.Parse(name);
        const float infinity = float.PositiveInfinity;
        foreach (float[] x in (float[][])[[], [3], [-infinity], [infinity, 1], [1, float.NaN, 2], [-infinity, -infinity], [float.MaxValue, -float.MaxValue], [0, 0, -infinity, 0]])
        {
            float[] expected = new float[x.Length], actual = new float[x.Length];
            exact.Forward(x, expected);
            exact.Fast.Forward(x, actual);
            Assert.Equal(expected.Select(value => value.ToString("R")), actual.Select(value => value.ToString("R")));
        }
    }

    // What is left of a probability of nearly 1 keeps its digits.
    [Theory]
    [InlineData(20f)]
    [InlineData(60f)]
    [InlineData(95f)]
    public void The_logarithm_of_nearly_one_keeps_its_digits(float ahead)
    {
        float[] x = [ahead, 0, 0.5f], expected = new float[3], actual = new float[3];
        Activation.LogSoftmax.Forward(x, expected);
        Activation.LogSoftmax.Fast.Forward(x, actual);
        Assert.Equal(expected[0], actual[0], MathF.Abs(expected[0]) * 3e-7f);
    }
}
