using Nonlinear.Layers;

namespace Nonlinear.Tests;

public class LayerTests
{
    private const int Batch = 5, Channels = 4;

    public static TheoryData<string, int> Learnable { get; } = new(
        TestCatalog.Elementwise.Where(activation => activation.Info.Parameters.Count == 1)
            .SelectMany(activation => new[] { (activation.Info.Name, 1), (activation.Info.Name, Channels) }));

    [Theory]
    [MemberData(nameof(Learnable))]
    public void Gradients_of_a_learnable_activation_are_the_limit_of_differences(string name, int channels) =>
        // Steps that floats can show are long for a wave of 30 radians.
        AgreesWithDifferences(
            new LearnableActivation(name == "sine" ? Activation.Sine(1) : TestCatalog.Get(name), channels), Channels, Channels);

    [Fact]
    public void Gradients_of_maxout_and_its_weights_are_the_limit_of_differences() =>
        AgreesWithDifferences(Maxout(pieces: 3), 6, 2);

    [Fact]
    public void Prelu_and_swish_start_where_their_papers_do()
    {
        Assert.Equal(0.25f, LearnableActivation.Prelu().Parameters[0].Values.Span[0]);
        Assert.Equal([1f, 1f, 1f], LearnableActivation.Swish(3).Parameters[0].Values.ToArray());
        Assert.True(LearnableActivation.Prelu().Parameters[0].ShapesActivation);
    }

    [Fact]
    public void A_step_out_of_the_range_ends_at_its_edge()
    {
        LearnedParameter alpha = new LearnableActivation(TestCatalog.Get("elu")).Parameters[0];
        alpha.Values.Span[0] = -1;
        alpha.Confine();
        Assert.Equal(0, alpha.Values.Span[0]);
    }

    [Fact]
    public void What_was_saved_loads_with_the_same_bits()
    {
        foreach (Layer layer in (Layer[])[LearnableActivation.Prelu(Channels, 0.1), LearnableActivation.Swish(1, 1.7), Maxout(2)])
        {
            layer.Parameters[0].Values.Span[0] = 1f / 3;
            using MemoryStream stream = new();
            layer.Save(stream);
            stream.Position = 0;
            Layer loaded = Layer.Load(stream);
            Assert.Equal(layer.GetType(), loaded.GetType());
            Assert.Equal(layer.Parameters.Select(parameter => parameter.Name), loaded.Parameters.Select(parameter => parameter.Name));
            Assert.All(
                layer.Parameters.Zip(loaded.Parameters), pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
        }
    }

    [Theory]
    [InlineData("", "no saved layer")]
    [InlineData("[]", "damaged")]
    [InlineData("{\"layer\":\"dense\"}", "'dense'")]
    [InlineData("{\"layer\":\"learnable_activation\",\"activation\":\"relu\"}", "'relu'")]
    [InlineData("{\"layer\":\"learnable_activation\",\"activation\":\"prelu\"}", "damaged")]
    [InlineData("{\"layer\":\"maxout\",\"pieces\":2,\"inputs\":1,\"outputs\":1,\"weights\":[1],\"biases\":[1,2]}", "1 weights")]
    public void What_is_no_layer_is_refused(string text, string part)
    {
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => Layer.Load(stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => new LearnableActivation(Activation.Relu()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearnableActivation(Activation.Prelu(), 0));
        Assert.Throws<ArgumentException>(() => new MaxoutLayer(2, 3, new float[5], new float[6]));
        Assert.Throws<ArgumentException>(() => Maxout(2).Forward(new float[9], [3, 3], new float[3]));
        Assert.Throws<ArgumentException>(() => Maxout(2).Backward(new float[12], [2, 6], new float[4], new float[12]));
    }

    private static MaxoutLayer Maxout(int pieces) => new(
        6,
        2,
        [.. Spans.Ordinary(pieces * 2 * 6, 31).Select(value => (float)value / 4)],
        [.. Spans.Ordinary(pieces * 2, 32).Select(value => (float)value / 4)],
        pieces);

    // The layers compute in float: differences over a step of some size, on inputs that are not near a kink.
    private static void AgreesWithDifferences(Layer layer, int inputs, int outputs)
    {
        const float Step = 1f / 256;
        float[] x =
            [.. Spans.Ordinary(Batch * inputs, 41).Select(value => (float)Math.CopySign(Math.Min(Math.Abs(value), 3) + 0.1, value))];
        float[] dy = [.. Spans.Ordinary(Batch * outputs, 42).Select(value => (float)value / 8)], y = new float[dy.Length];
        float[] dx = new float[x.Length];
        layer.Forward(x, [Batch, inputs], y);
        layer.Backward(x, [Batch, inputs], dy, dx);
        float[][] gradients = [.. layer.Parameters.Select(parameter => parameter.Gradient.ToArray())];
        for (int i = 0; i < x.Length; i++)
            Agrees(x, i, dx[i]);
        for (int parameter = 0; parameter < gradients.Length; parameter++)
        {
            for (int i = 0; i < gradients[parameter].Length; i++)
                Agrees(layer.Parameters[parameter].Values.Span, i, gradients[parameter][i]);
        }

        void Agrees(Span<float> numbers, int index, float gradient)
        {
            float before = numbers[index];
            numbers[index] = before + Step;
            double after = Loss();
            numbers[index] = before - Step;
            double difference = (after - Loss()) / (2 * Step);
            numbers[index] = before;
            Assert.True(
                Math.Abs(difference - gradient) < 1e-3 + (1e-3 * Math.Abs(difference)),
                $"element {index}: {gradient}, by differences {difference}");
        }

        double Loss()
        {
            layer.Forward(x, [Batch, inputs], y);
            return y.Zip(dy, (a, b) => (double)a * b).Sum();
        }
    }
}
