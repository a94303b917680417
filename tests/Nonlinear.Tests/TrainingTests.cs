using Nonlinear.Lab.Data;
using Nonlinear.Lab.Training;
using Nonlinear.Layers;
using Nonlinear.Training;

namespace Nonlinear.Tests;

public class TrainingTests
{
    public static TheoryData<string> Hidden { get; } =
    [
        .. HiddenActivation.All.Select(activation => activation.ToString()),
        "swish(beta=learned)", "prelu(alpha=learned-per-unit)", "elu(alpha=learned)", "maxout(pieces=5)",
    ];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void The_gradient_of_a_network_is_the_limit_of_differences(string name)
    {
        const float Step = 1f / 512;
        DataPart data = Blobs(rows: 40);
        Network network = Small(name, seed: 3);
        Trainer trainer = new(network, data, new SgdPlan(0.1), batchSize: 40, seed: 1);
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        trainer.Gradient(rows);
        float[][] gradients = [.. network.Parameters.Select(parameter => parameter.Gradient.ToArray())];
        double error = 0, size = 0;
        for (int parameter = 0; parameter < gradients.Length; parameter++)
        {
            for (int i = 0; i < gradients[parameter].Length; i += 3)
            {
                Span<float> values = network.Parameters[parameter].Values.Span;
                float before = values[i];
                values[i] = before + Step;
                double after = trainer.Gradient(rows);
                values[i] = before - Step;
                double difference = (after - trainer.Gradient(rows)) / (2 * Step * data.Count);
                values[i] = before;
                error += Math.Pow(difference - gradients[parameter][i], 2);
                size += Math.Pow(difference, 2);
            }
        }
        // Kinks that a difference happens to straddle leave a little more than rounding.
        Assert.True(Math.Sqrt(error / size) < 0.01, $"relative error {Math.Sqrt(error / size):E2}");
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public void One_seed_gives_one_result_on_any_number_of_threads(string name)
    {
        DataPart data = Digits.Data.Split(1).Train;
        float[][] Train(int threads, int seed)
        {
            Network network = new(
                new(data.Features, [24, 24], data.Outputs, HiddenActivation.Parse(name), Initialisation.He) { Dropout = 0.2 }, seed);
            Trainer trainer = new(network, data, new AdamPlan(1e-3), batchSize: 200, seed, threads);
            trainer.Epoch(TestContext.Current.CancellationToken);
            return [.. network.Parameters.Select(parameter => parameter.Values.ToArray())];
        }
        float[][] one = Train(1, 5);
        Assert.Equal(one, Train(2, 5));
        Assert.Equal(one, Train(4, 5));
        Assert.NotEqual(one, Train(1, 6));
    }

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Every_activation_learns_the_digits(string name)
    {
        (DataPart train, _, DataPart test) = Digits.Data.Split(2);
        Network network = new(new(train.Features, [32], train.Outputs, HiddenActivation.Parse(name), Initialisation.Glorot), 1);
        Trainer trainer = new(network, train, new AdamPlan(0.01), batchSize: 32, seed: 1);
        for (int epoch = 0; epoch < 6; epoch++)
            Assert.True(double.IsFinite(trainer.Epoch(TestContext.Current.CancellationToken)));
        double accuracy = Evaluation.Of(network, test).Score;
        Assert.True(accuracy > 0.9, $"{accuracy:P1}");
    }

    [Fact]
    public void Numbers_are_learned_as_well_as_classes()
    {
        RandomStream random = new(1, "test");
        float[] x = new float[400];
        random.Fill(x, 1);
        DataPart data = new(x, [.. x.Select(value => value * value)], Features: 1, Classes: 0);
        Network network = new(new(1, [16], 1, HiddenActivation.Parse("tanh"), Initialisation.LeCun), 1);
        Trainer trainer = new(network, data, new AdamPlan(0.02), batchSize: 40, seed: 1);
        for (int epoch = 0; epoch < 60; epoch++)
            trainer.Epoch(TestContext.Current.CancellationToken);
        Assert.True(Evaluation.Of(network, data).Score > 0.95);
    }

    [Fact]
    public void Steps_of_the_optimisers_are_those_worked_out_by_hand()
    {
        // Two steps with gradients 1 and -0.5 from the value 2.
        Near([2 - 0.1f, 2 - 0.1f - (0.1f * ((0.9f * 1) - 0.5f))], Steps(new SgdPlan(0.1)), 1e-6f);
        // With decay 0.1 the velocities are 1 + 0.2 and 0.9 · 1.2 - 0.5 + 0.1 · 1.88.
        Near([1.88f, 1.88f - (0.1f * (1.08f - 0.5f + 0.188f))], Steps(new SgdPlan(0.1) { WeightDecay = 0.1 }), 1e-6f);
        // Adam's first step has the size of the rate; its second is
        // m̂ / √v̂ = ((0.9 · 0.1 - 0.1 · 0.5) / 0.19) / √((0.999 · 0.001 + 0.001 · 0.25) / 0.001999).
        double mean = ((0.9 * 0.1) - (0.1 * 0.5)) / (1 - 0.81), square = ((0.999 * 0.001) + (0.001 * 0.25)) / (1 - (0.999 * 0.999));
        float second = (float)(mean / Math.Sqrt(square));
        Near([1.9f, 1.9f - (0.1f * second)], Steps(new AdamPlan(0.1)), 1e-6f);
        // Decay shrinks the value by η λ = 0.01 before each step.
        Near([1.98f - 0.1f, (1.88f * 0.99f) - (0.1f * second)], Steps(new AdamPlan(0.1) { WeightDecay = 0.1 }), 1e-6f);

        static float[] Steps(OptimiserPlan plan)
        {
            LearnedParameter parameter = new("weights", [2]);
            Optimiser optimiser = plan.Create([parameter]);
            List<float> values = [];
            foreach (float gradient in (float[])[1, -0.5f])
            {
                parameter.Gradient.Span[0] = gradient;
                optimiser.Step();
                values.Add(parameter.Values.Span[0]);
            }
            return [.. values];
        }
    }

    [Fact]
    public void Decay_leaves_the_parameters_of_activations_out_unless_it_is_told_otherwise()
    {
        LearnedParameter alpha = LearnableActivation.Prelu().Parameters[0], weights = new("weights", [1]);
        foreach (OptimiserPlan plan in (OptimiserPlan[])[new SgdPlan(0.1) { WeightDecay = 0.5 }, new AdamPlan(0.1) { WeightDecay = 0.5 }])
        {
            Assert.Equal((0, 0.5f), (plan.DecayOf(alpha), plan.DecayOf(weights)));
            Assert.Equal(0.5f, (plan with { DecayActivations = true }).DecayOf(alpha));
        }
    }

    [Theory]
    [InlineData(nameof(Initialisation.He), 0.1)]
    [InlineData(nameof(Initialisation.Glorot), 0.0816496580927726)]
    [InlineData(nameof(Initialisation.LeCun), 0.0707106781186548)]
    public void Weights_start_with_the_deviation_of_their_rule(string rule, double deviation)
    {
        Network network = new(new(200, [100], 10, HiddenActivation.Parse("relu"), Enum.Parse<Initialisation>(rule)), 1);
        ReadOnlySpan<float> weights = network.Parameters[0].Values.Span;
        double squares = 0, sum = 0;
        foreach (float weight in weights)
            (sum, squares) = (sum + weight, squares + ((double)weight * weight));
        Assert.Equal(deviation, Math.Sqrt(squares / weights.Length), 0.02 * deviation);
        Assert.Equal(0, sum / weights.Length, 0.03 * deviation);
        Assert.All(network.Parameters[1].Values.ToArray(), bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance_and_plain_dropout_keeps_the_mean()
    {
        const int Width = 50_000;
        foreach (Dropout dropout in (Dropout[])[Dropout.Alpha(Width, 0.2), Dropout.Plain(Width, 0.2)])
        {
            RandomStream random = new(1, "test");
            float[] x = new float[Width];
            random.Fill(x, 1);
            LayerBlock block = new(dropout, x, new float[Width], 1) { Random = random };
            dropout.Forward(block, 1, training: true);
            double mean = block.Y.ToArray().Average(), variance = block.Y.ToArray().Average(y => Math.Pow(y - mean, 2));
            Assert.Equal(0, mean, 0.03);
            Assert.Equal(dropout.Outputs == Width && block.Y.ToArray().Contains(0f) ? 1.25 : 1, variance, 0.03);
            dropout.Forward(block, 1, training: false);
            Assert.Equal(x, block.Y.ToArray());
        }
    }

    [Fact]
    public void The_matrix_products_of_both_makers_agree_and_repeat_themselves()
    {
        const int Rows = 37, Columns = 19, Inner = 53;
        RandomStream random = new(2, "test");
        float[] a = new float[Rows * Inner], b = new float[Inner * Columns], native = new float[Rows * Columns];
        float[] again = new float[Rows * Columns], managed = new float[Rows * Columns];
        random.Fill(a, 1);
        random.Fill(b, 1);
        foreach ((bool transposeA, bool transposeB) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
        {
            FastestProduct.OfThisMachine.Multiply(a, b, native, Rows, Columns, Inner, transposeA, transposeB);
            FastestProduct.OfThisMachine.Multiply(a, b, again, Rows, Columns, Inner, transposeA, transposeB);
            MatrixProduct.Managed.Multiply(a, b, managed, Rows, Columns, Inner, transposeA, transposeB);
            Assert.Equal(native, again);
            Near(native, managed, 1e-4f);
        }
    }

    [Theory]
    [InlineData("softmax", "stands at the end")]
    [InlineData("relu(alpha=learned)", "no parameter")]
    [InlineData("swish(alpha=learned)", "it has beta")]
    [InlineData("rleu", "Did you mean")]
    public void What_cannot_stand_between_layers_is_refused(string name, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => HiddenActivation.Parse(name)).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Hidden))]
    public void A_hidden_activation_is_read_back_from_its_name(string name) =>
        Assert.Equal(name, HiddenActivation.Parse(name).ToString());

    private static void Near(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    private static Network Small(string name, int seed) =>
        new(new(4, [6, 5], 3, HiddenActivation.Parse(name), Initialisation.He) { Bias = 0.05 }, seed);

    private static DataPart Blobs(int rows)
    {
        RandomStream random = new(7, "blobs");
        float[] inputs = new float[rows * 4];
        random.Fill(inputs, 1);
        return new(inputs, [.. Enumerable.Range(0, rows).Select(row => (float)(row % 3))], 4, 3);
    }
}
