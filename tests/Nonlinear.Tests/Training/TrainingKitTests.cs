using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.Random;
using Nonlinear.Layers;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>The training kit by other minds: double precision, plain loops, MathNet's generator.</summary>
public class TrainingKitTests
{
    public static TheoryData<string> Hidden { get; } =
        ["tanh", "gelu", "mish", "elu", "prelu per unit", "swish shared", "maxout"];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Gradients_are_the_differences_of_the_loss_in_double_precision(string hidden)
    {
        DataPart data = Clouds(rows: 70, classes: 3);
        Near(TwoHidden(hidden, outputs: 3), data, Loss.CrossEntropy, (logits, label) =>
            Math.Log(logits.Sum(Math.Exp)) - logits[(int)label]);
    }

    [Fact]
    public void Gradients_of_the_other_losses_are_differences_too()
    {
        DataPart numbers = Clouds(rows: 70, classes: 0), answers = numbers with { Targets = [.. numbers.Targets.Select(Halved)] };
        Near(TwoHidden("tanh", outputs: 1), numbers, Loss.SquaredError, (output, target) => Math.Pow(output[0] - target, 2) / 2);
        Near(TwoHidden("tanh", outputs: 1), answers, Loss.BinaryCrossEntropy, (logit, target) =>
            Math.Log(1 + Math.Exp(logit[0])) - (target * logit[0]));

        static float Halved(float target) => target > 0 ? 1 : 0.25f;
    }

    [Fact]
    public void Gradients_through_normalisation_and_shortcuts_are_differences_too()
    {
        const int Width = 5;
        NetworkLayer[] layers =
        [
            new Dense(4, Width, 0.7, bias: 0.1, new(3, "first")) { LearnsBiases = false },
            new BatchNormalisation(Width, shift: 0.2),
            new FixedActivation(Activation.Gelu(), Width),
            new Dense(Width, Width, 0.7, bias: 0.1, new(3, "second")) { LearnsBiases = false },
            new BatchNormalisation(Width),
            new LearnedActivation(LearnableActivation.Swish(), Width),
            new Dense(Width, 3, 0.7, bias: 0.1, new(3, "third")),
        ];
        RandomStream random = new(4, "scales");
        foreach (BatchNormalisation normalisation in layers.OfType<BatchNormalisation>())
        {
            random.Fill(normalisation.Scale.Values.Span, 1);
            random.Fill(normalisation.Shift.Values.Span, 1);
        }
        // One from sums to sums past the function, one about two functions, and one that begins where another does.
        Sequential network = new(layers, [new(1, 3), new(2, 5), new(1, 1)]);
        Near(network, Clouds(rows: 70, classes: 3), Loss.CrossEntropy, (logits, label) =>
            Math.Log(logits.Sum(Math.Exp)) - logits[(int)label]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Gradients_through_convolutions_are_differences_too(int step)
    {
        // Pictures of 5 × 4 places with two channels, so that the last square hangs over one edge or over none.
        PictureShape shape = new(5, 4, Channels: 2);
        DataPart data = Pictures(rows: 10, shape);
        Convolution first = new(shape, filters: 3, side: 3, step, 0.4, bias: 0.1, new(3, "first")) { LearnsBiases = false },
            second = new(first.Output, filters: 2, side: 3, step, 0.4, bias: 0.1, new(3, "second"));
        Sequential network = new(
            first,
            new BatchNormalisation(3, first.Output.Positions),
            new LearnedActivation(LearnableActivation.Prelu(3), 3, first.Output.Positions),
            second,
            new FixedActivation(Activation.Tanh(), second.Outputs),
            new Dense(second.Outputs, 2, 0.7, bias: 0.1, new(3, "third")));
        Near(network, data, Loss.CrossEntropy, (logits, label) => Math.Log(logits.Sum(Math.Exp)) - logits[(int)label]);
    }

    [Fact]
    public void Running_statistics_are_those_of_the_blocks_seen()
    {
        DataPart data = Clouds(rows: 70, classes: 0);
        BatchNormalisation normalisation = new(4);
        Sequential network = new(normalisation, new Dense(4, 1, 0.7, bias: 0, new(3, "only")));
        Trainer trainer = new(network, data, new SgdPlan(1e-30), batchSize: data.Count, seed: 1);
        trainer.Gradient(Enumerable.Range(0, data.Count).ToArray());
        Assert.Equal([0f, 0, 0, 0], normalisation.Means.ToArray());
        trainer.Step();
        // The batch is in blocks of 64 and 6 rows, in the order of the seed: the mean of the two blocks' own.
        int[][] blocks = [.. new RandomStream(1, "order").Permutation(data.Count).Chunk(64)];
        for (int unit = 0; unit < 4; unit++)
        {
            double[][] values = [.. blocks.Select(rows => rows.Select(row => (double)data.Inputs[(row * 4) + unit]).ToArray())];
            double mean = values.Average(block => block.Average());
            double variance = values.Average(
                block => block.Sum(value => Math.Pow(value - block.Average(), 2)) / (block.Length - 1));
            Assert.Equal(mean, normalisation.Means.Span[unit], 1e-6);
            Assert.Equal(variance, normalisation.Variances.Span[unit], 1e-5);
            // Outside training these are what a row is normalised by, alone or among others.
            float[] row = data.Inputs[..4], y = new float[1], expected = new float[1];
            network.Forward(row, y);
            Pass pass = new(network, 1);
            row.CopyTo(pass.Input);
            pass.Forward(1, training: false);
            Assert.Equal((row[unit] - mean) / Math.Sqrt(variance + 1e-5), pass.Blocks[0].Y.Span[unit], 1e-5);
            Assert.Equal(y, pass.Output.ToArray());
        }
        // Of many blocks each counts a tenth, and a single row, which has no variance, nothing.
        for (int step = 0; step < 20; step++)
            trainer.Step();
        float[] before = normalisation.Variances.ToArray();
        Trainer single = new(network, new(data.Inputs[..4], data.Targets[..1], 4, 0), new SgdPlan(1e-30), 1, seed: 1);
        single.Step();
        Assert.Equal(before, normalisation.Variances.ToArray());
        Assert.Equal(0, network.Parameters[0].Gradient.Span[0]);
    }

    [Fact]
    public void A_normalised_network_has_the_same_bits_with_several_threads()
    {
        PictureShape shape = new(5, 4);
        DataPart data = Pictures(rows: 300, shape);
        float[] Trained(int threads)
        {
            Convolution convolution = new(shape, 3, 3, 2, 0.4, 0, new(1, "a"));
            Sequential network = new(
                [
                    convolution, new BatchNormalisation(3, convolution.Output.Positions),
                    new FixedActivation(Activation.Relu(), convolution.Outputs), new Dense(convolution.Outputs, 2, 0.7, 0, new(1, "b")),
                ],
                [new(2, 2)]);
            Trainer trainer = new(network, data, new AdamPlan(0.01), batchSize: 200, seed: 4, threads);
            trainer.Epoch(TestContext.Current.CancellationToken);
            return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray()),
                .. network.Statistics.SelectMany(numbers => numbers.ToArray())];
        }
        Assert.Equal(Trained(1), Trained(4));
    }

    // The trainer's gradient is that of the mean, here over a batch of two blocks.
    private static void Near(Sequential network, DataPart data, Loss loss, Func<double[], double, double> exact)
    {
        const double Step = 1e-5;
        Trainer trainer = new(network, data, new SgdPlan(0.1), batchSize: data.Count, seed: 1, loss: loss);
        double sum = trainer.Gradient(Enumerable.Range(0, data.Count).ToArray());
        DoubleNetwork reference = new(network);
        Assert.Equal(reference.MeanLoss(data, exact), sum / data.Count, 1e-6);
        for (int parameter = 0; parameter < reference.Parameters.Length; parameter++)
        {
            double[] values = reference.Parameters[parameter];
            for (int i = 0; i < values.Length; i += 2)
            {
                double value = values[i];
                values[i] = value + Step;
                double difference = reference.MeanLoss(data, exact);
                values[i] = value - Step;
                difference = (difference - reference.MeanLoss(data, exact)) / (2 * Step);
                values[i] = value;
                Assert.Equal(difference, network.Parameters[parameter].Gradient.Span[i], 2e-6);
            }
        }
    }

    [Fact]
    public void Random_numbers_are_those_of_another_generator_of_the_same_kind()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/test")));
            Xoshiro256StarStar other = new(BitConverter.ToInt32(hash), threadSafe: false);
            RandomStream ours = new(seed, "test");
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal(other.NextDouble(), ours.Uniform());
                foreach (int bound in (int[])[2, 3, 1000, 1024])
                    Assert.Equal(other.Next(bound), ours.Below(bound));
                Assert.Equal(MathNet.Numerics.Distributions.Normal.Sample(other, 0, 1), ours.Normal(), 1e-14);
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 7)]
    [InlineData(2, 33, 4)]
    [InlineData(70, 65, 31)]
    public void A_managed_product_is_the_sum_in_the_order_of_the_inner_index(int rows, int columns, int inner)
    {
        float[] a = new float[rows * inner], b = new float[inner * columns], c = new float[rows * columns], expected = new float[c.Length];
        RandomStream random = new(1, "factors");
        random.Fill(a, 1);
        random.Fill(b, 1);
        foreach ((bool transposeA, bool transposeB) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    float sum = 0;
                    for (int k = 0; k < inner; k++)
                    {
                        sum += a[transposeA ? (k * rows) + row : (row * inner) + k]
                            * b[transposeB ? (column * inner) + k : (k * columns) + column];
                    }
                    expected[(row * columns) + column] = sum;
                }
            }
            Array.Fill(c, float.NaN);
            MatrixProduct.Managed.Multiply(a, b, c, rows, columns, inner, transposeA, transposeB);
            Assert.Equal(expected, c);
        }
    }

    // The last vector of a parameter is filled in part: it must not matter where a value lies.
    [Fact]
    public void An_optimiser_moves_each_value_as_if_it_were_alone()
    {
        const int Count = 37;
        foreach (OptimiserPlan plan in (OptimiserPlan[])[
            new SgdPlan(0.1) { WeightDecay = 0.1 }, new AdamPlan(0.1) { WeightDecay = 0.1 }, new SgdPlan(0.1, Momentum: 0)])
        {
            RandomStream random = new(1, "values");
            float[] start = new float[Count], gradient = new float[Count];
            random.Fill(start, 1);
            LearnedParameter together = new("weights", [.. start]);
            LearnedParameter[] alone = [.. start.Select(value => new LearnedParameter("weight", [value]))];
            Optimiser ofAll = plan.Create([together]), ofEach = plan.Create(alone);
            for (int step = 0; step < 20; step++)
            {
                random.Fill(gradient, 1);
                gradient.CopyTo(together.Gradient);
                for (int i = 0; i < Count; i++)
                    alone[i].Gradient.Span[0] = gradient[i];
                ofAll.Step();
                ofEach.Step();
            }
            Assert.Equal(together.Values.ToArray(), alone.Select(parameter => parameter.Values.Span[0]));
        }
    }

    [Fact]
    public void Steps_are_the_epoch_they_make_up_and_a_seed_repeats_them()
    {
        DataPart data = Clouds(rows: 70, classes: 3);
        Sequential[] networks = [.. Enumerable.Range(0, 2).Select(_ => TwoHidden("prelu per unit", outputs: 3))];
        Trainer[] trainers = [.. networks.Select(network => new Trainer(network, data, new AdamPlan(0.01), batchSize: 32, seed: 4))];
        double first = trainers[0].Step(), mean = ((first * 32) + (trainers[0].Step() * 32) + (trainers[0].Step() * 6)) / 70;
        Assert.Equal(mean, trainers[1].Epoch(TestContext.Current.CancellationToken), 1e-12);
        // Begun by single steps, an epoch is what is left of it.
        trainers[0].Step();
        trainers[0].Epoch(TestContext.Current.CancellationToken);
        trainers[1].Epoch(TestContext.Current.CancellationToken);
        Assert.All(
            networks[0].Parameters.Zip(networks[1].Parameters),
            pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
    }

    [Fact]
    public void Training_that_diverges_says_so_and_takes_no_further_step()
    {
        DataPart data = Clouds(rows: 70, classes: 0);
        Sequential network = TwoHidden("prelu per unit", outputs: 1);
        Trainer trainer = new(network, data, new SgdPlan(1e30), batchSize: 32, seed: 4);
        for (int epoch = 0; epoch < 3 && double.IsFinite(trainer.Epoch(TestContext.Current.CancellationToken)); epoch++)
            Assert.True(epoch < 2);
        float[] before = network.Parameters[0].Values.ToArray();
        Assert.False(double.IsFinite(trainer.Step()));
        Assert.Equal(before, network.Parameters[0].Values.ToArray());
    }

    [Fact]
    public void Outputs_are_those_of_a_pass_for_any_number_of_rows()
    {
        Sequential network = TwoHidden("gelu", outputs: 3);
        float[] x = new float[4 * 300], y = new float[3 * 300];
        new RandomStream(1, "inputs").Fill(x, 1);
        network.Forward(x, y);
        Pass pass = new(network, 300);
        x.CopyTo(pass.Input);
        pass.Forward(300, training: false);
        Assert.Equal(pass.Output.ToArray(), y);
        network.Forward([], []);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        Dense first = new(4, 6, Initialisation.He, new(1, "a"));
        DataPart data = Clouds(rows: 6, classes: 3);
        Refused<ArgumentException>(
            "Layer 1, FixedActivation, takes 5", () => new Sequential(first, new FixedActivation(Activation.Gelu(), 5)));
        Refused<ArgumentException>("needs a layer", () => new Sequential());
        Refused<ArgumentException>("gives 6 outputs; the data need 4 and 3", () => MakeTrainer(new Sequential(first), data));
        Sequential fitting = new(new Dense(4, 3, Initialisation.He, new(1, "a")));
        Refused<ArgumentException>("row 2 is 0.5", () => MakeTrainer(fitting, data with { Targets = [0, 1, 0.5f, 0, 0, 0] }));
        Refused<ArgumentException>("row 0 is 3", () => MakeTrainer(fitting, data with { Targets = [3, 1, 1, 0, 0, 0] }));
        Refused<ArgumentException>("24 inputs and 5 targets", () => MakeTrainer(fitting, data with { Targets = [0, 1, 1, 0, 0] }));
        Refused<ArgumentException>("a batch has 1 to 2", () => MakeTrainer(fitting, data).Gradient(new int[3]));
        Refused<ArgumentOutOfRangeException>("less than 1", () => Dropout.Plain(3, 1));
        Refused<ArgumentException>("must be odd", () => new Convolution(new(4, 4), 2, side: 2, step: 1, 1, 0, new(1, "a")));
        Refused<ArgumentException>("shortcut from 0 to 0", () => new Sequential([first], [new(0, 0)]));
        Refused<ArgumentException>(
            "shortcut from 1 to 0", () => new Sequential([first, new FixedActivation(Activation.Gelu(), 6)], [new(1, 0)]));
        Refused<ArgumentException>("must have 1 or 6", () => new LearnedActivation(LearnableActivation.Prelu(5), 6));
        Refused<ArgumentException>("need 12", () => new Dense(3, 4, new float[11], new float[4]));
        Refused<ArgumentException>("no whole rows of 4", () => Outputs(new float[5]));
        Refused<ArgumentException>("need 6", () => Outputs(new float[8]));

        float[] Outputs(float[] x)
        {
            float[] y = new float[3];
            fitting.Forward(x, y);
            return y;
        }

        static Trainer MakeTrainer(Sequential network, DataPart data) => new(network, data, new SgdPlan(0.1), batchSize: 2, seed: 1);

        static void Refused<T>(string part, Func<object> act)
            where T : Exception => Assert.Contains(part, Assert.Throws<T>(act).Message, StringComparison.Ordinal);
    }

    private static DataPart Pictures(int rows, PictureShape shape)
    {
        RandomStream random = new(7, "pictures");
        float[] inputs = new float[rows * shape.Length];
        random.Fill(inputs, 1);
        return new(inputs, [.. Enumerable.Range(0, rows).Select(row => (float)(row % 2))], shape.Length, 2);
    }

    private static DataPart Clouds(int rows, int classes)
    {
        RandomStream random = new(7, "clouds");
        float[] inputs = new float[rows * 4], numbers = new float[rows];
        random.Fill(inputs, 1);
        random.Fill(numbers, 1);
        return new(inputs, classes == 0 ? numbers : [.. numbers.Select((_, row) => (float)(row % classes))], 4, classes);
    }

    private static Sequential TwoHidden(string hidden, int outputs)
    {
        const int Width = 5;
        int pieces = hidden == "maxout" ? 3 : 1;
        return new(
            new Dense(4, Width * pieces, 0.7, bias: 0.1, new(3, "first")),
            Layer(),
            new Dense(Width, Width * pieces, 0.7, bias: 0.1, new(3, "second")),
            Layer(),
            new Dense(Width, outputs, 0.7, bias: 0.1, new(3, "third")));

        NetworkLayer Layer() => hidden switch
        {
            "maxout" => new MaxoutPooling(Activation.Maxout(pieces), Width),
            "prelu per unit" => new LearnedActivation(LearnableActivation.Prelu(Width)),
            "swish shared" => new LearnedActivation(LearnableActivation.Swish(), Width),
            _ => new FixedActivation((ElementwiseActivation)Activation.Parse(hidden), Width),
        };
    }
}
