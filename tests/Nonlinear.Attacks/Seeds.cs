using DataType = Onnx.TensorProto.Types.DataType;

namespace Nonlinear.Attacks;

/// <summary>Sound models of many kinds: between them they have what a model can have that diagnosis looks at.</summary>
internal static class Seeds
{
    private const int Rows = 8;

    private static readonly long[] _vector = [Rows, 4], _image = [Rows, 3, 5, 5], _sequence = [Rows, 6, 4];

    /// <summary>Writes the samples into a folder, and gives the models.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="models">A folder with more: MODEL.onnx, and MODEL.inputs with a line for each input as the tool takes it.</param>
    public static IReadOnlyList<Seed> All(string folder, string? models)
    {
        File.WriteAllBytes(Path.Combine(folder, "m.data"), new byte[64]);
        foreach ((string name, long[] shape) in (ReadOnlySpan<(string, long[])>)[("x2", _vector), ("x4", _image), ("x3", _sequence)])
            SampleFile.Write(Path.Combine(folder, name + ".npy"), SampleFile.Normal(1, shape.Aggregate((a, b) => a * b)), shape);
        SampleFile.Write(Path.Combine(folder, "ids.npy"), [.. Enumerable.Range(0, Rows * 6).Select(i => (long)(i % 5))], Rows, 6);
        foreach (string data in models is null ? [] : Directory.GetFiles(models, "*.data"))
            File.Copy(data, Path.Combine(folder, Path.GetFileName(data)), overwrite: true);
        return
        [
            .. Vectors().Select(seed => new Seed(seed.Name, seed.Model.ToBytes(), "FOLDER/x2.npy")),
            .. Images().Select(seed => new Seed(seed.Name, seed.Model.ToBytes(), "FOLDER/x4.npy")),
            .. Sequences().Select(seed => new Seed(seed.Name, seed.Model.ToBytes(), "FOLDER/x3.npy")),
            new("embedding", Embedding().ToBytes(), "FOLDER/ids.npy"),
            new("two inputs", TwoInputs().ToBytes(), "a=FOLDER/x2.npy", "b=FOLDER/x2.npy", "rate=3"),
            .. models is null ? [] : Directory.GetFiles(models, "*.onnx").Order(StringComparer.Ordinal).Select(OfFile),
        ];
    }

    private static Seed OfFile(string path) =>
        new(Path.GetFileName(path), File.ReadAllBytes(path), File.ReadAllLines(Path.ChangeExtension(path, ".inputs")));

    private static SmallModel Vector(int version = 18) => new SmallModel(version).Input("x", "n", 4)
        .Floats("w", SampleFile.Normal(2, 16), 4, 4).Node("MatMul", "x w", "h");

    private static SmallModel Image() => new SmallModel().Input("x", "n", 3, 5, 5)
        .Floats("k", SampleFile.Normal(3, 4 * 3 * 9), 4, 3, 3).Floats("b", [0, 1, -9, 0], 4).Node("Conv", "x k b", "h");

    private static SmallModel Sequence() => new SmallModel().Input("x", "n", "t", 4);

    private static IEnumerable<(string Name, SmallModel Model)> Vectors()
    {
        string[] plain =
            ["Relu", "LeakyRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Softplus",
                "Softsign", "Mish", "Shrink"];
        yield return ("operators", plain.Aggregate(Vector(), (model, operation) => model.Node(operation, "h", operation + "_y"))
            .Output(string.Join(' ', plain.Select(operation => operation + "_y"))));
        yield return ("dense", Vector().Floats("b", [0, -99, 0, 1], 4).Node("Add", "h b", "z").Node("Relu", "z", "r")
            .Floats("v", SampleFile.Normal(5, 12), 3, 4).Node("Gemm", "r v", "g", ("transB", 1), ("alpha", 0.5f))
                .Node("Softmax", "g", "y", ("axis", 1))
            .Output("y"));
        yield return ("gelu", Vector().Number("root", 1.4142135f).Number("one", 1).Number("half", 0.5f).Node("Div", "h root", "d")
            .Node("Erf", "d", "e").Node("Add", "e one", "s").Node("Mul", "h s", "m").Node("Mul", "m half", "y").Output("y"));
        yield return ("gelu by tanh", Vector().Number("three", 3).Number("c", 0.044715f).Number("k", 0.7978845f).Number("one", 1)
            .Number("half", 0.5f).Node("Pow", "h three", "p").Node("Mul", "p c", "q").Node("Add", "h q", "r").Node("Mul", "r k", "s")
            .Node("Tanh", "s", "t").Node("Add", "t one", "u").Node("Mul", "h u", "v").Node("Mul", "v half", "y").Output("y"));
        yield return ("own gelus", Vector().Node("com.microsoft:Gelu", "h", "a").Node("com.microsoft:FastGelu", "a", "b")
            .Node("com.microsoft:QuickGelu", "b", "c", ("alpha", 1.702f)).Floats("e", [0, 1, 0, 1], 4)
            .Node("com.microsoft:BiasGelu", "c e", "y").Output("y"));
        yield return ("hard swish", Vector().Number("three", 3).Number("zero", 0).Number("six", 6).Node("Add", "h three", "a")
            .Node("Clip", "a zero six", "b").Node("Mul", "h b", "c").Node("Div", "c six", "y").Output("y"));
        yield return ("constants", Vector().Node("Constant", "", "a", ("value_float", 0.5f)).Node("Constant", "", "i", ("value_int", 3))
            .Node("Cast", "i", "f", ("to", 1)).Node("Sqrt", "f", "s").Node("Div", "a s", "q").Wholes("shape", 1, 1)
            .Node("ConstantOfShape", "shape", "o", ("value", SmallModel.Tensor("", [0.25f], 1))).Node("Max", "h q", "m")
                .Node("Min", "m o", "y")
            .Output("y"));
        yield return ("prelu", Vector().Floats("s", [0.25f, 0, -0.5f, 1], 4).Node("PRelu", "h s", "y").Output("y"));
        yield return ("leaky by where", Vector().Number("zero", 0).Number("a", 0.1f).Node("Greater", "h zero", "g").Node("Mul", "h a", "l")
            .Node("Where", "g h l", "y").Output("y"));
        yield return ("swiglu", Vector().Floats("v", SampleFile.Normal(6, 16), 4, 4).Node("MatMul", "x v", "u").Node("Sigmoid", "h", "s")
            .Node("Mul", "h s", "t").Node("Mul", "t u", "y").Output("y"));
        yield return ("quantised", Vector().Number("scale", 0.05f).Constant(new() { Name = "zero", DataType = (int)DataType.Uint8,
            Int32Data = { 128 } })
            .Node("QuantizeLinear", "h scale zero", "q").Node("DequantizeLinear", "q scale zero", "d").Node("Relu", "d", "r")
            .Node("QuantizeLinear", "r scale zero", "q2").Node("DequantizeLinear", "q2 scale zero", "y").Output("y"));
        yield return ("half precision", Vector().Node("Cast", "h", "f", ("to", 10)).Node("Tanh", "f", "t")
            .Node("Cast", "t", "y", ("to", 1)).Output("y"));
        yield return ("external", Vector().Constant(External("s", 4)).Node("PRelu", "h s", "y").Output("y"));
        yield return ("function", Vector().Function(
                "Act", "a", "c", new SmallModel().Node("LeakyRelu", "a", "b", ("alpha", new SmallModel.Reference("slope",
                    Onnx.AttributeProto.Types.AttributeType.Float)))
                    .Node("Tanh", "b", "c"), SmallModel.Attribute("slope", 0.1f))
            .Node("own:Act", "h", "z").Node("own:Act", "z", "y", ("slope", 0.5f)).Output("y"));
        yield return ("nested functions", Vector()
            .Function("Inner", "a", "b", new SmallModel().Node("Relu", "a", "b"))
            .Function("Outer", "a", "b", new SmallModel().Node("own:Inner", "a", "m").Node("own:Inner", "m", "b"))
            .Node("own:Outer", "h", "y").Output("y"));
        yield return ("if", Vector().Node("ReduceSum", "h", "sum", ("keepdims", 0)).Number("zero", 0).Node("Greater", "sum zero", "c")
            .Node("If", "c", "y",
                ("then_branch", new SmallModel().Node("Relu", "h", "t").Output("t")),
                ("else_branch", new SmallModel().Node("If", "c", "e",
                    ("then_branch", new SmallModel().Node("Tanh", "h", "t2").Output("t2")),
                    ("else_branch", new SmallModel().Node("Sigmoid", "h", "e2").Output("e2"))).Output("e"))).Output("y"));
        yield return ("loop", Vector().Constant(new() { Name = "turns", DataType = (int)DataType.Int64, Int64Data = { 3 } })
            .Node("Loop", "turns - h", "y", ("body", new SmallModel().Input("i", DataType.Int64).Input("go", DataType.Bool)
                .Input("s", "n", 4)
                .Node("Identity", "go", "still").Node("Tanh", "s", "r").Output("still", DataType.Bool).Output("r", DataType.Float)))
                    .Output("y"));
        yield return ("old operators", Vector(10).Node("Clip", "h", "c", ("min", 0f), ("max", 6f)).Node("Squeeze", "c", "y").Output("y"));
        yield return ("old softmax", Vector(11).Node("Softmax", "h", "s", ("axis", 1)).Node("LogSoftmax", "h", "l")
            .Node("Add", "s l", "y").Output("y"));
        yield return ("guards", Vector().Number("eps", 1e-5f).Node("Abs", "h", "a").Node("Clip", "a eps", "b").Node("Log", "b", "c")
            .Node("Sqrt", "a", "d").Node("Max", "d eps", "e").Node("Div", "c e", "y").Output("y"));
        yield return ("fused", Vector().Floats("c", [0, 1, 2, 3], 4).Node("com.microsoft:FusedGemm", "h w c", "y", ("activation",
            "LeakyRelu"), ("activation_alpha", 0.3f))
            .Output("y"));
        yield return ("whole numbers", Vector().Node("Cast", "h", "i", ("to", 7)).Wholes("two", 2).Node("Max", "i two", "m")
            .Node("Relu", "m", "r")
            .Node("Cast", "r", "f", ("to", 1)).Node("Relu", "f", "y").Output("y"));
        yield return ("sequences", Vector().Node("SequenceConstruct", "h h", "q")
            .Constant(new() { Name = "one", DataType = (int)DataType.Int64, Int64Data = { 1 } })
            .Node("SequenceAt", "q one", "a").Node("Relu", "a", "y").Output("y"));
    }

    private static IEnumerable<(string Name, SmallModel Model)> Images()
    {
        yield return ("convolution", Image().Node("Relu", "h", "r").Node("MaxPool", "r", "p", ("kernel_shape", (long[])[2, 2]))
            .Node("Flatten", "p", "f")
            .Node("Sigmoid", "f", "y").Output("y"));
        yield return ("channels last", Image().Node("Transpose", "h", "t", ("perm", (long[])[0, 2, 3, 1])).Node("Relu", "t", "r")
            .Node("Transpose", "r", "y", ("perm", (long[])[0, 3, 1, 2])).Output("y"));
        yield return ("squeeze and excite", Image().Node("GlobalAveragePool", "h", "p").Floats("k1", SampleFile.Normal(7, 16), 4, 4, 1, 1)
            .Node("Conv", "p k1", "c").Node("HardSigmoid", "c", "s", ("alpha", 0.2f)).Node("Mul", "h s", "y").Output("y"));
        yield return ("reshapes", Image().Wholes("shape", 0, 4, -1).Node("Reshape", "h shape", "r").Node("Tanh", "r", "t").Wholes("axes", 0)
            .Node("Unsqueeze", "t axes", "u").Node("Squeeze", "u axes", "s").Node("Concat", "s r", "c", ("axis", 1))
                .Node("Relu", "c", "y").Output("y"));
        yield return ("norms", Image().Floats("ones", [1, 1, 1, 1], 4).Node("InstanceNormalization", "h ones b", "i")
            .Floats("slopes", [0, 0.1f, 0.2f, 0.3f], 4, 1, 1).Node("PRelu", "i slopes", "p")
                .Node("BatchNormalization", "p ones b b ones", "y").Output("y"));
        yield return ("fused convolution", new SmallModel().Input("x", "n", 3, 5, 5).Floats("k", SampleFile.Normal(3, 108), 4, 3, 3)
            .Floats("b", [0, 1, -9, 0], 4)
            .Node("com.microsoft:FusedConv", "x k b", "y", ("activation", "Clip"), ("activation_params", (float[])[0, 6])).Output("y"));
    }

    private static IEnumerable<(string Name, SmallModel Model)> Sequences()
    {
        yield return ("lstm", Sequence().Floats("w", SampleFile.Normal(8, 80), 1, 20, 4).Floats("r", SampleFile.Normal(9, 100), 1, 20, 5)
            .Floats("b", SampleFile.Normal(10, 40), 1, 40).Node("Transpose", "x", "t", ("perm", (long[])[1, 0, 2]))
            .Node("LSTM", "t w r b", "h - -", ("hidden_size", 5)).Wholes("one", 1).Node("Squeeze", "h one", "s").Node("Relu", "s", "y")
                .Output("y"));
        yield return ("gru", Sequence().Floats("w", SampleFile.Normal(8, 120), 2, 15, 4).Floats("r", SampleFile.Normal(9, 150), 2, 15, 5)
            .Node("Transpose", "x", "t", ("perm", (long[])[1, 0, 2]))
            .Node("GRU", "t w r", "h last", ("hidden_size", 5), ("direction", "bidirectional"), ("linear_before_reset", 1))
                .Output("h last"));
        yield return ("attention", Sequence().Floats("m", SampleFile.Normal(11, 16), 4, 4).Node("MatMul", "x m", "q")
            .Node("Transpose", "x", "k", ("perm", (long[])[0, 2, 1]))
            .Node("MatMul", "q k", "s").Floats("mask", [0, 0, 0, 0, 0, float.NegativeInfinity], 6).Node("Add", "s mask", "z")
            .Node("Softmax", "z", "a").Node("MatMul", "a x", "y").Output("y"));
        yield return ("scan", Sequence().Node("Scan", "x", "y", ("num_scan_inputs", 1), ("scan_input_axes", (long[])[1]), ("body",
            new SmallModel().Input("s", "n", 4)
            .Node("Softplus", "s", "r").Output("r", DataType.Float))).Output("y"));
    }

    private static SmallModel Embedding() => new SmallModel().Input("ids", DataType.Int64, "n", 6)
        .Floats("table", SampleFile.Normal(12, 20), 5, 4)
        .Node("Gather", "table ids", "e").Node("Relu", "e", "y").Output("y");

    private static SmallModel TwoInputs() => new SmallModel().Input("a", "n", 4).Input("b", "n", 4).Input("rate", DataType.Int64)
        .Node("Cast", "rate", "f", ("to", 1)).Node("Mul", "a f", "c").Node("Add", "c b", "d").Node("Relu", "d", "y").Output("y");

    private static Onnx.TensorProto External(string name, long count) => new()
    {
        Name = name,
        DataType = (int)DataType.Float,
        Dims = { count },
        DataLocation = Onnx.TensorProto.Types.DataLocation.External,
        ExternalData =
        {
            new Onnx.StringStringEntryProto { Key = "location", Value = "m.data" },
            new Onnx.StringStringEntryProto { Key = "offset", Value = "16" },
            new Onnx.StringStringEntryProto { Key = "length", Value = "16" },
        },
    };
}
