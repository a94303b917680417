using TorchSharp;
using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Tests;

/// <summary>Gradients are those of the values, by finite differences in double; so are gradients of gradients.</summary>
[Collection(nameof(LoadedTorch))]
public class GradientTests
{
    public GradientTests(LoadedTorch torch) => torch.Require();

    [Theory]
    [InlineData("gelu")]
    [InlineData("tanh")]
    [InlineData("mish")]
    [InlineData("swish(beta=1.7)")]
    [InlineData("softplus")]
    public void Of_a_function_of_one_number_the_first_and_the_second(string name)
    {
        ElementwiseActivation function = (ElementwiseActivation)Activation.Parse(name);
        Check(inputs => function.Forward(inputs[0]), [3, 5]);
        Check(
            inputs => autograd.grad(
                [function.Forward(inputs[0])], [inputs[0]], [inputs[1]], retain_graph: true, create_graph: true)[0],
            [3, 5],
            [3, 5]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Of_learned_parameters(long channels) =>
        Check(inputs => Activation.Swish().Forward(inputs[0], inputs[1]), [3, 4, 2], [channels]);

    [Theory]
    [InlineData("softmax")]
    [InlineData("log_softmax")]
    [InlineData("sparsemax")]
    public void Along_a_dimension(string name) =>
        Check(inputs => ((AxisActivation)Activation.Parse(name)).Forward(inputs[0], 1), [2, 5, 3]);

    [Theory]
    [InlineData("swiglu")]
    [InlineData("geglu")]
    public void Of_a_gated_unit(string name) =>
        Check(inputs => ((GatedActivation)Activation.Parse(name)).Forward(inputs[0], inputs[1]), [4, 3], [4, 3]);

    // Nothing second is known of these, and no constant stands for it.
    [Fact]
    public void What_is_not_known_is_NaN()
    {
        using DisposeScope scope = NewDisposeScope();
        Func<Tensor, Tensor>[] functions =
        [
            x => Activation.Softmax().Forward(x, 0),
            x => Activation.Glu().Forward(x, x.exp()),
            x => Activation.Prelu().Forward(x, tensor((double[])[0.5])),
            x => autograd.grad([Activation.Gelu().Forward(x).sum()], [x], retain_graph: true, create_graph: true)[0],
        ];
        foreach (Func<Tensor, Tensor> function in functions)
        {
            Tensor x = linspace(-1, 1, 5, ScalarType.Float64).requires_grad_(true);
            Tensor first = autograd.grad([function(x).square().sum()], [x], retain_graph: true, create_graph: true)[0];
            Assert.True(first.isfinite().all().item<bool>());
            Assert.True(autograd.grad([first.sum()], [x])[0].isnan().all().item<bool>());
        }
    }

    [Fact]
    public void Without_gradients_no_graph_is_kept()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros(3).requires_grad_(true);
        using IDisposable _ = no_grad();
        Assert.False(Activation.Gelu().Forward(x).requires_grad);
        Assert.False(Activation.Prelu().Forward(x, zeros(1)).requires_grad);
    }

    // A hundred thousand tensors of a megabyte would not fit.
    [Fact]
    public void Nothing_is_kept_of_steps_that_are_over()
    {
        using Tensor x = randn(256, 1024).requires_grad_(true), gate = randn(256, 1024);
        long before = Tensor.TotalCount;
        for (int step = 0; step < 20; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor y = Activation.Swiglu().Forward(gate, Activation.Gelu().Forward(x));
            autograd.grad([Activation.Softmax().Forward(y.t(), 0).sum()], [x])[0].Dispose();
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(Tensor.TotalCount - before, 0, 5);
    }

    private static void Check(Func<Tensor[], Tensor> function, params long[][] shapes)
    {
        const double Step = 1e-5;
        using DisposeScope scope = NewDisposeScope();
        manual_seed(7);
        Tensor[] inputs = [.. shapes.Select(shape => randn(shape, ScalarType.Float64).requires_grad_(true))];
        Tensor y = function(inputs), weights = randn(y.shape, ScalarType.Float64);
        IList<Tensor> gradients = autograd.grad([(y * weights).sum()], inputs);
        for (int number = 0; number < inputs.Length; number++)
        {
            Tensor flat = inputs[number].detach().view(-1), gradient = gradients[number].reshape(-1);
            for (long i = 0; i < flat.numel(); i++)
            {
                double at = flat[i].item<double>();
                double above = At(at + Step), below = At(at - Step);
                flat[i] = at;
                Assert.Equal((above - below) / (2 * Step), gradient[i].item<double>(), 1e-7);

                double At(double value)
                {
                    flat[i] = value;
                    return (function(inputs).detach() * weights).sum().item<double>();
                }
            }
        }
    }
}
