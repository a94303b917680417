using Nonlinear.Attacks;
using Nonlinear.Lab.Diagnosis;
using Reference = System.Func<double, double>;

namespace Nonlinear.Tests;

public sealed class ModelKindsFunctionTests : ModelKinds
{
    private static readonly Dictionary<string, (Func<SmallModel, SmallModel> Write, string Name, Reference Value)> _forms = new()
    {
        ["ThresholdedRelu"] = (m => m.Node("ThresholdedRelu", "h", "a", ("alpha", 0.5f)), "thresholded_relu(alpha=0.5)", x => x > 0.5f
            ? x : 0),
        ["hard shrink"] = (m => m.Node("Shrink", "h", "a", ("lambd", 0.4f)), "hard_shrink(lambda=0.4)", x => Math.Abs(x) > 0.4f ? x : 0),
        ["soft shrink"] = (
            m => m.Node("Shrink", "h", "a", ("lambd", 0.4f), ("bias", 0.4f)), "soft_shrink(lambda=0.4)", x =>
                x > 0.4f ? x - 0.4f : x < -0.4f ? x + 0.4f : 0),
        ["hard sigmoid of Keras"] = (m => m.Node("HardSigmoid", "h", "a"), "hard_sigmoid(alpha=0.2, beta=0.5)", x =>
            Math.Clamp((0.2f * x) + 0.5, 0, 1)),
        ["hard sigmoid of PyTorch"] = (
            m => m.Node("HardSigmoid", "h", "a", ("alpha", 1 / 6f)), "hard_sigmoid", x => Math.Clamp((x / 6) + 0.5, 0, 1)),
        ["hard sigmoid as nodes"] = (
            m => m.Number("c3", 3).Number("c0", 0).Number("c6", 6).Node("Add", "h c3", "p").Node("Clip", "p c0 c6", "q")
                .Node("Div", "q c6", "a"),
            "hard_sigmoid", x => Math.Clamp(x + 3, 0, 6) / 6),
        ["hard swish of PyTorch"] = (
            m => m.Node("HardSigmoid", "h", "p", ("alpha", 1 / 6f)).Node("Mul", "h p", "a"), "hard_swish", x =>
                x * Math.Clamp(x + 3, 0, 6) / 6),
        ["hard swish of TensorFlow"] = (
            m => m.Number("c3", 3).Number("c0", 0).Number("c6", 6).Number("r", 1 / 6f).Node("Add", "h c3", "p").Node("Relu", "p", "q")
                .Node("Min", "q c6", "s").Node("Mul", "s r", "t").Node("Mul", "t h", "a"),
            "hard_swish", x => x * Math.Clamp(x + 3, 0, 6) / 6),
        ["hard swish, operator"] = (m => m.Node("HardSwish", "h", "a"), "hard_swish", x => x * Math.Clamp(x + 3, 0, 6) / 6),
        ["relu6 by Clip"] = (m => m.Number("c0", 0).Number("c6", 6).Node("Clip", "h c0 c6", "a"), "relu6", x => Math.Clamp(x, 0, 6)),
        ["relu6 by Relu and Min"] = (
            m => m.Number("c6", 6).Node("Relu", "h", "p").Node("Min", "p c6", "a"), "relu6", x => Math.Clamp(x, 0, 6)),
        ["relu6 by Min and Max"] = (
            m => m.Number("c0", 0).Number("c6", 6).Node("Min", "h c6", "p").Node("Max", "p c0", "a"), "relu6", x => Math.Clamp(x, 0, 6)),
        ["hard tanh"] = (m => m.Number("l", -1).Number("u", 1).Node("Clip", "h l u", "a"), "hard_tanh", x => Math.Clamp(x, -1, 1)),
        ["swish"] = (m => m.Node("Sigmoid", "h", "p").Node("Mul", "p h", "a"), "swish", x => x / (1 + Math.Exp(-x))),
        ["swish by Exp"] = (
            m => m.Number("one", 1).Node("Neg", "h", "p").Node("Exp", "p", "q").Node("Add", "q one", "r").Node("Div", "h r", "a"),
            "swish", x => x / (1 + Math.Exp(-x))),
        ["sigmoid by Exp"] = (
            m => m.Number("one", 1).Node("Neg", "h", "p").Node("Exp", "p", "q").Node("Add", "q one", "r").Node("Reciprocal", "r", "a"),
            "sigmoid", x => 1 / (1 + Math.Exp(-x))),
        ["sigmoid by tanh"] = (
            m => m.Number("half", 0.5f).Number("one", 1).Node("Mul", "h half", "p").Node("Tanh", "p", "q").Node("Add", "q one", "r")
                .Node("Mul", "r half", "a"),
            "sigmoid", x => 1 / (1 + Math.Exp(-x))),
        ["quick GELU as nodes"] = (
            m => m.Number("k", 1.702f).Node("Mul", "h k", "p").Node("Sigmoid", "p", "q").Node("Mul", "h q", "a"),
            "quick_gelu", x => x / (1 + Math.Exp(-1.702f * x))),
        ["quick GELU, operator"] = (m => m.Node("com.microsoft:QuickGelu", "h", "a"), "quick_gelu", x => x / (1 + Math.Exp(-1.702f * x))),
        ["swish of another slope"] = (
            m => m.Number("k", 1.5f).Node("Mul", "h k", "p").Node("Sigmoid", "p", "q").Node("Mul", "h q", "a"),
            "swish(beta=1.5)", x => x / (1 + Math.Exp(-1.5 * x))),
        ["softplus as nodes"] = (
            m => m.Number("one", 1).Node("Exp", "h", "p").Node("Add", "p one", "q")
                .Node("Log", "q", "a"), "softplus", x => Math.Log(1 + Math.Exp(x))),
        ["log sigmoid"] = (m => m.Node("Sigmoid", "h", "p").Node("Log", "p", "a"), "log_sigmoid", x => -Math.Log(1 + Math.Exp(-x))),
        ["log sigmoid by softplus"] = (
            m => m.Node("Neg", "h", "p").Node("Softplus", "p", "q").Node("Neg", "q", "a"), "log_sigmoid", x => -Math.Log(1 + Math.Exp(-x))),
        ["mish as nodes"] = (
            m => m.Number("one", 1).Node("Exp", "h", "p").Node("Add", "p one", "q").Node("Log", "q", "r").Node("Tanh", "r", "s")
                .Node("Mul", "h s", "a"),
            "mish", x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["mish, operator"] = (m => m.Node("Mish", "h", "a"), "mish", x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["mish by softplus"] = (
            m => m.Node("Softplus", "h", "r").Node("Tanh", "r", "s").Node("Mul", "s h", "a"), "mish", x =>
                x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["celu"] = (m => m.Node("Celu", "h", "a", ("alpha", 0.5f)), "celu(alpha=0.5)", x => x > 0 ? x : 0.5 * (Math.Exp(x / 0.5) - 1)),
        ["elu"] = (m => m.Node("Elu", "h", "a", ("alpha", 0.7f)), "elu(alpha=0.7)", x => x > 0 ? x : 0.7f * (Math.Exp(x) - 1)),
        ["selu"] = (m => m.Node("Selu", "h", "a"), "selu", x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        ["squared relu by Mul"] = (m => m.Node("Relu", "h", "p").Node("Mul", "p p", "a"), "relu_squared", x => x > 0 ? x * x : 0),
        ["squared relu by Pow"] = (m => m.Number("two", 2).Node("Relu", "h", "p")
            .Node("Pow", "p two", "a"), "relu_squared", x => x > 0 ? x * x : 0),
        ["leaky by Where"] = (
            m => m.Number("z", 0).Number("s", 0.1f).Node("GreaterOrEqual", "h z", "c").Node("Mul", "h s", "l").Node("Where", "c h l", "a"),
            "leaky_relu(alpha=0.1)", x => x > 0 ? x : 0.1f * x),
        ["leaky by Max"] = (m => m.Number("s", 0.2f).Node("Mul", "h s", "l").Node("Max", "h l", "a"), "leaky_relu(alpha=0.2)", x => x > 0
            ? x : 0.2f * x),
        ["leaky by two Relus"] = (
            m => m.Number("s", 0.2f).Node("Relu", "h", "p").Node("Neg", "h", "n").Node("Relu", "n", "o").Node("Mul", "o s", "q")
                .Node("Sub", "p q", "a"),
            "leaky_relu(alpha=0.2)", x => x > 0 ? x : 0.2f * x),
        ["relu by Max"] = (m => m.Number("z", 0).Node("Max", "z h", "a"), "relu", x => Math.Max(0, x)),
        ["relu by Where"] = (m => m.Number("z", 0).Node("Greater", "h z", "c").Node("Where", "c h z", "a"), "relu", x => Math.Max(0, x)),
        ["relu by Clip"] = (m => m.Number("z", 0).Node("Clip", "h z", "a"), "relu", x => Math.Max(0, x)),
        ["leaky with a bound"] = (
            m => m.Number("s", 0.1f).Number("u", 1).Node("Mul", "h s", "l").Node("Max", "h l", "p").Node("Min", "p u", "a"),
            "leaky_relu(alpha=0.1), at most 1", x => Math.Min(1, x > 0 ? x : 0.1f * x)),
        ["tanh, scaled"] = (
            m => m.Number("s", 1.7159f).Number("t", 2 / 3f).Node("Mul", "h t", "p").Node("Tanh", "p", "q").Node("Mul", "q s", "a"),
            "scaled_tanh", x => 1.7159f * Math.Tanh(2 / 3f * x)),
        ["softsign as nodes"] = (
            m => m.Number("one", 1).Node("Abs", "h", "p").Node("Add", "p one", "q")
                .Node("Div", "h q", "a"), "softsign", x => x / (1 + Math.Abs(x))),
    };

    public static TheoryData<string> Forms { get; } = [.. _forms.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_function_is_named_for_what_it_computes(string form)
    {
        (Func<SmallModel, SmallModel> write, string name, Reference value) = _forms[form];
        ActivationDiagnosis found = Only(Hidden(write));
        Assert.StartsWith(name, found.Function, StringComparison.Ordinal);
        Assert.Equal((ActivationRole.Hidden, Width, 1), (found.Role, found.Units, found.Axis));
        AssertMoments(Moments(X, value), found);
        Assert.Empty(found.SaturatedUnits);
        // Nearly all of a normal distribution lies between the bends of a hard sigmoid.
        Assert.Equal(name.StartsWith("hard_sigmoid", StringComparison.Ordinal) ? "nearly linear" : "healthy", found.Verdict);
    }

    public static MatrixTheoryData<string, string, string> Gelus { get; } = new(
        ["root by Div", "root by Mul", "tanh and Pow", "tanh and Mul", "tanh, factored"],
        ["half last", "half first", "half on the bend", "half on the left"],
        ["exact", "rounded", "of 16 bits"]);

    [Theory]
    [MemberData(nameof(Gelus))]
    public void GELU_is_found_whole_in_every_form(string form, string half, string constants)
    {
        float Constant(double exact, float rounded) => constants switch
        {
            "exact" => (float)exact, "rounded" => rounded, _ => (float)(Half)exact,
        };
        SmallModel Write(SmallModel m)
        {
            m.Number("half", 0.5f).Number("one", 1).Number("three", 3).Number("c", Constant(0.044715, 0.044715f))
                .Number("k", Constant(Math.Sqrt(2 / Math.PI), 0.7978845f)).Number("root", Constant(Math.Sqrt(2), 1.4142135f))
                .Number("r", Constant(Math.Sqrt(0.5), 0.70710677f));
            _ = form switch
            {
                "root by Div" => m.Node("Div", "h root", "in").Node("Erf", "in", "bend"),
                "root by Mul" => m.Node("Mul", "h r", "in").Node("Erf", "in", "bend"),
                "tanh and Pow" => m.Node("Pow", "h three", "p").Node("Mul", "p c", "q").Node("Add", "h q", "s").Node("Mul", "s k", "in")
                    .Node("Tanh", "in", "bend"),
                "tanh and Mul" => m.Node("Mul", "h h", "p2").Node("Mul", "h p2", "p").Node("Mul", "c p", "q").Node("Add", "h q", "s")
                    .Node("Mul", "k s", "in").Node("Tanh", "in", "bend"),
                _ => m.Node("Mul", "h c", "p1").Node("Mul", "p1 h", "p").Node("Add", "p one", "q").Node("Mul", "h k", "s")
                    .Node("Mul", "s q", "in")
                    .Node("Tanh", "in", "bend"),
            };
            m.Node("Add", "bend one", "b1");
            return half switch
            {
                "half last" => m.Node("Mul", "h b1", "t").Node("Mul", "t half", "a"),
                "half first" => m.Node("Mul", "h half", "t").Node("Mul", "t b1", "a"),
                "half on the bend" => m.Node("Mul", "b1 half", "t").Node("Mul", "h t", "a"),
                _ => m.Node("Mul", "b1 h", "t").Node("Mul", "half t", "a"),
            };
        }

        ActivationDiagnosis found = Only(Hidden(Write));
        bool tanh = form.StartsWith("tanh", StringComparison.Ordinal);
        Assert.Equal(tanh ? "gelu_tanh" : "gelu", found.Function);
        AssertMoments(
            Moments(X, x => x / 2 * (1 + (tanh ? Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))
                : Erf(x / Math.Sqrt(2))))),
            found,
            constants == "of 16 bits" ? 1e-3 : 1e-5);
    }

    [Theory]
    [InlineData("Gelu", "gelu")]
    [InlineData("com.microsoft:Gelu", "gelu")]
    [InlineData("com.microsoft:FastGelu", "gelu_tanh")]
    [InlineData("com.microsoft:BiasGelu", "gelu")]
    [InlineData("com.microsoft:FastGelu with a bias", "gelu_tanh")]
    public void Operators_of_GELU_are_known(string operation, string function)
    {
        bool biased = operation.Contains("ias", StringComparison.Ordinal);
        float[] bias = [0, 0, 0, -60];
        ActivationDiagnosis found = Only(HiddenIn(
            20, m => m.Floats("b", bias, Width).Node(operation.Split(' ')[0], biased ? "h b" : "h", "a")));
        Assert.Equal(function, found.Function);
        Assert.Equal(biased ? [3] : [], found.DeadUnits);
    }

    [Theory]
    [InlineData("Constant value_float")]
    [InlineData("Constant value_floats")]
    [InlineData("Constant value_int and Cast")]
    [InlineData("Constant value")]
    [InlineData("ConstantOfShape")]
    [InlineData("Sqrt")]
    [InlineData("Div")]
    [InlineData("Identity")]
    [InlineData("an input as well")]
    [InlineData("rank 4")]
    [InlineData("double and Cast")]
    public void A_constant_is_known_however_it_is_written(string form)
    {
        SmallModel Write(SmallModel m)
        {
            m.Wholes("shape", 1);
            _ = form switch
            {
                "Constant value_float" => m.Node("Constant", "", "two", ("value_float", 2f)),
                "Constant value_floats" => m.Node("Constant", "", "two", ("value_floats", (float[])[2f])),
                "Constant value_int and Cast" => m.Node("Constant", "", "i", ("value_int", 2)).Node("Cast", "i", "two", ("to", 1)),
                "Constant value" => m.Node("Constant", "", "two", ("value", SmallModel.Tensor("", [2], 1))),
                "ConstantOfShape" => m.Node("ConstantOfShape", "shape", "two", ("value", SmallModel.Tensor("", [2], 1))),
                "Sqrt" => m.Number("four", 4).Node("Sqrt", "four", "two"),
                "Div" => m.Number("six", 6).Number("three", 3).Node("Div", "six three", "two"),
                "Identity" => m.Number("origin", 2).Node("Identity", "origin", "two"),
                "rank 4" => m.Floats("two4", [2], 1, 1, 1, 1).Wholes("flat", 1).Node("Reshape", "two4 flat", "two"),
                "double and Cast" => m.Constant(new() { Name = "d", DataType = 11, DoubleData = { 2 } })
                    .Node("Cast", "d", "two", ("to", 1)),
                _ => m.Number("two", 2),
            };
            return m.Node("Mul", "h two", "p").Node("Sigmoid", "p", "q").Node("Mul", "h q", "a");
        }

        SmallModel model = Hidden(Write);
        if (form == "an input as well")
            model.Graph.Input.Add(new Onnx.ValueInfoProto { Name = "two", Type = new() { TensorType = new() { ElemType = 1,
                Shape = new() } } });
        Assert.Equal("swish(beta=2)", Only(model).Function);
    }

    [Fact]
    public void A_clip_to_the_range_of_16_bits_is_no_activation() => Assert.Equal(
        ["relu"],
        Diagnose(Hidden(m => m.Number("l", -65504).Number("u", 65504).Node("Clip", "h l u", "c").Node("Relu", "c", "a"))).Activations
            .Select(found => found.Function));

    [Theory]
    [InlineData("Clip and Div")]
    [InlineData("Max and Log")]
    [InlineData("Relu and Sqrt")]
    [InlineData("Clip and Pow")]
    [InlineData("Max and Reciprocal")]
    [InlineData("Clip, Expand and Div")]
    [InlineData("Max and Cast and Div")]
    public void A_bound_before_what_needs_one_is_no_activation(string form)
    {
        SmallModel Write(SmallModel m)
        {
            m.Number("e", 1e-6f).Number("minus", -0.5f).Node("ReduceL2", "h", "n", ("keepdims", 1)).Node("Shape", "h", "shape");
            return form switch
            {
                "Clip and Div" => m.Node("Clip", "n e", "c").Node("Div", "h c", "a"),
                "Max and Log" => m.Node("Max", "h e", "c").Node("Log", "c", "a"),
                "Relu and Sqrt" => m.Node("Relu", "h", "c").Node("Sqrt", "c", "a"),
                "Clip and Pow" => m.Node("Clip", "n e", "c").Node("Pow", "c minus", "p").Node("Mul", "h p", "a"),
                "Max and Reciprocal" => m.Node("Max", "n e", "c").Node("Reciprocal", "c", "p").Node("Mul", "h p", "a"),
                "Max and Cast and Div" => m.Node("Max", "n e", "c").Node("Cast", "c", "d", ("to", 1)).Node("Div", "h d", "a"),
                _ => m.Node("Clip", "n e", "c").Node("Expand", "c shape", "p").Node("Div", "h p", "a"),
            };
        }

        ModelDiagnosis found = Diagnose(Hidden(m => Write(m).Node("Tanh", "a", "t"), "t"));
        Assert.Equal(["tanh"], found.Activations.Select(activation => activation.Function));
        Assert.Empty(found.LeftOut);
    }

    [Fact]
    public void A_model_without_activations_is_refused_in_words() => Assert.Contains(
        "no activation",
        Assert.Throws<InvalidDataException>(() => Diagnose(Vector().Floats("w", Unit(Width), Width, Width).Node("MatMul", "x w", "y")
            .Output("y"))).Message,
        StringComparison.Ordinal);

    // x → a layer that changes nothing → the function from h to a → another layer.
    private static SmallModel HiddenIn(int version, Func<SmallModel, SmallModel> write) =>
        write(Vector(version).Floats("w", Unit(Width), Width, Width).Node("MatMul", "x w", "h")).Node("MatMul", "a w", "y").Output("y");

    private static SmallModel Hidden(Func<SmallModel, SmallModel> write, string end = "a") =>
        write(Vector().Floats("w", Unit(Width), Width, Width).Node("MatMul", "x w", "h")).Node("MatMul", end + " w", "y").Output("y");

    // Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 7.1.5.
    private static double Erf(double x)
    {
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
