using TorchSharp;
using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Tests;

/// <summary>The example on the package's page, word for word.</summary>
internal static class ReadmeExample
{
    public static void Run()
    {
        Tensor x = tensor((float[])[-5.5f, -1, 0, 2], requires_grad: true);
        Tensor y = Activation.Gelu().Forward(x);                      // differentiable, as torch's own
        y.sum().backward();

        var network = nn.Sequential(
            ("hidden", nn.Linear(2, 16)),
            ("slopes", new LearnableActivationModule(Activation.Prelu(), channels: 16)),
            ("gate", new LearnableActivationModule(Activation.Swish())),
            ("outputs", nn.Linear(16, 3)),
            ("shares", new ActivationModule(Activation.Softmax(), dimension: 1)));
        Tensor shares = network.forward(randn(8, 2));

        Console.WriteLine($"gelu(-5.5) = {y[0].item<float>()}, slope {x.grad![0].item<float>()}");
        Console.WriteLine($"{string.Join(", ", shares.shape)}: {string.Join(", ", network.state_dict().Keys)}");
    }
}
