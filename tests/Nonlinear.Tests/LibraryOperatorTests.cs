using Google.Protobuf;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Editing;
using Nonlinear.Lab.Onnx.Export;
using Nonlinear.Lab.Onnx.Inspection;
using Nonlinear.Lab.Onnx.Tools;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>Operators of libnonlinear in a model are seen for what they compute, without the library.</summary>
public sealed class LibraryOperatorTests : IDisposable
{
    private const int Opset = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("operators-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(TestCatalog.ElementwiseNames), MemberType = typeof(TestCatalog))]
    public void An_elementwise_function_is_found_again(string name)
    {
        Activation function = Activation.Parse(name);
        ModelFunctions found = ModelFunctions.Read(Save(LibraryOperator.Of(function, -1, ["x"], "y")));
        Assert.Empty(found.Left);
        // What is no activation by ONNX's operations, such as a line, is none here.
        ExportPlan plan = new(function, NumberType.Float, Opset, -1);
        ModelProto usual = FunctionGraph.Model(plan, ExportForm.Operator) ?? FunctionGraph.Model(plan, ExportForm.Composed)!;
        Assert.Equal(ModelFunctions.Read(Written(usual)).All.Select(known => known.What), found.All.Select(known => known.What));
        Assert.All(found.All, known => Assert.Equal($"nonlinear.{function.Info.Name}", known.StandsFor));
    }

    [Theory]
    [InlineData("softmax", "softmax")]
    [InlineData("log_softmax", "log_softmax")]
    [InlineData("swiglu(layout=gate_last)", "swish")]
    [InlineData("geglu(layout=gate_first)", "gelu")]
    [InlineData("leaky_relu(alpha=0.1)", "leaky_relu(alpha=0.1)")]
    public void So_are_functions_along_an_axis_and_what_gates_compute(string name, string found)
    {
        ModelFunctions functions = ModelFunctions.Read(Save(LibraryOperator.Of(Activation.Parse(name), -1, ["x"], "y")));
        Assert.Contains(functions.All, function => function.What == found);
        Assert.All(functions.All, function => Assert.StartsWith("nonlinear.", function.StandsFor, StringComparison.Ordinal));
    }

    [Fact]
    public void Gates_and_values_may_be_two_tensors()
    {
        NodeProto node = LibraryOperator.Of(Activation.Swiglu(), -1, ["x", "z"], "y");
        Assert.Equal("swish", Assert.Single(ModelFunctions.Read(Save(node, "z")).All).What);
    }

    [Fact]
    public void A_parameter_may_be_a_float()
    {
        NodeProto node = OnnxModel.Node("elu", ["x"], "y");
        node.Domain = LibraryOperator.Domain;
        node.Attribute.Add(OnnxModel.Attribute("alpha", 0.5f));
        Assert.Equal("elu(alpha=0.5)", Assert.Single(ModelFunctions.Read(Save(node)).All).What);
    }

    [Theory]
    [InlineData("sparsemax", 1)]
    [InlineData("gelo", 1)]
    [InlineData("prelu", 2)]
    public void What_is_not_looked_into_is_named(string operation, int inputs)
    {
        NodeProto node = OnnxModel.Node(operation, ((string[])["x", "z"])[..inputs], "y");
        node.Domain = LibraryOperator.Domain;
        ModelFunctions functions = ModelFunctions.Read(Save(node, ((string[])["z"])[..(inputs - 1)]));
        Assert.Empty(functions.All);
        Assert.Equal(operation, Assert.Single(functions.Left).Operation);
    }

    [Fact]
    public void ONNX_Runtime_is_not_judged_by_them()
    {
        ModelReport report = ModelCheck.Run(
            Save(LibraryOperator.Of(Activation.Mish(), -1, ["x"], "y")), cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(report.Lines, line => line.Contains("nonlinear.mish is computed by libnonlinear", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Lines, line => line.Contains("wrong by", StringComparison.Ordinal));
    }

    private string Save(NodeProto node, params string[] more)
    {
        GraphProto graph = new() { Name = "library", Node = { node } };
        foreach (string input in (string[])["x", .. more])
            graph.Input.Add(OnnxModel.FloatTensor(input, rank: 2));
        graph.Output.Add(OnnxModel.FloatTensor("y", rank: 2));
        ModelProto model = OnnxModel.Of(graph, Opset);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = LibraryOperator.Domain, Version = 1 });
        return Written(model);
    }

    private string Written(ModelProto model)
    {
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
