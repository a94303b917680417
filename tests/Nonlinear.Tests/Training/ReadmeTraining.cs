using Nonlinear.Layers;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>The network of the README, word for word.</summary>
internal static class ReadmeTraining
{
    public static void Run()
    {
        // 600 points; which of them lie in a ring about the middle?
        const int Rows = 600, Width = 16;
        float[] points = new float[2 * Rows], inRing = new float[Rows];
        new RandomStream(seed: 1, "points").Fill(points, deviation: 1);
        for (int row = 0; row < Rows; row++)
        {
            float x = points[2 * row], y = points[(2 * row) + 1], square = (x * x) + (y * y);
            inRing[row] = square is > 0.5f and < 2 ? 1 : 0;
        }
        DataPart data = new(points, inRing, Features: 2, Classes: 2);

        Sequential network = new(
            new Dense(2, Width, Initialisation.He, new RandomStream(1, "first layer")),
            new LearnedActivation(LearnableActivation.Prelu(channels: Width)),    // a slope for each unit
            new Dense(Width, Width, Initialisation.He, new RandomStream(1, "second layer")),
            new LearnedActivation(LearnableActivation.Prelu(channels: Width)),
            new Dense(Width, 2, Initialisation.LeCun, new RandomStream(1, "outputs")));

        Trainer trainer = new(network, data, new AdamPlan(LearningRate: 0.01), batchSize: 32, seed: 1);
        for (int epoch = 1; epoch <= 30; epoch++)
        {
            double loss = trainer.Epoch();
            if (epoch % 10 == 0)
                Console.WriteLine($"epoch {epoch}: loss {loss:F3}");
        }

        float[] outputs = new float[2 * Rows];
        network.Forward(points, outputs);
        int right = Enumerable.Range(0, Rows).Count(row => outputs[(2 * row) + 1] > outputs[2 * row] == (inRing[row] == 1));
        Console.WriteLine($"{right} of {Rows} right, slopes {network.Parameters[2].Values.Span[0]:F3}, …");
    }
}
