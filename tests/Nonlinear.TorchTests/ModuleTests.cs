using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Nonlinear.TorchSharp.Tests;

/// <summary>Modules learn as torch's do, and exchange what they have learned with them.</summary>
[Collection(nameof(LoadedTorch))]
public class ModuleTests
{
    public ModuleTests(LoadedTorch torch) => torch.Require();

    [Fact]
    public void Slopes_go_to_torch_and_back_by_the_state_dictionary()
    {
        using DisposeScope scope = NewDisposeScope();
        LearnableActivationModule ours = new(Activation.Prelu(), channels: 4);
        PReLU theirs = nn.PReLU(4, 0.1);
        Assert.Equal(theirs.state_dict().Keys, ours.state_dict().Keys);
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], ours.Parameter.data<float>().ToArray());

        using (no_grad())
            ours.Parameter.copy_(tensor((float[])[0.5f, -1, 2, 0]));
        theirs.load_state_dict(ours.state_dict());
        Assert.Equal([0.5f, -1, 2, 0], theirs.weight!.data<float>().ToArray());

        using (no_grad())
            theirs.weight!.mul_(3);
        string file = Path.GetTempFileName();
        try
        {
            theirs.save(file);
            ours.load(file);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.Equal([1.5f, -3, 6, 0], ours.Parameter.data<float>().ToArray());
    }

    [Fact]
    public void A_network_lists_parameters_under_its_modules_names()
    {
        using DisposeScope scope = NewDisposeScope();
        Sequential network = nn.Sequential(
            ("first", nn.Linear(3, 4)), ("slopes", new LearnableActivationModule(Activation.Prelu(), 4)),
            ("gate", new LearnableActivationModule(Activation.Swish())), ("last", new ActivationModule(Activation.Softmax(), 1)));
        Assert.Equal(
            ["first.weight", "first.bias", "slopes.weight", "gate.beta"], network.named_parameters().Select(parameter => parameter.name));
        network.to(ScalarType.Float64);
        Tensor y = network.forward(randn(5, 3, ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, y.dtype);
        y.square().sum().backward();
        Assert.All(network.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    // Both networks are moved by float's roundings alone.
    [Fact]
    public void Slopes_are_learned_as_torch_learns_them()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        Tensor x = randn(200, 3), target = nn.functional.prelu(x, tensor((float[])[0.8f, -0.3f, 0.1f]));
        Parameter ours = Learn(new LearnableActivationModule(Activation.Prelu(), 3), module => module.Parameter);
        Parameter theirs = Learn(nn.PReLU(3), module => module.weight!);
        Assert.True(ours.allclose(theirs, rtol: 1e-5, atol: 1e-6));
        Assert.True(ours.allclose(tensor((float[])[0.8f, -0.3f, 0.1f]), rtol: 0, atol: 1e-2));

        Parameter Learn<M>(M module, Func<M, Parameter> slopes)
            where M : nn.Module<Tensor, Tensor>
        {
            optim.Optimizer optimizer = optim.Adam(module.parameters(), lr: 0.05);
            for (int step = 0; step < 100; step++)
            {
                optimizer.zero_grad();
                nn.functional.mse_loss(module.forward(x), target).backward();
                optimizer.step();
            }
            return slopes(module);
        }
    }

    [Fact]
    public void What_cannot_be_learned_is_refused_by_name()
    {
        Assert.Throws<NotSupportedException>(() => new LearnableActivationModule(Activation.Gelu()));
        Assert.Throws<NotSupportedException>(() => new LearnableActivationModule(Activation.Xielu()));
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => new LearnableActivationModule(Activation.Prelu(), 0));
    }

    [Fact]
    public void The_page_of_the_package_shows_an_example_that_prints_what_it_says()
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");
        string source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ReadmeExample.cs")).ReplaceLineEndings("\n");
        string[] lines = [.. source.Split('\n').SkipWhile(line => line != "    {").Skip(1).TakeWhile(line => line != "    }")];
        string code = string.Join('\n', lines.Select(line => line.Length > 8 ? line[8..] : ""));
        Assert.Contains($"\n\n{code}\n```", page, StringComparison.Ordinal);

        TextWriter before = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            ReadmeExample.Run();
        }
        finally
        {
            Console.SetOut(before);
        }
        Assert.Equal(page.Split("```text\n")[1].Split("```")[0], output.ToString().ReplaceLineEndings("\n"));
    }
}
