namespace Nonlinear.Tests;

/// <summary>The example of the README, word for word.</summary>
internal static class ReadmeExample
{
    public static void Run()
    {
        float[] x = [-5.5f, -1, 0, 2], dy = [1, 1, 1, 1], y = new float[4], dx = new float[4];

        Activation gelu = Activation.Gelu();                      // or Activation.Parse("gelu"), as users type it
        gelu.Forward(x, y);                                       // y = x Φ(x), also where others return 0
        gelu.Backward(x, dy, dx);                                 // dx = dy · f′(x); in place, with dx = dy, works too

        ElementwiseActivation swish = Activation.Swish(beta: 1.5);
        double[] dbeta = new double[1];
        swish.ParameterGradient(x, dy, dbeta);                    // Σ dy · ∂f/∂β, to train β

        Console.WriteLine($"gelu(-5.5) = {y[0]}, dβ = {dbeta[0]:F4}, {swish.Formula}");
    }
}
