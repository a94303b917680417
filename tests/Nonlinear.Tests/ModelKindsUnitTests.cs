using Nonlinear.Attacks;
using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Tests;

public sealed class ModelKindsUnitTests : ModelKinds
{
    private const int Images = 40, Channels = 5;

    private static readonly float[] _images = SampleFile.Normal(4, Images * 3 * 6 * 4);

    // A convolution in whose channel 1 nothing comes through a ReLU.
    private static SmallModel Convolution(int version = 18) => new SmallModel(version).Input("x", "n", 3, 6, 4)
        .Floats("k", SampleFile.Normal(5, Channels * 3), Channels, 3, 1, 1).Floats("b", [0, -99, 0, 0.5f, 0], Channels)
            .Node("Conv", "x k b", "c");

    public static TheoryData<string, int, int> Ways { get; } = new()
    {
        { "as it is", 1, 24 },
        { "channels last", 3, 24 },
        { "channels first", 0, 24 },
        { "Reshape to (N, C, HW)", 1, 24 },
        { "Reshape to (N, C, 1, HW)", 1, 24 },
        { "Unsqueeze", 2, 24 },
        { "Squeeze of what was added", 1, 24 },
        { "global pooling", 1, 1 },
        { "global pooling and Squeeze", 1, 1 },
        { "global pooling and Squeeze without axes", 1, 1 },
        { "global pooling and Reshape", 1, 1 },
        { "mean over places", 1, 1 },
        { "normalised", 1, 24 },
        { "padded", 1, 40 },
        { "sliced", 1, 12 },
        { "tokens", 2, 24 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_channels_of_a_convolution_are_followed(string way, int axis, int places)
    {
        long[] last = [0, 2, 3, 1];
        SmallModel model = Convolution().Wholes("zero", 0).Wholes("one", 1).Wholes("places", 2, 3).Wholes("flat", 0, Channels, -1)
            .Wholes("flat4", 0, Channels, 1, -1).Wholes("rows", 0, Channels).Wholes("three", 3);
        model = way switch
        {
            "channels last" => model.Node("Transpose", "c", "h", ("perm", last)),
            "channels first" => model.Node("Transpose", "c", "h", ("perm", (long[])[1, 0, 2, 3])),
            "Reshape to (N, C, HW)" => model.Node("Reshape", "c flat", "h"),
            "Reshape to (N, C, 1, HW)" => model.Node("Reshape", "c flat4", "h"),
            "Unsqueeze" => model.Node("Unsqueeze", "c zero", "h"),
            "Squeeze of what was added" => model.Node("Unsqueeze", "c zero", "u").Node("Squeeze", "u zero", "h"),
            "global pooling" => model.Node("GlobalAveragePool", "c", "h"),
            "global pooling and Squeeze" => model.Node("GlobalAveragePool", "c", "p").Node("Squeeze", "p places", "h"),
            "global pooling and Squeeze without axes" => model.Node("GlobalAveragePool", "c", "p").Node("Squeeze", "p", "h"),
            "global pooling and Reshape" => model.Node("GlobalAveragePool", "c", "p").Node("Reshape", "p rows", "h"),
            "mean over places" => model.Node("ReduceMean", "c places", "h", ("keepdims", 0)),
            "normalised" => model.Node("BatchNormalization", "c one1 zero1 zero1 one1", "h")
                .Floats("one1", [1, 1, 1, 1, 1], Channels).Floats("zero1", new float[Channels], Channels),
            "padded" => model.Wholes("pads", 0, 0, 1, 0, 0, 0, 1, 1).Number("low", -1).Node("Pad", "c pads low", "h"),
            "sliced" => model.Wholes("height", 2).Node("Slice", "c zero three height", "h"),
            "tokens" => model.Node("Reshape", "c flat", "f").Node("Transpose", "f", "h", ("perm", (long[])[0, 2, 1])),
            _ => model.Node("Identity", "c", "h"),
        };
        ActivationDiagnosis relu = Assert.Single(
            Diagnose(model.Node("Relu", "h", "a").Node("Exp", "a", "y").Output("y"), _images, [Images, 3, 6, 4]).Activations);
        Assert.Equal((Channels, axis, Images), (relu.Units, relu.Axis, (int)relu.Rows));
        Assert.Equal(Images * places, relu.Samples);
        if (way != "padded")
            Assert.Contains(1, relu.DeadUnits);
        Assert.DoesNotContain(0, relu.DeadUnits);
    }

    [Fact]
    public void Channels_that_are_joined_keep_their_places()
    {
        ActivationDiagnosis relu = Assert.Single(Diagnose(
            Convolution().Node("Concat", "c x", "h", ("axis", 1)).Node("Relu", "h", "a").Node("Exp", "a", "y").Output("y"),
            _images, [Images, 3, 6, 4]).Activations);
        Assert.Equal((Channels + 3, 1), (relu.Units, relu.Axis));
        Assert.Equal([1], relu.DeadUnits);
    }

    [Fact]
    public void Channels_that_are_shuffled_keep_their_axis()
    {
        SmallModel model = new SmallModel().Input("x", "n", 3, 6, 4).Floats("k", SampleFile.Normal(5, 18), 6, 3, 1, 1)
            .Floats("b", [0, -99, 0, 0, 0, 0], 6).Node("Conv", "x k b", "c").Wholes("apart", 0, 2, 3, 6, 4).Wholes("whole", 0, 6, 6, 4)
            .Node("Reshape", "c apart", "p").Node("Transpose", "p", "q", ("perm", (long[])[0, 2, 1, 3, 4])).Node("Reshape", "q whole", "h");
        ActivationDiagnosis relu = Assert.Single(
            Diagnose(model.Node("Relu", "h", "a").Node("Exp", "a", "y").Output("y"), _images, [Images, 3, 6, 4]).Activations);
        // Channel 1 of the first half is the third of all.
        Assert.Equal((6, 1), (relu.Units, relu.Axis));
        Assert.Equal([2], relu.DeadUnits);
    }

    [Fact]
    public void Old_Squeeze_names_its_axes_as_an_attribute()
    {
        ActivationDiagnosis relu = Assert.Single(Diagnose(
            Convolution(11).Node("GlobalAveragePool", "c", "p").Node("Squeeze", "p", "h", ("axes", (long[])[2, 3])).Node("Relu", "h", "a")
                .Node("Exp", "a", "y").Output("y"), _images, [Images, 3, 6, 4]).Activations);
        Assert.Equal((Channels, 1), (relu.Units, relu.Axis));
        Assert.Equal([1], relu.DeadUnits);
    }

    [Theory]
    [InlineData("Gemm with transB")]
    [InlineData("MatMul and Add")]
    [InlineData("MatMul with the constant on the left")]
    public void The_columns_of_a_product_are_its_units(string form)
    {
        SmallModel model = Vector().Floats("b", [0, 0, -99, 0, 0, 0], 6).Floats("b1", [0, 0, -99, 0, 0, 0], 6, 1);
        model = form switch
        {
            "Gemm with transB" => model.Floats("w", SampleFile.Normal(6, 24), 6, Width).Node("Gemm", "x w b", "h", ("transB", 1)),
            "MatMul and Add" => model.Floats("w", SampleFile.Normal(6, 24), Width, 6).Node("MatMul", "x w", "m").Node("Add", "b m", "h"),
            _ => model.Floats("w", SampleFile.Normal(6, 24), 6, Width).Wholes("two", 2).Node("Unsqueeze", "x two", "u")
                .Node("MatMul", "w u", "m")
                .Node("Add", "m b1", "h"),
        };
        ActivationDiagnosis relu = Assert.Single(Diagnose(model.Node("Relu", "h", "a").Node("Exp", "a", "y").Output("y")).Activations);
        Assert.Equal((6, 1, Rows), (relu.Units, relu.Axis, (int)relu.Samples));
        Assert.Equal([2], relu.DeadUnits);
    }

    [Theory]
    [InlineData("Squeeze", 1)]
    [InlineData("Squeeze without axes", 1)]
    [InlineData("Reshape", 1)]
    [InlineData("Gather", 1)]
    public void An_output_of_one_number_a_row_is_one_unit(string form, int units)
    {
        SmallModel model = Vector().Floats("w", SampleFile.Normal(6, Width), Width, 1).Node("MatMul", "x w", "h").Wholes("one", 1)
            .Wholes("all", -1)
            .Constant(new() { Name = "zero", DataType = 7, Int64Data = { 0 } });
        model = form switch
        {
            "Squeeze" => model.Node("Squeeze", "h one", "s"),
            "Squeeze without axes" => model.Node("Squeeze", "h", "s"),
            "Reshape" => model.Node("Reshape", "h all", "s"),
            _ => model.Node("Gather", "h zero", "s", ("axis", 1)),
        };
        ActivationDiagnosis sigmoid = Only(model.Node("Sigmoid", "s", "y").Output("y"));
        Assert.Equal((units, Rows, ActivationRole.Output, "healthy"), (sigmoid.Units, (int)sigmoid.Samples, sigmoid.Role, sigmoid.Verdict));
    }

    // Ten rows at a time: the last batch of fourteen is filled up with rows that were there.
    [Theory]
    [InlineData(14, false, 14, false)]
    [InlineData(14, true, 20, true)]
    [InlineData(20, true, 20, false)]
    public void What_fills_up_a_batch_is_not_counted_or_it_is_said_so(int rows, bool transposed, int samples, bool said)
    {
        SmallModel model = new SmallModel().Input("x", 10, Width).Floats("w", Unit(Width), Width, Width).Node("MatMul", "x w", "h");
        model = transposed ? model.Node("Transpose", "h", "t").Node("Relu", "t", "y") : model.Node("Relu", "h", "y");
        ModelDiagnosis found = Diagnose(model.Output("y"), X[..(rows * Width)], [rows, Width]);
        ActivationDiagnosis relu = Assert.Single(found.Activations);
        Assert.Equal((Width, rows, samples), (relu.Units, (int)relu.Rows, (int)relu.Samples));
        Assert.Equal(said, found.Notes.Any(note => note.English.Contains("count more than once in", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_axis_can_be_said()
    {
        ModelDiagnosis found = Diagnose(
            Convolution().Node("Relu", "c", "a").Node("Exp", "a", "y").Output("y"), _images, [Images, 3, 6, 4], "a=2");
        Assert.Equal((6, 2), (found.Activations[0].Units, found.Activations[0].Axis));
        Assert.Throws<ArgumentException>(() => Diagnose(Convolution().Node("Relu", "c", "a")
            .Output("a"), _images, [Images, 3, 6, 4], "z=2"));
    }

    public static TheoryData<string, long[]> Slopes { get; } = new()
    {
        { "a single number of rank 0", [] },
        { "one number", [1] },
        { "channels with two axes of 1", [Channels, 1, 1] },
        { "with a batch axis", [1, Channels, 1, 1] },
        { "each element", [Channels, 6, 4] },
        { "along the last axis", [4] },
    };

    [Theory]
    [MemberData(nameof(Slopes))]
    public void Slopes_of_PRelu_fit_as_ONNX_says(string shape, long[] extents)
    {
        long count = extents.Aggregate(1L, (a, b) => a * b);
        float[] slopes = [.. Enumerable.Range(0, (int)count).Select(i => i % 3 == 0 ? 0f : 0.25f * (i % 3))];
        ModelDiagnosis found = Diagnose(
            Convolution().Floats("s", slopes, extents).Node("PRelu", "c s", "a").Node("Exp", "a", "y")
                .Output("y"), _images, [Images, 3, 6, 4]);
        Assert.Empty(found.LeftOut);
        ActivationDiagnosis prelu = Assert.Single(found.Activations);
        // By hand: the convolution in double precision, and the slope of each element.
        float[] kernel = SampleFile.Normal(5, Channels * 3), bias = [0, -99, 0, 0.5f, 0];
        double sum = 0;
        for (int image = 0; image < Images; image++)
        for (int channel = 0; channel < Channels; channel++)
        for (int place = 0; place < 24; place++)
        {
            double z = bias[channel];
            for (int from = 0; from < 3; from++)
                z += (double)kernel[(channel * 3) + from] * _images[(((image * 3) + from) * 24) + place];
            int slope = shape switch
            {
                "channels with two axes of 1" or "with a batch axis" => channel,
                "each element" => (channel * 24) + place,
                "along the last axis" => place % 4,
                _ => 0,
            };
            sum += z > 0 ? z : slopes[slope] * z;
        }
        Assert.Equal(sum / (Images * Channels * 24), prelu.Mean, 1e-4 * (1 + Math.Abs(sum / (Images * Channels * 24))));
        Assert.Equal(
            count == 1 ? [1] : shape is "channels with two axes of 1" or "with a batch axis" ? [] : prelu.DeadUnits, prelu.DeadUnits);
        Assert.Equal(shape switch { "each element" => 120, "along the last axis" => 4, _ => Channels }, prelu.Units);
    }

    [Fact]
    public void A_PRelu_beside_a_shortcut_is_seen()
    {
        ActivationDiagnosis prelu = Assert.Single(Diagnose(Vector().Floats("s", [0.1f, 0.2f, 0, 0.4f], Width).Node("PRelu", "x s", "a")
            .Node("Add", "x a", "b")
            .Node("Exp", "b", "y").Output("y")).Activations);
        Assert.Equal("prelu(alpha=0…0.4)", prelu.Function);
    }

    [Fact]
    public void Slopes_that_the_model_computes_are_left_out_by_name()
    {
        ModelDiagnosis found = Diagnose(Vector().Node("ReduceMean", "x", "s").Node("PRelu", "x s", "a").Node("Relu", "a", "r").Output("r"));
        Assert.Equal(["r"], found.Activations.Select(activation => activation.Name));
        LeftOut left = Assert.Single(found.LeftOut);
        Assert.Equal(("a", "PRelu"), (left.Name, left.Operation));
        Assert.Contains("slopes", left.Reason, StringComparison.Ordinal);
    }
}
