using Nonlinear.Attacks;
using Nonlinear.Lab.Onnx.Graphs;

namespace Nonlinear.Tests;

/// <summary>What damaged models have shown; each of these brought down the process, or said what nobody understands.</summary>
public sealed class DamagedModelTests : ModelKinds
{
    private void Refuses(SmallModel model, string part)
    {
        Exception refused = Assert.ThrowsAny<Exception>(() => Diagnose(model));
        Assert.True(refused is InvalidDataException, refused.ToString());
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.InRange(refused.Message.Length, 1, 1000);
    }

    [Theory]
    [InlineData("Min", "x -")]
    [InlineData("Max", "- x")]
    [InlineData("Sum", "x - x")]
    [InlineData("Concat", "x -")]
    public void An_input_that_is_left_out_where_all_are_needed_is_refused(string operation, string inputs) => Refuses(
        Vector().Node(operation, inputs, "h", operation == "Concat" ? [("axis", 1)] : []).Node("Relu", "h", "y")
            .Output("y"), "lacks one of its inputs");

    [Theory]
    [InlineData("Add", "x")]
    [InlineData("Pow", "x -")]
    [InlineData("Where", "x x")]
    [InlineData("Mul", "- x")]
    public void A_node_with_too_few_inputs_is_refused(string operation, string inputs) => Refuses(
        Vector().Node(operation, inputs, "h").Node("Relu", "h", "y").Output("y"), "ONNX Runtime");

    [Fact]
    public void A_model_without_outputs_is_refused() => Refuses(Vector().Node("Relu", "x", "y"), "no output");

    [Fact]
    public void A_model_that_cannot_run_on_the_sample_is_refused() => Refuses(
        Vector().Floats("w", new float[10], 5, 2).Node("MatMul", "x w", "h").Node("Relu", "h", "y").Output("y"), "cannot be run");

    [Fact]
    public void Names_without_end_are_told_in_short()
    {
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        Refuses(Vector().Node(new string('a', 200_000), "x", "h").Node("Relu", "h", "y").Output("y"), "cannot be run: ONNX Runtime");
        // It took minutes.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void A_cell_that_says_it_has_billions_of_units_takes_no_memory_for_them() => Refuses(
        new SmallModel().Input("x", "n", Width).Wholes("one", 1)
            .Floats("w", new float[16], 1, Width, Width).Floats("r", new float[16], 1, Width, Width)
            .Node("Unsqueeze", "x one", "u").Node("RNN", "u w r", "h -", ("hidden_size", int.MaxValue)).Node("Relu", "h", "y").Output("y"),
        "cannot be run");

    [Fact]
    public void Numbers_of_eight_bits_are_no_activation_s() => Assert.Empty(
        Diagnose(Vector().Number("s", 0.1f).Constant(new() { Name = "z", DataType = 2, Int32Data = { 3 } }).Node("Relu", "x", "r")
            .Node("QuantizeLinear", "r s z", "y").Output("y")).LeftOut);

    [Fact]
    public void A_length_that_itself_reaches_beyond_its_message_is_refused()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        // A graph of two bytes, of which an initializer's length begins with the last and goes on after it.
        File.WriteAllBytes(path, [0x3A, 0x02, 0x2A, 0x85, 0x01, 0x08, 0x08, 0x08]);
        try
        {
            InvalidDataException refused = Assert.Throws<InvalidDataException>(() => ModelSkeleton.Read(path));
            Assert.Contains("ends too early", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Hundreds_of_models_damaged_at_random_get_an_answer_or_a_sentence() => Assert.True(
        new Attack(new(600, 60, 7, 0, 2, null, null, Verbose: false)).Run());
}
