using Nonlinear.Attacks;
using Nonlinear.Lab.Diagnosis;
using DataType = Onnx.TensorProto.Types.DataType;
using Kind = Onnx.AttributeProto.Types.AttributeType;

namespace Nonlinear.Tests;

public sealed class ModelKindsBodyTests : ModelKinds
{
    private static SmallModel.Reference Of(string attribute, Kind type) => new(attribute, type);

    private static IEnumerable<string> Functions(ModelDiagnosis diagnosis) => diagnosis.Activations.Select(found => found.Function);

    [Fact]
    public void Functions_of_the_model_are_looked_into_with_their_attributes()
    {
        SmallModel leaky = new SmallModel().Node("LeakyRelu", "a", "b", ("alpha", Of("slope", Kind.Float)));
        ModelDiagnosis found = Diagnose(Vector().Function("Leaky", "a", "b", leaky, SmallModel.Attribute("slope", 0.1f))
            .Node("own:Leaky", "x", "p").Node("Transpose", "x", "t").Node("own:Leaky", "t", "q", ("slope", 0.3f))
                .Node("Transpose", "q", "r")
            .Node("Add", "p r", "s").Node("Exp", "s", "y").Output("y"));
        Assert.Equal(["leaky_relu(alpha=0.1)", "leaky_relu(alpha=0.3)"], Functions(found));
        AssertMoments(Moments(X, x => x > 0 ? x : 0.1f * x), found.Activations[0]);
    }

    [Fact]
    public void Functions_call_functions_and_every_call_is_another()
    {
        ModelDiagnosis found = Diagnose(Vector()
            .Function("Inner", "a", "b", new SmallModel().Node("Transpose", "a", "u").Node("Tanh", "u", "b"))
            .Function("Outer", "a", "b", new SmallModel().Node("own:Inner", "a", "t").Node("own:Inner", "t", "b"))
            .Node("own:Outer", "x", "p").Node("own:Outer", "p", "y").Output("y"));
        Assert.Equal(["tanh", "tanh", "tanh", "tanh"], Functions(found));
        Assert.Equal(4, found.Activations.Select(activation => activation.Name).Distinct().Count());
        AssertMoments(Moments(X, x => Math.Tanh(Math.Tanh(Math.Tanh(Math.Tanh(x))))), found.Activations[3], 1e-4);
    }

    [Fact]
    public void Names_within_functions_are_kept_apart_from_those_outside()
    {
        ModelDiagnosis found = Diagnose(Vector()
            .Function("F", "a", "b", new SmallModel().Node("Transpose", "a", "t").Node("Tanh", "t", "s").Node("Transpose", "s", "b"))
            .Node("Relu", "x", "p/t").Node("own:F", "x", "p").Node("Add", "p p/t", "q").Node("Exp", "q", "y").Output("y"));
        Assert.Equal(["relu", "tanh"], Functions(found).Order());
        AssertMoments(Moments(X, Math.Tanh), found.Activations.Single(activation => activation.Function == "tanh"));
    }

    [Fact]
    public void A_branch_may_call_its_output_as_the_node_does()
    {
        SmallModel branch = new SmallModel().Node("Relu", "x", "y").Output("y");
        Assert.Null(Lab.Onnx.Graphs.GraphOrder.Sort(Vector().Constant(new() { Name = "c", DataType = 9, Int32Data = { 1 } })
            .Node("If", "c", "y", ("then_branch", branch), ("else_branch", branch)).Output("y").Graph));
    }

    [Fact]
    public void A_function_that_makes_what_it_is_given_is_refused()
    {
        SmallModel model = Vector().Function("F", "a", "b", new SmallModel().Node("Relu", "a", "b").Node("Relu", "b", "a"))
            .Node("own:F", "x", "y").Output("y");
        Assert.Throws<InvalidDataException>(() => Diagnose(model));
    }

    [Fact]
    public void A_function_that_calls_itself_is_refused() => Assert.Contains(
        "calls itself",
        Assert.Throws<InvalidDataException>(() => Diagnose(
            Vector().Function("F", "a", "b", new SmallModel().Node("own:F", "a", "b")).Node("own:F", "x", "y").Output("y"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_function_in_another_version_of_the_operators_is_left_out_by_name()
    {
        ModelDiagnosis found = Diagnose(Vector().Function("F", "a", "b", new SmallModel(13).Node("Relu", "a", "b")).Node("own:F", "x", "p")
            .Node("Relu", "p", "y").Output("y"));
        Assert.Equal(["relu"], Functions(found));
        Assert.Equal(("p", "F"), (Assert.Single(found.LeftOut).Name, found.LeftOut[0].Operation));
    }

    [Fact]
    public void Branches_within_branches_are_watched_and_those_not_taken_said()
    {
        SmallModel inner(string first, string second) => new SmallModel()
            .Node("If", "c", first + "i", ("then_branch", new SmallModel().Node(first, "x", first + "o").Output(first + "o")),
                ("else_branch", new SmallModel().Node(second, "x", second + "o").Output(second + "o")))
            .Output(first + "i");
        ModelDiagnosis found = Diagnose(Vector().Constant(new() { Name = "turn", DataType = (int)DataType.Float, FloatData = { -1e9f } })
            .Node("ReduceSum", "x", "s", ("keepdims", 0)).Node("Greater", "s turn", "c")
            .Node("If", "c", "z", ("then_branch", inner("Relu", "Tanh")), ("else_branch", inner("Sigmoid", "Elu"))).Node("Exp", "z", "y")
                .Output("y"));
        ActivationDiagnosis relu = Assert.Single(found.Activations);
        Assert.Equal("relu", relu.Function);
        AssertMoments(Moments(X, x => Math.Max(0, x)), relu);
        Assert.Equal(["Elu", "Sigmoid", "Tanh"], found.LeftOut.Select(left => left.Operation).Order());
        Assert.All(found.LeftOut, left => Assert.Contains("in a branch", left.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void The_body_of_a_loop_is_watched_at_every_turn()
    {
        ModelDiagnosis found = Diagnose(Vector().Constant(new() { Name = "turns", DataType = (int)DataType.Int64, Int64Data = { 3 } })
            .Number("one", 1)
            .Node("Loop", "turns - x", "z", ("body", new SmallModel().Input("i", DataType.Int64).Input("go", DataType.Bool)
                .Input("s", "n", Width)
                .Node("Identity", "go", "still").Node("Sub", "s one", "d").Node("Relu", "d", "r").Output("still", DataType.Bool)
                .Output("r", DataType.Float))).Node("Exp", "z", "y").Output("y"));
        ActivationDiagnosis relu = Assert.Single(found.Activations);
        Assert.Equal((Width, 3L * Rows, (long)Rows), (relu.Units, relu.Samples, relu.Rows));
        double[] means = [.. Enumerable.Range(1, 3).Select(turn => X.Average(x => Math.Max(0.0, turn == 1 ? x - 1
            : Math.Max(0, x - 1) - (turn - 1))))];
        Assert.Equal(means.Average(), relu.Mean, 1e-5);
    }

    [Fact]
    public void The_body_of_a_scan_is_watched()
    {
        float[] x = SampleFile.Normal(7, 30 * 5 * Width);
        ModelDiagnosis found = Diagnose(
            new SmallModel().Input("x", "n", 5, Width).Node("Scan", "x", "z", ("num_scan_inputs", 1), ("scan_input_axes", (long[])[1]),
                ("body", new SmallModel().Input("s", "n", Width).Node("Tanh", "s", "r").Output("r", DataType.Float)))
                    .Node("Exp", "z", "y").Output("y"),
            x, [30, 5, Width]);
        ActivationDiagnosis tanh = Assert.Single(found.Activations);
        Assert.Equal((Width, 30L), (tanh.Units, tanh.Rows));
        AssertMoments(Moments(x, value => Math.Tanh(value)), tanh);
    }

    [Theory]
    [InlineData("Min")]
    [InlineData("Max")]
    [InlineData("Clip")]
    [InlineData("Relu")]
    public void Bounds_of_whole_numbers_are_left_out_and_the_rest_is_seen(string operation)
    {
        ModelDiagnosis found = Diagnose(Vector().Constant(new() { Name = "two", DataType = (int)DataType.Int64, Int64Data = { 2 } })
            .Node("Cast", "x", "i", ("to", 7)).Node(operation, operation == "Relu" ? "i" : "i two", "m").Node("Cast", "m", "f", ("to", 1))
            .Node("Add", "x f", "g").Node("Tanh", "g", "a").Node("Exp", "a", "y").Output("y"));
        Assert.Contains("tanh", Functions(found));
        Assert.DoesNotContain(found.Activations, activation => activation.Name == "m");
    }

    [Fact]
    public void A_single_number_for_all_rows_is_left_out_and_the_rest_is_seen()
    {
        ModelDiagnosis found = Diagnose(Vector().Node("ReduceMean", "x", "s", ("keepdims", 0)).Node("Relu", "s", "r")
            .Node("Add", "x r", "g")
            .Node("Tanh", "g", "a").Node("Exp", "a", "y").Output("y"));
        Assert.Equal(["tanh"], Functions(found));
        Assert.Equal("r", Assert.Single(found.LeftOut).Name);
    }
}
