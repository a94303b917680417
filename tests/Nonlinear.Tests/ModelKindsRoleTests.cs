using Nonlinear.Attacks;
using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Tests;

public sealed class ModelKindsRoleTests : ModelKinds
{
    private static SmallModel Layers() => Vector().Floats("w", Unit(Width), Width, Width)
        .Floats("v", SampleFile.Normal(9, Width * Width), Width, Width)
        .Number("k", 40).Node("MatMul", "x w", "h").Node("MatMul", "x v", "u");

    public static TheoryData<string> Gates { get; } = ["GLU", "GLU by Split", "SwiGLU", "GEGLU", "ReGLU", "hard sigmoid that excites",
        "CBAM"];

    [Theory]
    [MemberData(nameof(Gates))]
    public void What_multiplies_another_layer_is_a_gate(string form)
    {
        SmallModel model = Layers();
        model = form switch
        {
            "GLU" => model.Node("Sigmoid", "h", "a").Node("Mul", "u a", "y"),
            "GLU by Split" => model.Floats("wide", SampleFile.Normal(9, Width * 8), Width, 8).Node("MatMul", "x wide", "b")
                .Node("Split", "b", "l r", ("axis", 1), ("num_outputs", 2)).Node("Sigmoid", "r", "a").Node("Mul", "l a", "y"),
            "SwiGLU" => model.Node("Sigmoid", "h", "s").Node("Mul", "h s", "a").Node("Mul", "a u", "y"),
            "GEGLU" => model.Node("com.microsoft:Gelu", "h", "a").Node("Mul", "u a", "y"),
            "ReGLU" => model.Node("Relu", "h", "a").Node("Mul", "a u", "y"),
            "hard sigmoid that excites" => model.Node("HardSigmoid", "h", "a").Node("Mul", "u a", "y"),
            _ => model.Wholes("one", 1).Node("ReduceMean", "u one", "m").Node("ReduceMax", "u one", "n").Node("Add", "m n", "p")
                .Node("Sigmoid", "p", "a")
                .Node("Mul", "u a", "y"),
        };
        ActivationDiagnosis gate = Assert.Single(Diagnose(model.Node("MatMul", "y w", "z").Output("z")).Activations);
        Assert.Equal((ActivationRole.Gate, "a", "healthy"), (gate.Role, gate.Name, gate.Verdict));
    }

    [Fact]
    public void The_gates_of_a_cell_written_out_are_told_from_its_candidate()
    {
        ModelDiagnosis found = Diagnose(Layers().Node("Sigmoid", "h", "i").Node("Tanh", "u", "g").Node("Mul", "i g", "c")
            .Node("Tanh", "c", "t")
            .Node("MatMul", "x v", "e").Node("Sigmoid", "e", "o").Node("Mul", "o t", "y").Node("MatMul", "y w", "z").Output("z"));
        Assert.Equal(
            [("i", ActivationRole.Gate), ("g", ActivationRole.Hidden), ("t", ActivationRole.Hidden), ("o", ActivationRole.Gate)],
            found.Activations.Select(activation => (activation.Name, activation.Role)));
    }

    [Fact]
    public void A_gate_that_stays_open_is_no_fault()
    {
        ActivationDiagnosis gate = Assert.Single(Diagnose(Layers().Node("Add", "h k", "g").Node("Sigmoid", "g", "a").Node("Mul", "u a", "y")
            .Node("MatMul", "y w", "z").Output("z")).Activations);
        Assert.Equal((ActivationRole.Gate, Width, "healthy"), (gate.Role, gate.SaturatedUnits.Count, gate.Verdict));
    }

    public static TheoryData<string> Outputs { get; } = ["as it is", "Reshape", "Squeeze", "Concat", "ArgMax", "scaled", "If",
        "Identity and Cast"];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void An_output_may_be_sure_of_itself(string way)
    {
        SmallModel model = Vector().Number("k", 40).Number("c", 0.5f).Wholes("flat", -1).Wholes("one", 1)
            .Constant(new() { Name = "yes", DataType = 9, Int32Data = { 1 } })
            .Floats("w", [1e4f, 2e4f, 1e4f, 3e4f], Width, 1).Node("MatMul", "x w", "h").Node("Sigmoid", "h", "a");
        model = way switch
        {
            "Reshape" => model.Node("Reshape", "a flat", "y"),
            "Squeeze" => model.Node("Squeeze", "a one", "y"),
            "Concat" => model.Node("Concat", "x a", "y", ("axis", 1)),
            "ArgMax" => model.Node("ArgMax", "a", "y", ("axis", 1)),
            "scaled" => model.Node("Mul", "a k", "b").Node("Add", "b c", "y"),
            "If" => model.Node("If", "yes", "y", ("then_branch", new SmallModel().Node("Identity", "a", "p").Output("p")),
                ("else_branch", new SmallModel().Node("Neg", "a", "q").Output("q"))),
            "Identity and Cast" => model.Node("Cast", "a", "b", ("to", 11)).Node("Identity", "b", "y"),
            _ => model.Node("Identity", "a", "y"),
        };
        ActivationDiagnosis output = Assert.Single(Diagnose(model.Output("y")).Activations);
        Assert.Equal(("healthy", 1), (output.Verdict, output.SaturatedUnits.Count));
        Assert.Equal(ActivationRole.Output, output.Role);
    }

    [Fact]
    public void An_activation_without_a_layer_before_it_is_seen() =>
        AssertMoments(Moments(X, Math.Tanh), Only(Vector().Node("Tanh", "x", "a").Node("Exp", "a", "y").Output("y")));

    [Fact]
    public void Quantised_activations_are_seen_through_their_steps()
    {
        ActivationDiagnosis relu = Only(Vector().Floats("b", [0, -9, 0, 0], Width).Node("Add", "x b", "z").Number("scale", 0.05f)
            .Constant(new() { Name = "zero", DataType = 2, Int32Data = { 128 } })
            .Node("QuantizeLinear", "z scale zero", "q").Node("DequantizeLinear", "q scale zero", "d").Node("Relu", "d", "r")
            .Node("QuantizeLinear", "r scale zero", "q2").Node("DequantizeLinear", "q2 scale zero", "e")
                .Floats("w", Unit(Width), Width, Width)
            .Node("MatMul", "e w", "y").Output("y"));
        Assert.Equal("relu", relu.Function);
        Assert.Equal([1], relu.DeadUnits);
        // To within a step of the quantisation.
        Assert.Equal(Moments(X.Where((_, i) => i % Width != 1), x => Math.Max(0, x)).Mean * 3 / 4, relu.Mean, 0.01);
    }

    [Theory]
    [InlineData("Relu")]
    [InlineData("LeakyRelu")]
    [InlineData("Sigmoid")]
    [InlineData("Tanh")]
    public void Fused_products_are_taken_apart(string function)
    {
        ActivationDiagnosis found = Only(Vector().Floats("w", Unit(Width), Width, Width).Floats("b", [0, -99, 0, 0], Width)
            .Node("com.microsoft:FusedGemm", "x w b", "a", ("activation", function), ("activation_alpha", 0.25f))
                .Node("MatMul", "a w", "y").Output("y"));
        Assert.StartsWith(function switch { "LeakyRelu" => "leaky_relu(alpha=0.25)", _ =>
            function.ToLowerInvariant() }, found.Function, StringComparison.Ordinal);
        Assert.Equal(function == "Relu" ? [1] : [], found.DeadUnits);
        AssertMoments(
            Moments(
                X.Select((x, i) => i % Width == 1 ? x - 99 : x),
                x => function switch { "Relu" => Math.Max(0, x), "LeakyRelu" => x > 0 ? x : x / 4, "Tanh" => Math.Tanh(x), _ =>
                    1 / (1 + Math.Exp(-x)) }),
            found, 1e-4);
    }
}
