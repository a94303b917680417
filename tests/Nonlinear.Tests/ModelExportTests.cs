using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Export;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Sweeping;
using Nonlinear.Lab.Onnx.Tools;
using Nonlinear.Oracle;
using Nonlinear.Oracle.Judging;
using Onnx;

namespace Nonlinear.Tests;

public sealed class ModelExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> All { get; } =
        [.. Catalog.Defaults.Where(FunctionGraph.CanExport).Select(function => NameOf(function))];

    private static string NameOf(Activation function) =>
        function is GatedActivation ? $"{function.Info.Name}(layout=gate_first)" : function.Info.Name;

    public static TheoryData<string> Elementwise { get; } =
        [.. Catalog.Defaults.OfType<ElementwiseActivation>().Select(function => function.Info.Name), "elu(alpha=0.5)", "swish(beta=1.702)"];

    // Half a million points of each of these; of all others below.
    public static TheoryData<string> Thorough { get; } =
        [.. TestCatalog.ThoroughNames, "softmax", "log_softmax", "maxout", "glu(layout=gate_first)"];

    [Theory]
    [MemberData(nameof(Thorough))]
    [Trait("Speed", "slow")]
    public void Every_function_can_be_exported_for_floats_and_is_right_to_within_a_rounding_of_1(string name)
    {
        FunctionExport export = Export(name, NumberType.Float);
        Assert.True(export.Chosen.Deviation!.IsGoodAtScale, string.Join("; ", export.Chosen.Deviation.Explain()));
        Assert.True(export.Chosen.Deviation.Points > 500_000);
        ModelProto model = ModelProto.Parser.ParseFrom(export.File);
        Assert.Equal(ExportPlan.UsualOpset, model.OpsetImport.Single().Version);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_function_can_be_exported_for_numbers_of_16_bits(string name)
    {
        foreach (NumberType type in (NumberType[])[NumberType.Half, NumberType.BFloat16])
        {
            FunctionExport export = Export(name, type);
            // The square overflows a little before its product with 0.8944 does, or with a value; 30x, of which there is a sine, as well.
            if (name is "star_relu" or "sine" or "reglu_squared(layout=gate_first)" && type == NumberType.BFloat16)
                continue;
            Assert.True(export.Chosen.Deviation!.IsGoodAtScale, $"{type}: {string.Join("; ", export.Chosen.Deviation.Explain())}");
        }
    }

    [Fact]
    public void What_has_no_form_in_ONNX_is_refused_by_name()
    {
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => Export("entmax", NumberType.Float));
        Assert.Contains("entmax", refused.Message, StringComparison.Ordinal);
        Assert.False(FunctionGraph.CanExport(Activation.Crelu()));
    }

    // The judge knows nothing of the library: its values are intervals that hold the exact ones.
    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Basic_operations_keep_the_digits_of_tails_where_operators_lose_them(string name)
    {
        ElementwiseActivation function = (ElementwiseActivation)Activation.Parse(name);
        NumberFormat format = NumberFormat.Named("float");
        Judge judge = new(new Subject(function, Derivative: false, format));
        double[] x = [.. Points.Random(format, 20_000, seed: 5).Where(value => Math.Abs(value) < 120)];
        float[] y = Run(FunctionGraph.Model(Plan(name, NumberType.Float), ExportForm.Composed)!, [.. x.Select(value => (float)value)]);
        for (int i = 0; i < x.Length; i++)
        {
            Interval exact = judge.Estimate(x[i]);
            if (exact.Low > float.MaxValue && float.IsPositiveInfinity(y[i]))
                continue;
            double ulp = Math.ScaleB(1, format.UlpExponent(exact.High));
            double most = name switch
            {
                // An argument of up to 100 is rounded before an exponential; in GoLU it is one itself.
                "gelu_tanh" or "swish(beta=1.702)" or "quick_gelu" or "gaussian" => 220,
                "laplace" => 400,
                "golu" => 1000,
                "sqrtsoftplus" or "logcosh" => 16,
                // A subnormal gate times an argument of up to 100.
                "serf" or "smish" or "telu" => ulp < 1e-44 ? 110 : 16,
                // A subnormal quotient times 50.
                "softcap" => 30,
                // The terms cancel about a zero; and a wave has turned many times.
                "star_relu" or "xielu" => Math.Max(8, 1e-6 / ulp),
                "sine" => Math.Max(8, 30 * Math.Abs(x[i]) * 1e-7 / ulp),
                _ => 8,
            };
            Assert.InRange(y[i], exact.Low - (most * ulp), exact.High + (most * ulp));
        }
    }

    [Theory]
    [InlineData("gelu", "Gelu", 20)]
    [InlineData("gelu_tanh", "Gelu", 20)]
    [InlineData("mish", "Mish", 18)]
    [InlineData("swish(beta=1.5)", "Swish", 24)]
    [InlineData("elu(alpha=0.5)", "Elu", 13)]
    [InlineData("prelu(alpha=0.1)", "PRelu", 13)]
    [InlineData("softmax", "Softmax", 13)]
    public void The_operator_is_taken_from_the_version_on_that_has_it(string name, string operation, int since)
    {
        ModelProto? model = FunctionGraph.Model(Plan(name, NumberType.Float, since), ExportForm.Operator);
        Assert.Equal(operation, Assert.Single(model!.Graph.Node).OpType);
        if (since > ExportPlan.LeastOpset)
            Assert.Null(FunctionGraph.Model(Plan(name, NumberType.Float, since - 1), ExportForm.Operator));
    }

    // An operator's alpha is a float, and 0.1 is none; and ONNX Runtime has no Elu of doubles anyway.
    [Fact]
    public void What_the_runtime_cannot_do_in_doubles_is_composed()
    {
        FunctionExport export = Export("elu(alpha=0.1)", NumberType.Double);
        Assert.Equal(ExportForm.Composed, export.Chosen.Form);
        Assert.True(export.Chosen.Deviation!.IsGood);
        Assert.Contains("Elu", Assert.Single(export.Others).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_does_not_exist_is_refused_with_the_way_out()
    {
        NotSupportedException refused = Assert.Throws<NotSupportedException>(
            () => FunctionExporter.Export(Plan("gelu", NumberType.Float, 17), ExportForm.Operator, Cancellation));
        Assert.Contains("opset 17", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--form", refused.Message, StringComparison.Ordinal);
    }

    // Of both versions of the operator that splits.
    [Theory]
    [InlineData("swiglu(layout=gate_first)", 13)]
    [InlineData("geglu(layout=gate_last)", 20)]
    [InlineData("swiglu_oai(layout=interleaved)", 20)]
    [InlineData("glu(mish, layout=gate_last)", 13)]
    public void Gated_units_cut_gates_and_values_out_of_one_tensor_as_their_layout_says(string name, int opset)
    {
        float[] x = [.. Enumerable.Range(0, 48).Select(i => 4 * MathF.Sin(i * 7))];
        GatedActivation function = (GatedActivation)Activation.Parse(name);
        foreach ((int axis, int[] shape) in ((int, int[])[])[(-1, [4, 3, 4]), (1, [2, 6, 4])])
        {
            float[] expected = new float[24];
            function.Forward(x, expected, shape, axis);
            float[] y = Run(
                FunctionGraph.Model(Plan(name, NumberType.Float, opset) with { Axis = axis }, ExportForm.Composed)!,
                x,
                [.. shape.Select(extent => (long)extent)]);
            Assert.All(expected.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 2e-6f * (1 + Math.Abs(pair.First))));
        }
    }

    [Fact]
    public void A_gated_unit_without_a_layout_is_not_exported()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Export("swiglu", NumberType.Float));
        Assert.Contains("layout=gate_first", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_axis_can_be_chosen_and_maxout_takes_any_shape()
    {
        float[] x = [.. Enumerable.Range(0, 24).Select(i => MathF.Sin(i * 7))];
        Assert.Equal(
            Along(Activation.Softmax(), x, [2, 4, 3], 1),
            Run(FunctionGraph.Model(Plan("softmax", NumberType.Float) with { Axis = 1 }, ExportForm.Composed)!, x, 2, 4, 3),
            (a, b) => Math.Abs(a - b) < 1e-6);
        float[] largest = new float[12];
        Activation.Maxout().Forward<float>(x, largest, new int[12], [2, 4, 3], 1);
        foreach (int axis in (int[])[1, -2])
            Assert.Equal(
                largest,
                Run(FunctionGraph.Model(Plan("maxout", NumberType.Float) with { Axis = axis }, ExportForm.Composed)!, x, 2, 4, 3));
    }

    [Fact]
    public void The_sweep_tells_a_wrong_function_from_a_right_one()
    {
        ModelProto relu = FunctionGraph.Model(Plan("relu", NumberType.Float), ExportForm.Operator)!;
        Assert.True(RuntimeSweep.Run(relu, Activation.Relu(), NumberType.Float, Cancellation).IsGood);
        Deviation wrong = RuntimeSweep.Run(relu, Activation.LeakyRelu(), NumberType.Float, Cancellation);
        Assert.False(wrong.IsGoodAtScale);
        Assert.Contains(wrong.Explain(), why => why.Contains("gives 0 where the exact value is not", StringComparison.Ordinal));
        Assert.Contains("at -∞ it is 0, not -∞", wrong.Explain());
    }

    [Fact]
    public void The_sweep_finds_where_a_tail_is_cut_off()
    {
        // ½ (1 + erf(x / √2)) is 0 where the sum of the two is: below about -5.5.
        ModelProto gelu = FunctionGraph.Model(Plan("gelu", NumberType.Float), ExportForm.Operator)!;
        Deviation deviation = RuntimeSweep.Run(gelu, Activation.Gelu(), NumberType.Float, Cancellation);
        Assert.InRange(deviation.FlushedTo, -5.7, -5.3);
        Assert.InRange(deviation.FlushedFrom, -14.5, -14);
        Assert.True(deviation.IsGoodAtScale);
        Assert.False(deviation.IsGood);
    }

    [Fact]
    public void The_file_is_what_was_tried()
    {
        string place = Path.Combine(_folder, "elu.onnx");
        ModelReport report = ModelExport.Write(Activation.Parse("elu(alpha=0.5)"), "float", 20, -1, "composed", place, Cancellation);
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(place));
        Assert.StartsWith("elu(alpha=0.5) for float in opset 20: basic operations", report.Lines[0], StringComparison.Ordinal);
        float[] y = Run(model, [-1e-8f, -1, 2, float.NegativeInfinity, float.NaN]);
        Assert.Equal([-5e-9f, (float)(0.5 * Math.Exp(-1) - 0.5), 2, -0.5f], y[..4], (a, b) => Math.Abs(a - b) <= 3e-7f * Math.Abs(a));
        Assert.True(float.IsNaN(y[4]));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ExportPlan Plan(string name, NumberType type, int opset = ExportPlan.UsualOpset) =>
        new(Activation.Parse(name), type, opset, -1);

    private static FunctionExport Export(string name, NumberType type) => FunctionExporter.Export(Plan(name, type), null, Cancellation);

    private static float[] Along(AxisActivation function, float[] x, int[] shape, int axis)
    {
        float[] y = new float[x.Length];
        function.Forward<float>(x, y, shape, axis);
        return y;
    }

    private static float[] Run(ModelProto model, float[] x, params long[] shape)
    {
        using SessionOptions options = OnnxSession.OnOneThread();
        using InferenceSession session = OnnxSession.Open(model.ToByteArray(), options);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(x, shape.Length == 0 ? [x.Length] : shape);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x"], [input], ["y"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
