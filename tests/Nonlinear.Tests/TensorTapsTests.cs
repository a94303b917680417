using Microsoft.ML.OnnxRuntime.Tensors;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Tests;

public sealed class TensorTapsTests
{
    private readonly float[] _values = [-2, -1, 0, 1.5f, 2, 300];

    [Fact]
    public void A_tap_shows_shape_and_numbers_of_several_tensors_in_their_order()
    {
        List<(int Tap, long[][] Shapes, float[][] Values)> seen = [];
        using TensorTaps taps = new((tap, tensors) =>
            seen.Add((tap, [.. tensors.Select(tensor => tensor.Shape)], [.. tensors.Select(tensor => tensor.ToFloats())])));
        NodeProto sum = OnnxModel.Node("ReduceSum", ["y"], "sum");
        sum.Attribute.Add(OnnxModel.Attribute("keepdims", 0));
        ModelProto model = TappedModel.Of(
            2, [OnnxModel.Node("Relu", ["x"], "y"), sum, TensorTaps.Node(7, "x", "y", "sum"), TensorTaps.Node(8, "w", "y")],
            [TappedModel.Tensor("w", [4f, 5f], 1, 2)], "sum");
        TappedModel.Run(model, taps, _values, 3, 2);
        taps.ThrowIfFailed();
        Assert.Equal([7, 8], seen.Select(tap => tap.Tap).Order());
        (int _, long[][] shapes, float[][] values) = seen.Single(tap => tap.Tap == 7);
        Assert.Equal([[3, 2], [3, 2], []], shapes);
        Assert.Equal([_values, [0, 0, 0, 1.5f, 2, 300], [303.5f]], values);
        Assert.Equal([4f, 5f], seen.Single(tap => tap.Tap == 8).Values[0]);
    }

    [Theory]
    [InlineData(TensorElementType.Float)]
    [InlineData(TensorElementType.Double)]
    [InlineData(TensorElementType.Float16)]
    [InlineData(TensorElementType.BFloat16)]
    [InlineData(TensorElementType.Int8)]
    [InlineData(TensorElementType.Int16)]
    [InlineData(TensorElementType.Int32)]
    [InlineData(TensorElementType.Int64)]
    [InlineData(TensorElementType.UInt8)]
    [InlineData(TensorElementType.UInt16)]
    [InlineData(TensorElementType.UInt32)]
    [InlineData(TensorElementType.UInt64)]
    [InlineData(TensorElementType.Bool)]
    [InlineData(TensorElementType.String)]
    public void A_tap_shows_tensors_of_every_type_beside_each_other(TensorElementType type)
    {
        NodeProto cast = OnnxModel.Node("Cast", ["x"], "cast");
        cast.Attribute.Add(OnnxModel.Attribute("to", (int)type));
        bool seen = false;
        using TensorTaps taps = new((_, tensors) =>
        {
            seen = true;
            TappedTensor tensor = tensors[1];
            Assert.Equal((TensorElementType.Float, type, 4L), (tensors[0].Type, tensor.Type, tensor.Count));
            if (tensor.IsFloatingPoint)
                Assert.Equal([1f, 2, 3, 0.5f], tensor.ToFloats());
            else
                Assert.Throws<NotSupportedException>(() => tensor.ToFloats());
            if (type is TensorElementType.Int32 or TensorElementType.Int64)
                Assert.Equal([1L, 2, 3, 0], tensor.ToWholeNumbers());
            else
                Assert.Throws<NotSupportedException>(() => tensor.ToWholeNumbers());
            Assert.Throws<ArgumentOutOfRangeException>(() => tensors[0].Read(2, new float[3]));
            Assert.Throws<ArgumentOutOfRangeException>(() => tensors[0].Read(-1, new float[1]));
        });
        TappedModel.Run(TappedModel.Of(1, [cast, TensorTaps.Node(0, "x", "cast")], [], "cast"), taps, [1, 2, 3, 0.5f], 4);
        taps.ThrowIfFailed();
        Assert.True(seen);
    }

    [Fact]
    public void A_tensor_without_elements_is_shown_as_such()
    {
        List<(long[] Shape, float[] Values)> seen = [];
        using TensorTaps taps = new((_, tensors) => seen.Add((tensors[0].Shape, tensors[0].ToFloats())));
        TensorProto none = new() { Name = "none", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { 0 }, Dims = { 1 } };
        NodeProto slice = OnnxModel.Node("Slice", ["x", "none", "none"], "y");
        TappedModel.Run(TappedModel.Of(2, [slice, TensorTaps.Node(0, "y")], [none], "y"), taps, _values, 2, 3);
        taps.ThrowIfFailed();
        (long[] shape, float[] values) = Assert.Single(seen);
        Assert.Equal([0, 3], shape);
        Assert.Empty(values);
    }

    [Theory]
    [InlineData(1f, 0)]
    [InlineData(-1f, 1)]
    public void A_tap_in_a_branch_shows_only_the_branch_that_runs(float x, int branch)
    {
        List<int> seen = [];
        using TensorTaps taps = new((tap, tensors) =>
        {
            seen.Add(tap);
            Assert.Equal([x * (tap == 0 ? 1 : -1)], tensors[1].ToFloats());
        });
        NodeProto choice = OnnxModel.Node("If", ["positive"], "y");
        choice.Attribute.Add(Body("then_branch", [OnnxModel.Node("Identity", ["x"], "a"), TensorTaps.Node(0, "x", "a")], "a"));
        choice.Attribute.Add(Body("else_branch", [OnnxModel.Node("Neg", ["x"], "b"), TensorTaps.Node(1, "x", "b")], "b"));
        NodeProto scalar = OnnxModel.Node("Squeeze", ["x"], "scalar");
        ModelProto model = TappedModel.Of(
            1, [scalar, OnnxModel.Node("Greater", ["scalar", "zero"], "positive"), choice], [TappedModel.Tensor("zero", [0f])], "y");
        TappedModel.Run(model, taps, [x], 1);
        taps.ThrowIfFailed();
        Assert.Equal([branch], seen);
    }

    [Fact]
    public void A_tap_in_a_loop_shows_every_turn()
    {
        List<float> seen = [];
        using TensorTaps taps = new((_, tensors) => seen.Add(tensors[0].ToFloats()[0]));
        AttributeProto body = Body(
            "body",
            [
                OnnxModel.Node("Add", ["state", "state"], "doubled"), TensorTaps.Node(3, "doubled"),
                OnnxModel.Node("Identity", ["go"], "still"),
            ],
            "still", "doubled");
        body.G.Input.Add(Typed("turn", TensorProto.Types.DataType.Int64, 0));
        body.G.Input.Add(Typed("go", TensorProto.Types.DataType.Bool, 0));
        body.G.Input.Add(OnnxModel.FloatTensor("state", 1));
        NodeProto loop = OnnxModel.Node("Loop", ["turns", "", "x"], "y");
        loop.Attribute.Add(body);
        TensorProto turns = new() { Name = "turns", DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { 5 } };
        TappedModel.Run(TappedModel.Of(1, [loop], [turns], "y"), taps, [1.5f], 1);
        taps.ThrowIfFailed();
        Assert.Equal([3, 6, 12, 24, 48], seen);
    }

    [Fact]
    public void A_tap_in_a_function_of_the_model_shows_every_call()
    {
        List<float> seen = [];
        using TensorTaps taps = new((_, tensors) => seen.Add(tensors[1].ToFloats()[0]));
        FunctionProto function = new() { Name = "Double", Domain = "own", Input = { "a" }, Output = { "b" } };
        function.Node.Add([OnnxModel.Node("Add", ["a", "a"], "b"), TensorTaps.Node(0, "a", "b")]);
        function.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 18 });
        NodeProto[] calls = [OnnxModel.Node("Double", ["x"], "y"), OnnxModel.Node("Double", ["y"], "z")];
        foreach (NodeProto call in calls)
            call.Domain = "own";
        ModelProto model = TappedModel.Of(1, calls, [], "z");
        model.Functions.Add(function);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "own", Version = 1 });
        TappedModel.Run(model, taps, [1.5f], 1);
        taps.ThrowIfFailed();
        Assert.Equal([3, 6], seen.Order());
    }

    [Fact]
    public void An_absent_tensor_is_refused() => Assert.Throws<ArgumentException>(() => TensorTaps.Node(0, "x", ""));

    [Fact]
    public void What_is_thrown_while_a_tensor_is_shown_is_thrown_when_the_model_has_run()
    {
        int shown = 0;
        using TensorTaps taps = new((_, _) =>
        {
            shown++;
            throw new InvalidDataException("wrong weights");
        });
        TappedModel.Run(TappedModel.Of(1, Chain(5), [], "y5"), taps, [1], 1);
        Exception thrown = Assert.ThrowsAny<Exception>(taps.ThrowIfFailed);
        Assert.Equal("wrong weights", thrown.Message);
        Assert.IsType<InvalidDataException>(thrown.InnerException ?? thrown);
        Assert.Equal(1, shown);
        taps.ThrowIfFailed();
        TappedModel.Run(TappedModel.Of(1, Chain(2), [], "y2"), taps, [1], 1);
        Assert.Equal(2, shown);
    }

    [Fact]
    public void Thousands_of_taps_each_show_their_tensor_once()
    {
        const int Count = 5000;
        int[] shown = new int[Count];
        using TensorTaps taps = new((tap, tensors) => shown[tap] += tensors[1].Count == 6 ? 1 : 100);
        TappedModel.Run(TappedModel.Of(1, Chain(Count), [], $"y{Count}"), taps, _values, 6);
        taps.ThrowIfFailed();
        Assert.All(shown, times => Assert.Equal(1, times));
    }

    [Fact]
    public void A_tapped_model_needs_no_more_memory_than_without_taps()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux tells the peak of a process, and forgets it on demand.");
        // 100 tensors of 16 MB. Addition cannot work in place here: x is used all along.
        const int Count = 100, Size = 4 << 20;
        NodeProto[] nodes = [.. Enumerable.Range(0, Count).Select(i => OnnxModel.Node("Add", [i == 0 ? "x" : $"y{i}", "x"], $"y{i + 1}"))];
        ModelProto model = TappedModel.Of(1, nodes, [], $"y{Count}");
        TensorTaps.Append(
            model.Graph, Enumerable.Range(0, Count).Select(i => TensorTaps.Node(i, i == 0 ? "x" : $"y{i}", $"y{i + 1}")));
        List<int> shown = [];
        using TensorTaps taps = new((tap, _) => shown.Add(tap));
        float[] x = new float[Size];
        File.WriteAllText("/proc/self/clear_refs", "5");
        long before = Peak();
        TappedModel.Run(model, taps, x, Size);
        taps.ThrowIfFailed();
        Assert.Equal(Enumerable.Range(0, Count), shown);
        // All of them at once are 1600 MB; tests beside this one may take some, or give back some.
        long grown = Peak() - before;
        Assert.True(grown < 1000L << 20, $"The peak grew by {grown >> 20} MB.");

        static long Peak() => 1024 * long.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))[6..^2],
            System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Taps_can_be_made_and_disposed_again_and_again()
    {
        for (int turn = 0; turn < 50; turn++)
        {
            int shown = 0;
            TensorTaps taps = new((_, _) => shown++);
            TappedModel.Run(TappedModel.Of(1, Chain(3), [], "y3"), taps, _values, 6);
            TappedModel.Run(TappedModel.Of(1, Chain(4), [], "y4"), taps, _values, 6);
            taps.Dispose();
            // Disposing twice does no harm.
            taps.Dispose();
            Assert.Equal(7, shown);
        }
    }

    private static IEnumerable<NodeProto> Chain(int count) => Enumerable.Range(0, count).SelectMany(i =>
    {
        string from = i == 0 ? "x" : $"y{i}", to = $"y{i + 1}";
        return new[] { OnnxModel.Node("Relu", [from], to), TensorTaps.Node(i, from, to) };
    });

    private static AttributeProto Body(string name, NodeProto[] nodes, params string[] outputs)
    {
        GraphProto graph = new() { Name = name };
        graph.Node.Add(nodes);
        graph.Output.Add(outputs.Select(TappedModel.Output));
        return new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };
    }

    private static ValueInfoProto Typed(string name, TensorProto.Types.DataType type, int rank)
    {
        ValueInfoProto value = OnnxModel.FloatTensor(name, rank);
        value.Type.TensorType.ElemType = (int)type;
        return value;
    }
}
