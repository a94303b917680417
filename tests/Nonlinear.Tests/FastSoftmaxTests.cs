namespace Nonlinear.Tests;

/// <summary>The fast tier of functions along an axis: as close as it promises at every length, wherever the inputs lie.</summary>
public class FastSoftmaxTests
{
    public static TheoryData<string, float> Offsets { get; } = new MatrixTheoryData<string, float>(
        ["softmax", "log_softmax"], [0, 50, -60, 90, 1000, -1e6f, 1e30f]);

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Every_length_is_within_the_promise(string name, float offset)
    {
        AxisActivation exact = (AxisActivation)Activation.Parse(name), fast = exact.Fast;
        Random random = new(3);
        foreach (int length in (int[])[.. Enumerable.Range(1, 70), 1000, 40_000])
        {
            float[] x = [.. Enumerable.Range(0, length).Select(_ => offset + (float)(random.NextDouble() * 20))];
            float[] expected = new float[length], actual = new float[length];
            exact.Forward(x, expected);
            fast.Forward(x, actual);
            AssertAsPromised(exact, expected, actual, $"length {length}");
            fast.Forward(x, x);
            Assert.Equal(actual, x);
        }
    }

    [Theory]
    [InlineData("softmax", 90)]
    [InlineData("softmax", 3e8f)]
    [InlineData("softmax", -200)]
    [InlineData("log_softmax", 90)]
    [InlineData("log_softmax", 3e8f)]
    [InlineData("log_softmax", -200)]
    public void An_input_far_from_all_others_is_found_wherever_it_lies(string name, float far)
    {
        const int Rows = 3, Longest = 130;
        AxisActivation exact = (AxisActivation)Activation.Parse(name), fast = exact.Fast;
        float[] beyond = [.. Enumerable.Repeat(4e8f, Rows * Longest)];
        Random random = new(7);
        foreach (int length in (int[])[.. Enumerable.Range(1, 50), 80, Longest])
        {
            for (int place = 0; place < length; place++)
            {
                float[] x = [.. Enumerable.Range(0, Rows * length).Select(_ => (float)random.NextDouble())];
                x[length + place] = far;
                float[] expected = new float[x.Length], actual = new float[x.Length];
                exact.Forward(x, expected, [Rows, length], 1);
                fast.Forward(x, actual, [Rows, length], 1);
                AssertAsPromised(exact, expected, actual, $"length {length}, place {place}");
                // What was there may be needed once more when the large input is found; what other calls left on the stack may not.
                fast.Forward(beyond.AsSpan(0, x.Length), new float[x.Length], [Rows, length], 1);
                fast.Forward(x, x, [Rows, length], 1);
                Assert.Equal(actual, x);
            }
        }
    }

    private static void AssertAsPromised(AxisActivation exact, float[] expected, float[] actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            float magnitude = MathF.Abs(expected[i]), ulp = MathF.BitIncrement(magnitude) - magnitude;
            double error = Math.Abs((double)expected[i] - actual[i]);
            Assert.True(error <= (exact.Info.FastUlps + 0.5) * ulp, $"{actual[i]} is not {expected[i]}, {what}");
        }
    }

    [Theory]
    [InlineData("softmax", 1)]
    [InlineData("softmax", 1e-20)]
    [InlineData("softmax", 1e-30)]
    [InlineData("softmax", 1e-40)]
    [InlineData("softmax", 1e38)]
    [InlineData("log_softmax", 1)]
    [InlineData("log_softmax", 1e-32)]
    [InlineData("log_softmax", 1e-40)]
    [InlineData("log_softmax", 1e38)]
    public void Gradients_from_outputs_are_within_the_promise(string name, double size)
    {
        AxisActivation exact = (AxisActivation)Activation.Parse(name), fast = exact.Fast;
        Random random = new(5);
        int differences = 0;
        foreach (int length in (int[])[.. Enumerable.Range(1, 140), 1000, 40_000])
        {
            float[] y = [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() * 20))];
            float[] dy = [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.4) * size))];
            float[] expected = new float[length], actual = new float[length];
            exact.Forward(y, y);
            exact.BackwardFromOutput(y, dy, expected);
            fast.BackwardFromOutput(y, dy, actual);
            double terms = y.Zip(dy, (output, upstream) => Math.Abs(name == "softmax" ? output * (double)upstream : upstream)).Sum();
            for (int i = 0; i < length; i++)
            {
                double magnitude =
                    name == "softmax" ? y[i] * (Math.Abs((double)dy[i]) + terms) : Math.Abs((double)dy[i]) + (Math.Exp(y[i]) * terms);
                Assert.True(
                    expected[i] == actual[i]
                        || Math.Abs((double)expected[i] - actual[i]) <= (9 * Math.ScaleB(magnitude, -24)) + float.Epsilon,
                    $"{actual[i]} is not {expected[i]}, length {length}");
                differences += expected[i] == actual[i] ? 0 : 1;
            }
            fast.BackwardFromOutput(y, dy, dy);
            Assert.Equal(actual, dy);
        }
        Assert.True(size is > 2 or < 1e-25 || differences > 0, "The fast tier did nothing of its own.");
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("log_softmax")]
    public void Gradients_of_what_is_out_of_the_ordinary_are_as_in_the_exact_tier(string name)
    {
        AxisActivation exact = (AxisActivation)Activation.Parse(name);
        const float infinity = float.PositiveInfinity;
        (float[], float[])[] pairs =
        [
            ([], []), ([1], [3]), ([float.NaN, 1], [1, 1]), ([0.5f, 0.5f], [float.NaN, 1]), ([0.5f, 0.5f], [0, 0]), ([0, 1], [infinity, 1]),
        ];
        foreach ((float[] y, float[] dy) in pairs)
        {
            float[] outputs = name == "softmax" ? y : [.. y.Select(output => MathF.Log(output))], expected = new float[y.Length];
            float[] actual = new float[y.Length];
            exact.BackwardFromOutput(outputs, dy, expected);
            exact.Fast.BackwardFromOutput(outputs, dy, actual);
            Assert.Equal(expected.Select(value => value.ToString("R")), actual.Select(value => value.ToString("R")));
        }
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("log_softmax")]
    public void What_is_out_of_the_ordinary_is_as_in_the_exact_tier(string name)
    {
        AxisActivation exact = (AxisActivation)Activation.Parse(name);
        const float infinity = float.PositiveInfinity;
        float[][] vectors =
        [
            [], [3], [-infinity], [infinity, 1], [1, float.NaN, 2], [-infinity, -infinity], [float.MaxValue, -float.MaxValue],
            [0, 0, -infinity, 0],
        ];
        foreach (float[] x in vectors)
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
        Activation.LogSoftmax().Forward(x, expected);
        Activation.LogSoftmax().Fast.Forward(x, actual);
        Assert.Equal(expected[0], actual[0], MathF.Abs(expected[0]) * 3e-7f);
    }
}
