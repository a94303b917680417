using Nonlinear.Layers;
using Nonlinear.Training;

namespace Nonlinear.Checksums;

/// <summary>A network that has learned for some steps: what the kit computes, one result after the other.</summary>
internal static class TrainedNetwork
{
    public static void Print()
    {
        const int Rows = 150, Features = 3, Width = 13, Classes = 3;
        RandomStream random = new(1, "data");
        float[] inputs = new float[Rows * Features];
        random.Fill(inputs, 1);
        DataPart data = new(inputs, [.. Enumerable.Range(0, Rows).Select(row => (float)(row % Classes))], Features, Classes);
        foreach (OptimiserPlan plan in (OptimiserPlan[])[new SgdPlan(0.05) { WeightDecay = 0.01 }, new AdamPlan(0.01)])
        {
            Sequential network = new(
                new Dense(Features, Width, Initialisation.He, new(1, "first")),
                new LearnedActivation(LearnableActivation.Prelu(Width)),
                new Dense(Width, Width, Initialisation.Glorot, new(1, "second")),
                new FixedActivation(Activation.Gelu(), Width),
                Dropout.Plain(Width, 0.1),
                new Dense(Width, Classes, Initialisation.LeCun, new(1, "third")));
            Trainer trainer = new(network, data, plan, batchSize: 70, seed: 1);
            for (int step = 0; step < 40; step++)
                trainer.Step();
            Checksum checksum = new();
            foreach (LearnedParameter parameter in network.Parameters)
                checksum.Add<float>(parameter.Values.Span);
            Console.WriteLine($"trained by {plan.GetType().Name} {checksum}");
        }
    }
}
