using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Samples;
using Onnx;

namespace Nonlinear.Tests;

public sealed class ModelSampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sample-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Types of files, and what they hold: numbers that every one of the type can be told by.</summary>
    public static TheoryData<string, string> Kinds { get; } = new()
    {
        { "<f2", "Float16" }, { "<f4", "Float" }, { "<f8", "Double" },
        { "|i1", "Int8" }, { "<i2", "Int16" }, { "<i4", "Int32" }, { "<i8", "Int64" },
        { "|u1", "UInt8" }, { "<u2", "UInt16" }, { "<u4", "UInt32" }, { "<u8", "UInt64" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_type_arrives_as_it_is(string description, string type)
    {
        // All bits, NaN's included, in elements that lie across the batches.
        int size = description[2] - '0';
        byte[] numbers = new byte[10 * 3 * size];
        new Random(7).NextBytes(numbers);
        Npy("x.npy", description, [10, 3], numbers);
        using ModelSample sample = Open(["x.npy"], Input("x", type, "batch", "3"));
        Assert.Equal((10, null), (sample.Rows, sample.FixedBatch));
        byte[] read = [.. Bytes(sample, "x", 0, 4, 4), .. Bytes(sample, "x", 4, 4, 4), .. Bytes(sample, "x", 8, 2, 2)];
        Assert.Equal(numbers, read);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_type_becomes_every_other_by_value(string description, string type)
    {
        byte[] numbers = description switch
        {
            "<f2" => [.. Raw<Half>(Half.Zero, Half.One, (Half)3, (Half)100)],
            "<f4" => [.. Raw<float>(0, 1, 3, 100)],
            "<f8" => [.. Raw<double>(0, 1, 3, 100)],
            _ => [.. new long[] { 0, 1, 3, 100 }.SelectMany(number => BitConverter.GetBytes(number)[..(description[2] - '0')])],
        };
        Npy("x.npy", description, [4], numbers);
        foreach (string other in Kinds.Select(kind => kind.Data.Item2).Append("BFloat16"))
        {
            using ModelSample sample = Open(["x.npy"], Input("x", other, "n"));
            IReadOnlyDictionary<string, OrtValue> read = sample.Read(0, 4, 4);
            Assert.Equal([0, 1, 3, 100], Doubles(read["x"]));
            Assert.Equal(other, read["x"].GetTensorTypeAndShape().ElementDataType.ToString());
        }
        Assert.Contains("bool, 0 or 1", Refused(["x.npy"], Input("x", "Bool", "n")).Message, StringComparison.Ordinal);
        Npy("b.npy", "|b1", [3], [0, 1, 255]);
        using ModelSample truths = Open(["b.npy"], Input("x", type, "n"));
        Assert.Equal([0, 1, 1], Doubles(truths.Read(0, 3, 3)["x"]));
        // The first two numbers of each type are 0 and 1.
        Npy("c.npy", description, [2], numbers[..(2 * (description[2] - '0'))]);
        using ModelSample zeroAndOne = Open(["c.npy"], Input("x", "Bool", "n"));
        Assert.Equal([0, 1], zeroAndOne.Read(0, 2, 2)["x"].GetTensorMutableRawData().ToArray());
    }

    [Fact]
    public void Floats_become_brain_floats_by_rounding_once_to_nearest_even()
    {
        // Spacing 2⁻⁷ from 1 on; the third lies above a tie by less than a float can tell.
        double[] numbers = [1 + Math.Pow(2, -8), 1 + (3 * Math.Pow(2, -8)), 1 + Math.Pow(2, -8) + Math.Pow(2, -40), -1e-45, double.NaN];
        Npy("x.npy", "<f8", [5], Raw(numbers));
        using ModelSample sample = Open(["x.npy"], Input("x", "BFloat16", "n"));
        Assert.Equal([1, 1.015625, 1.0078125, -0.0, double.NaN], Doubles(sample.Read(0, 5, 5)["x"]));

        // Between 2⁶² and 2⁶² + 2⁵⁵ the tie lies at 2⁵⁴, and one more decides.
        const long Base = 1L << 62, Tie = 1L << 54;
        Npy("w.npy", "<i8", [4], Raw(Base + Tie, Base + Tie + 1, Base + Tie - 1, -(Base + Tie + 1)));
        using ModelSample whole = Open(["w.npy"], Input("x", "BFloat16", "n"));
        Assert.Equal([Base, Base + (2.0 * Tie), Base, -(Base + (2.0 * Tie))], Doubles(whole.Read(0, 4, 4)["x"]));
    }

    [Theory]
    [InlineData("<f8", 0.5, "Int64", "holds 0.5 in row 1 (counted from 0), at [1, 1]; the input 'x' takes int64, whole numbers from")]
    [InlineData("<f8", 9223372036854775808.0, "Int64", "whole numbers from -9223372036854775808 to 9223372036854775807")]
    [InlineData("<f8", double.NaN, "Int32", "holds NaN in row 1")]
    [InlineData("<f8", double.PositiveInfinity, "UInt8", "holds Infinity in row 1")]
    [InlineData("<f8", 1e39, "Float", "takes float32, up to 3.4E+38")]
    [InlineData("<f8", 3.4e38, "BFloat16", "takes bfloat16, up to 3.39E+38")]
    [InlineData("<f4", 65520, "Float16", "takes float16, up to 65500")]
    [InlineData("<i8", 2147483648.0, "Int32", "holds 2147483648 in row 1")]
    [InlineData("<i8", -1, "UInt64", "holds -1 in row 1 (counted from 0), at [1, 1]; the input 'x' takes uint64, whole numbers from 0")]
    [InlineData("<i8", 65520, "Float16", "holds 65520 in row 1")]
    [InlineData("<i8", 256, "UInt8", "to 255")]
    [InlineData("<i8", 2, "Bool", "takes bool, 0 or 1")]
    [InlineData("<f8", 0.5, "Bool", "takes bool, 0 or 1")]
    public void A_number_that_the_type_does_not_take_is_named(string description, double number, string type, string part)
    {
        byte[] numbers = description switch
        {
            "<f8" => Raw(1, 0, 1, number),
            "<f4" => Raw(1, 0, 1, (float)number),
            _ => Raw(1, 0, 1, (long)number),
        };
        Npy("x.npy", description, [2, 2], numbers);
        InvalidDataException refusal = Assert.IsType<InvalidDataException>(Refused(["x.npy"], Input("x", type, "n", "2")));
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("x.npy' holds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_other_byte_orders_and_versions_are_read()
    {
        byte[] swapped = Raw(1.5f, -2, 3, 1e-30f);
        for (int i = 0; i < swapped.Length; i += sizeof(float))
            swapped.AsSpan(i, sizeof(float)).Reverse();
        Npy("x.npy", ">f4", [4], swapped);
        using (ModelSample sample = Open(["x.npy"], Input("x", "Float", "n")))
            Assert.Equal([1.5, -2, 3, 1e-30f], Doubles(sample.Read(0, 4, 4)["x"]));
        using (ModelSample sample = Open(["x.npy"], Input("x", "Double", "n")))
            Assert.Equal([1.5, -2, 3, 1e-30f], Doubles(sample.Read(0, 4, 4)["x"]));
        for (byte version = 1; version <= 3; version++)
        {
            Npy("v.npy", "<i2", [4], Raw<short>(1, 2, 3, -4), version);
            using ModelSample sample = Open(["v.npy"], Input("x", "Float", "n"));
            Assert.Equal([3, -4], Doubles(sample.Read(2, 2, 2)["x"]));
        }
    }

    [Fact]
    public void A_file_that_is_no_plain_array_of_numbers_is_refused_in_words()
    {
        ModelInput input = Input("x", "Float", "n", "2");
        Npy("x.npy", "<f4", [3, 2], new byte[24], fortran: true);
        Assert.Contains("ascontiguousarray", Refused(["x.npy"], input).Message, StringComparison.Ordinal);
        Npy("x.npy", "<c8", [3, 2], new byte[48]);
        Assert.Contains("elements of type <c8", Refused(["x.npy"], input).Message, StringComparison.Ordinal);
        Npy("x.npy", "<U3", [3, 2], new byte[72]);
        Assert.Contains("elements of type <U3", Refused(["x.npy"], input).Message, StringComparison.Ordinal);
        Npy("x.npy", "<f4", [3, 2], new byte[23]);
        Assert.Contains("23 of 24 bytes", Refused(["x.npy"], input).Message, StringComparison.Ordinal);
        File.WriteAllText(At("x.npy"), "no array");
        Assert.Contains("not a NumPy file", Refused(["x.npy"], input).Message, StringComparison.Ordinal);
        Assert.Contains("no file", Refused(["y.npy"], input).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Refused([""], input).Message, StringComparison.Ordinal);
        File.WriteAllBytes(At("x.npz"), "PK\x03\x04 and no more"u8);
        Assert.Contains("numpy.savez", Refused(["x.npz"], input).Message, StringComparison.Ordinal);
        Npy("s.npy", "<f4", [1], new byte[4]);
        Assert.Contains("takes string", Refused(["s.npy"], Input("x", "String", "n")).Message, StringComparison.Ordinal);
        Assert.Contains("standard input", Assert.Throws<FileNotFoundException>(() => ModelSample.Open(["-"], [input], "m.onnx")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Archives_give_each_input_its_array_however_they_are_read(CompressionLevel level)
    {
        const int Rows = 23;
        Random random = new(3);
        float[] input = [.. Enumerable.Range(0, Rows * 5).Select(_ => random.NextSingle())];
        float[] state = [.. Enumerable.Range(0, 3 * Rows * 4).Select(_ => random.NextSingle())];
        Npz(
            "all.npz",
            level,
            ("input", "<f4", [Rows, 5], Raw(input)),
            ("state", "<f4", [3, Rows, 4], Raw(state)),
            ("labels", "<i8", [1], new byte[8]));
        using ModelSample sample = Open(["all.npz"], Input("input", "Float", "batch", "5"), Input("state", "Float", "3", "batch", "4"));
        Assert.Equal(Rows, sample.Rows);
        // In order, again, and all over.
        foreach ((int row, int rows) in ((int, int)[])[(0, 10), (10, 10), (20, 3), (0, 10), (7, 2), (22, 1), (3, 1)])
        {
            IReadOnlyDictionary<string, OrtValue> read = sample.Read(row, rows, rows);
            Assert.Equal(input[(row * 5)..((row + rows) * 5)], read["input"].GetTensorDataAsSpan<float>().ToArray());
            float[] expected =
                [.. Enumerable.Range(0, 3).SelectMany(i => state[(((i * Rows) + row) * 4)..(((i * Rows) + row + rows) * 4)])];
            Assert.Equal(expected, read["state"].GetTensorDataAsSpan<float>().ToArray());
            Assert.Equal([3, rows, 4], read["state"].GetTensorTypeAndShape().Shape);
        }
    }

    [Fact]
    public void An_archive_gives_its_only_array_to_the_only_input_and_one_by_name_to_any()
    {
        Npz("one.npz", CompressionLevel.Optimal, ("arr_0", "<f4", [2, 1], Raw(1f, 2)));
        using (ModelSample sample = Open(["one.npz"], Input("x", "Float", "n", "1")))
            Assert.Equal([1, 2], Doubles(sample.Read(0, 2, 2)["x"]));
        using (ModelSample sample = Open(["x=one.npz", "y=3"], Input("x", "Float", "n", "1"), Input("y", "Float", "n", "1")))
            Assert.Equal([3, 3], Doubles(sample.Read(0, 2, 2)["y"]));
        Npz("two.npz", CompressionLevel.Optimal, ("a", "<f4", [2, 1], Raw(1f, 2)), ("b", "<f4", [2, 1], Raw(1f, 2)));
        Assert.Contains("holds a, b", Refused(["two.npz"], Input("x", "Float", "n", "1")).Message, StringComparison.Ordinal);
        Assert.Contains("holds a, b", Refused(["x=two.npz"], Input("x", "Float", "n", "1")).Message, StringComparison.Ordinal);
        Exception missing = Refused(["two.npz"], Input("a", "Float", "n", "1"), Input("x", "Float", "n", "1"));
        Assert.EndsWith("two.npz' holds a, b.", missing.Message, StringComparison.Ordinal);
        Assert.Contains("add --input x=FILE.npy", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_archive_is_named()
    {
        // Few different numbers are packed into a code, most of whose bits matter.
        Random random = new(1);
        byte[] numbers = [.. Enumerable.Range(0, 400_000).Select(_ => (byte)random.Next(7))];
        Npz("x.npz", CompressionLevel.Optimal, ("x", "|u1", [4000, 100], numbers));
        byte[] archive = File.ReadAllBytes(At("x.npz"));
        archive.AsSpan(archive.Length / 4, archive.Length / 2).Fill(0xFF);
        File.WriteAllBytes(At("x.npz"), archive);
        Exception refusal = Refused(["x.npz"], Input("x", "UInt8", "n", "100"));
        Assert.IsType<InvalidDataException>(refusal);
        Assert.StartsWith("'x' in '", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be unpacked", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_whose_samples_lie_behind_too_many_others_is_refused()
    {
        Npz("x.npz", CompressionLevel.Optimal, ("x", "|u1", [300, 5], new byte[1500]));
        Npy("x.npy", "|u1", [300, 5], [.. Enumerable.Range(0, 1500).Select(i => (byte)(i % 5))]);
        ModelInput input = Input("x", "Float", "time", "batch");
        Assert.Contains("samples along axis 1, behind 300 others", Refused(["x.npz"], input).Message, StringComparison.Ordinal);
        using ModelSample sample = Open(["x.npy"], input);
        Assert.Equal(5, sample.Rows);
        Assert.Equal(Enumerable.Repeat(2.0, 300), Doubles(sample.Read(2, 1, 1)["x"]));
    }

    [Theory]
    [InlineData("age,height\n1,2.5\n-3,1e3\n", 2)]
    [InlineData("1,2.5\n-3,1e3\n", 2)]
    [InlineData("1;2.5\r\n-3;1e3", 2)]
    [InlineData("1,2.5\n\n-3,1e3\n\n", 2)]
    [InlineData("\"a, b\",c\n\"1\", 2.5\n-3,1e3\n0,0\n", 3)]
    public void Tables_are_read_with_and_without_headings(string text, int rows)
    {
        File.WriteAllText(At("t.csv"), text);
        using ModelSample sample = Open(["t.csv"], Input("x", "Float", "n", "2"));
        Assert.Equal(rows, sample.Rows);
        Assert.Equal([-3, 1000], Doubles(sample.Read(1, 1, 1)["x"]));
        Assert.Equal([1, 2.5], Doubles(sample.Read(0, 1, 1)["x"]));
        Assert.Equal([1, 2.5, -3, 1000], Doubles(sample.Read(0, 2, 2)["x"]));
    }

    [Fact]
    public void A_table_holds_any_number_that_the_type_takes()
    {
        File.WriteAllText(At("t.csv"), "id\n9007199254740993\n18446744073709551615\n");
        File.WriteAllText(At("f.csv"), "nan\ninf\n-inf\n-0\n");
        File.WriteAllText(At("b.csv"), "True\nfalse\n1\n0\n\n\n");
        using ModelSample whole = Open(["t.csv"], Input("x", "UInt64", "n", "1"));
        Assert.Equal([9007199254740993, 18446744073709551615], whole.Read(0, 2, 2)["x"].GetTensorDataAsSpan<ulong>().ToArray());
        using ModelSample floats = Open(["f.csv"], Input("x", "Float", "n"));
        Assert.Equal([double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0], Doubles(floats.Read(0, 4, 4)["x"]));
        using ModelSample truths = Open(["b.csv"], Input("x", "Bool", "n"));
        Assert.Equal([1, 0, 1, 0], truths.Read(0, 4, 4)["x"].GetTensorMutableRawData().ToArray());
        // A blank line within a single column is a number that is missing.
        File.WriteAllText(At("m.csv"), "age\n1\n\n2\n");
        Assert.Contains("row 2, column 'age': nothing is there", Refused(["m.csv"], Input("x", "Float", "n", "1")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("age,height\n1,2\n3,tall\n", "t.csv', row 2, column 'height': 'tall' is no number.")]
    [InlineData("1,2\n3,tall\n", "t.csv', row 2, column 2: 'tall' is no number.")]
    [InlineData("age,height\n1,\n", "t.csv', row 1, column 'height': nothing is there")]
    [InlineData("age,height\n1,2\n3\n", "row 2: 1 fields, and the first line has 2")]
    [InlineData("age,2\n1,2\n", "'age' is no number and '2' is one")]
    [InlineData("age,height\n", "no rows")]
    [InlineData(",\n1,2\n", "first line of")]
    [InlineData("", "is empty")]
    [InlineData("age,height\n1,1e400\n", "1e400 does not fit; the input 'x' takes float32")]
    [InlineData("a,b,c\n1,2,3\n", "has the shape (1, 3); the input 'x' needs (n, 2).")]
    public void What_is_wrong_in_a_table_is_named(string text, string part)
    {
        File.WriteAllText(At("t.csv"), text);
        Assert.Contains(part, Refused(["t.csv"], Input("x", "Float", "n", "2")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_speech_model_takes_its_state_by_row_or_one_for_all()
    {
        // The inputs that Silero's voice detector declares; the model adds them up.
        GraphProto graph = new() { Name = "speech" };
        graph.Input.Add(Declared("input", TensorProto.Types.DataType.Float, "batch", "sequence"));
        graph.Input.Add(Declared("sr", TensorProto.Types.DataType.Int64));
        graph.Input.Add(Declared("h", TensorProto.Types.DataType.Float, "2", "batch", "64"));
        graph.Input.Add(Declared("c", TensorProto.Types.DataType.Float, "2", "batch", "64"));
        const int Whole = (int)TensorProto.Types.DataType.Int64;
        graph.Initializer.Add(new TensorProto { Name = "axes", DataType = Whole, Dims = { 2 }, Int64Data = { 0, 2 } });
        graph.Initializer.Add(new TensorProto { Name = "last", DataType = Whole, Dims = { 1 }, Int64Data = { 1 } });
        graph.Node.Add(Sum("input", "last", "of_input"));
        graph.Node.Add(Sum("h", "axes", "of_h"));
        graph.Node.Add(Sum("c", "axes", "of_c"));
        NodeProto cast = OnnxModel.Node("Cast", ["sr"], "rate");
        cast.Attribute.Add(OnnxModel.Attribute("to", 1));
        graph.Node.Add(cast);
        graph.Node.Add(OnnxModel.Node("Sum", ["of_input", "of_h", "of_c", "rate"], "y"));
        graph.Output.Add(Declared("y", TensorProto.Types.DataType.Float, "batch"));
        using SessionOptions options = OnnxSession.OnOneThread();
        using InferenceSession session = OnnxSession.Open(OnnxModel.Of(graph).ToByteArray(), options);
        IReadOnlyList<ModelInput> inputs = ModelInput.Of(session);
        Assert.Equal(
            [
                "'input' (float32, (batch, sequence))", "'sr' (int64, a single number)", "'h' (float32, (2, batch, 64))",
                "'c' (float32, (2, batch, 64))",
            ],
            inputs.Select(input => input.ToString()));

        const int Rows = 7;
        Npy("input.npy", "<f8", [Rows, 3], Raw([.. Enumerable.Range(0, Rows * 3).Select(i => (double)i)]));
        Npy("h.npy", "<f4", [2, Rows, 64], Raw([.. Enumerable.Range(0, 2 * Rows * 64).Select(i => (float)(i / 64 % Rows * 1000))]));
        Npy("c.npy", "<f4", [2, 1, 64], Raw([.. Enumerable.Repeat(0.5f, 128)]));
        using ModelSample sample = ModelSample.Open(
            [At("input.npy"), "sr=16000", $"h={At("h.npy")}", $"c={At("c.npy")}"], inputs, "speech.onnx");
        Assert.Equal((Rows, null), (sample.Rows, sample.FixedBatch));
        using RunOptions run = new();
        for (int row = 0; row < Rows; row += 3)
        {
            int rows = Math.Min(3, Rows - row);
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, sample.Read(row, rows, 3), ["y"]);
            float[] expected =
                [.. Enumerable.Range(0, 3).Select(i => row + (i % rows)).Select(r => (9 * r) + 3 + (128_000 * r) + 64 + 16_000)];
            Assert.Equal(expected, results[0].GetTensorDataAsSpan<float>().ToArray());
        }
        using ModelSample zeros = ModelSample.Open([At("input.npy"), "sr=8000", "h=zeros", "c=zeros"], inputs, "speech.onnx");
        using IDisposableReadOnlyCollection<OrtValue> silent = session.Run(run, zeros.Read(0, 2, 2), ["y"]);
        Assert.Equal([8003, 8012], silent[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Axes_without_names_are_told_by_their_place()
    {
        // As in the fifth version of that detector.
        ModelInput[] inputs = [Input("input", "Float", null, null), Input("state", "Float", "2", null, "128"), Input("sr", "Int64")];
        Npy("input.npy", "<f4", [5, 512], new byte[5 * 512 * 4]);
        using ModelSample sample = Open(["input.npy", "state=zeros", "sr=16000"], inputs);
        IReadOnlyDictionary<string, OrtValue> read = sample.Read(2, 3, 4);
        Assert.Equal([2, 4, 128], read["state"].GetTensorTypeAndShape().Shape);
        Assert.Equal([4, 512], read["input"].GetTensorTypeAndShape().Shape);
        Assert.Equal([], read["sr"].GetTensorTypeAndShape().Shape);
    }

    [Fact]
    public void A_number_fills_an_input_to_the_extents_of_the_others()
    {
        ModelInput[] inputs =
        [
            Input("ids", "Int64", "batch", "sequence"), Input("mask", "Int64", "batch", "sequence"),
            Input("types", "Int64", "batch", "sequence"), Input("past", "Float16", "batch", "2", "past", "3"),
        ];
        Npy("ids.npy", "<i4", [4, 6], new byte[96]);
        using ModelSample sample = Open(["ids=ids.npy", "mask=1", "types=zeros", "past=-0.5"], inputs);
        IReadOnlyDictionary<string, OrtValue> read = sample.Read(0, 3, 3);
        Assert.Equal([3, 6], read["mask"].GetTensorTypeAndShape().Shape);
        Assert.All(Doubles(read["mask"]), number => Assert.Equal(1, number));
        Assert.All(Doubles(read["types"]), number => Assert.Equal(0, number));
        Assert.Equal([3, 2, 1, 3], read["past"].GetTensorTypeAndShape().Shape);
        Assert.All(Doubles(read["past"]), number => Assert.Equal(-0.5, number));
        using ModelSample numbers = Open(["x=2"], Input("x", "Float", "10", "3"));
        Assert.Equal((10, 10), (numbers.Rows, numbers.FixedBatch));
        Assert.Equal(30, Doubles(numbers.Read(0, 10, 10)["x"]).Length);
        using ModelSample single = Open(["x=2"], Input("x", "Float", "n", "3"));
        Assert.Equal((1, null), (single.Rows, single.FixedBatch));
    }

    [Fact]
    public void A_fixed_batch_is_filled_with_the_same_rows_again()
    {
        Npy("x.npy", "<i8", [64, 1], Raw([.. Enumerable.Range(0, 64).Select(i => (long)i)]));
        ModelInput input = Input("x", "Float", "10", "1");
        using ModelSample sample = Open(["x.npy"], input);
        Assert.Equal((64, 10), (sample.Rows, sample.FixedBatch));
        for (int pass = 0; pass < 2; pass++)
        {
            for (int row = 0; row < 60; row += 10)
                Assert.Equal(Enumerable.Range(row, 10).Select(i => (double)i), Doubles(sample.Read(row, 10, 10)["x"]));
            Assert.Equal([60, 61, 62, 63, 60, 61, 62, 63, 60, 61], Doubles(sample.Read(60, 4, 10)["x"]));
        }
        Assert.Throws<ArgumentException>(() => sample.Read(0, 4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => sample.Read(60, 10, 10));
        Npy("few.npy", "<i8", [3, 1], Raw(5L, 6, 7));
        using ModelSample few = Open(["few.npy"], input);
        Assert.Equal((3, 10), (few.Rows, few.FixedBatch));
        Assert.Equal([5, 6, 7, 5, 6, 7, 5, 6, 7, 5], Doubles(few.Read(0, 3, 10)["x"]));
    }

    [Fact]
    public void A_fixed_batch_of_one_leads_all_inputs()
    {
        ModelInput[] inputs = [Input("h", "Float", "2", "1", "4"), Input("x", "Float", "1", "3")];
        Npy("x.npy", "<f4", [6, 3], new byte[72]);
        Npy("h.npy", "<f4", [2, 6, 4], Raw([.. Enumerable.Range(0, 48).Select(i => (float)(i / 4 % 6))]));
        using ModelSample sample = Open(["x=x.npy", "h=h.npy"], inputs);
        Assert.Equal((6, 1), (sample.Rows, sample.FixedBatch));
        Assert.All(Doubles(sample.Read(4, 1, 1)["h"]), number => Assert.Equal(4, number));
        Npy("h1.npy", "<f4", [2, 1, 4], Raw([.. Enumerable.Range(0, 8).Select(i => (float)i)]));
        using ModelSample whole = Open(["x=x.npy", "h=h1.npy"], inputs);
        Assert.Equal((6, 1), (whole.Rows, whole.FixedBatch));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Doubles(whole.Read(3, 1, 1)["h"]));
    }

    [Fact]
    public void An_axis_of_another_name_is_guessed_and_that_is_said()
    {
        ModelInput[] inputs = [Input("ids", "Int64", "unk__1", "unk__2"), Input("mask", "Int64", "unk__3", "unk__4")];
        Npy("ids.npy", "<i8", [3, 2], Raw(1L, 2, 3, 4, 5, 6));
        using ModelSample together = Open(["ids=ids.npy", "mask=ids.npy"], inputs);
        Assert.Equal([3, 4], Doubles(together.Read(1, 1, 1)["mask"]));
        Assert.Equal(["'mask' has 3 rows like the sample, and they are taken together."], together.Notes.Select(note => note.English));
        Npy("classes.npy", "<i8", [2, 1], Raw(8L, 9));
        using ModelSample apart = Open(["ids=ids.npy", "mask=classes.npy"], inputs);
        Assert.Equal([8, 9], Doubles(apart.Read(1, 1, 1)["mask"]));
        Assert.Equal(
            ["'mask' has 2 rows and the sample 3; all of them are given with each example."], apart.Notes.Select(note => note.English));
    }

    [Fact]
    public void An_input_of_any_shape_takes_the_file_as_it_is()
    {
        GraphProto graph = new() { Name = "any" };
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new() { TensorType = new() { ElemType = 1 } } });
        graph.Input.Add(Declared("scale", TensorProto.Types.DataType.Float));
        graph.Node.Add(OnnxModel.Node("Mul", ["x", "scale"], "y"));
        graph.Output.Add(new ValueInfoProto { Name = "y", Type = new() { TensorType = new() { ElemType = 1 } } });
        ModelProto model = OnnxModel.Of(graph);
        using SessionOptions options = OnnxSession.OnOneThread();
        using InferenceSession session = OnnxSession.Open(model.ToByteArray(), options);
        Npy("x.npy", "<f4", [3, 2], Raw(1f, 2, 3, 4, 5, 6));
        Npy("scale.npy", "<f4", [], Raw(10f));
        using ModelSample sample = ModelSample.Open(
            [$"x={At("x.npy")}", $"scale={At("scale.npy")}"], ModelInput.Of(session, model), "m.onnx");
        Assert.Equal(3, sample.Rows);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, sample.Read(1, 2, 2), ["y"]);
        Assert.Equal([30, 40, 50, 60], results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void What_is_given_wrongly_is_said_with_the_remedy()
    {
        ModelInput ids = Input("ids", "Int64", "batch", "sequence"), mask = Input("mask", "Bool", "batch", "sequence"),
            rate = Input("rate", "Float");
        Npy("ids.npy", "<i8", [3, 2], new byte[48]);
        Npy("more.npy", "<i8", [4, 2], new byte[64]);
        Npy("single.npy", "<i8", [2], new byte[16]);
        Npy("none.npy", "<i8", [0, 2], []);

        Exception missing = Refused(["ids=ids.npy"], ids, mask, rate);
        Assert.IsType<ArgumentException>(missing);
        Assert.Equal(
            "'m.onnx' also needs 'mask' (bool, (batch, sequence)), 'rate' (float32, a single number); "
            + "add --input mask=FILE.npy --input rate=NUMBER.",
            missing.Message);
        Exception unknown = Refused(["idz=ids.npy"], ids);
        Assert.IsType<ArgumentException>(unknown);
        Assert.Equal("'m.onnx' has no input 'idz'; it has 'ids' (int64, (batch, sequence)).", unknown.Message);
        Assert.Contains("given twice", Refused(["ids=ids.npy", "ids=ids.npy"], ids).Message, StringComparison.Ordinal);
        Assert.Contains("no input left", Refused(["ids=ids.npy", "ids.npy"], ids).Message, StringComparison.Ordinal);
        Assert.Contains("say NAME=", Refused(["ids.npy"], ids, mask).Message, StringComparison.Ordinal);
        Assert.Contains("neither a file nor a number", Refused(["ids=16k"], ids).Message, StringComparison.Ordinal);
        Exception large = Refused(["ids=ids.npy", "mask=1", "rate=1e39"], ids, mask, rate);
        Assert.Contains("'rate=1e39': the input 'rate' takes float32", large.Message, StringComparison.Ordinal);

        Exception rows = Refused(["ids=ids.npy", "mask=more.npy"], ids, mask);
        Assert.IsType<InvalidDataException>(rows);
        Assert.Equal(
            "'ids.npy' for 'ids' has 3 rows, and 'more.npy' for 'mask' 4; the inputs must have as many as each other, or one for all.",
            rows.Message.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        Assert.EndsWith(
            "has the shape (2); the input 'ids' needs (batch, sequence). "
            + "It seems to be a single example; give it the axis of the sample with numpy.expand_dims(array, 0).",
            Refused(["single.npy"], ids).Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "has the shape (3, 2); the input 'x' needs (n, 5).",
            Refused(["ids.npy"], Input("x", "Int64", "n", "5")).Message,
            StringComparison.Ordinal);
        Assert.Contains("no examples", Refused(["none.npy"], ids).Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "has the shape (3, 2); the input 'rate' needs a single number.", Refused(["ids.npy"], rate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Float")]
    [InlineData("Double")]
    public void A_large_file_is_never_in_memory(string type)
    {
        // 400 MB, of which next to nothing is on the disk.
        const int Rows = 100, Width = 1_000_000;
        Npy("x.npy", "<f4", [Rows, Width], []);
        using (FileStream file = new(At("x.npy"), FileMode.Open))
        {
            long start = file.Length;
            file.SetLength(start + ((long)Rows * Width * sizeof(float)));
            file.Position = start + (71L * Width * sizeof(float));
            file.Write(Raw(7f));
        }
        long before = GC.GetAllocatedBytesForCurrentThread(), workingSet = Environment.WorkingSet;
        double sum = 0;
        using (ModelSample sample = Open(["x.npy"], Input("x", type, "n", null)))
        {
            for (int row = 0; row < Rows; row++)
                sum += First(sample.Read(row, 1, 1)["x"]);
        }
        Assert.Equal(7, sum);
        // The runtime's own start is in it if no other test came before.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.InRange(Environment.WorkingSet - workingSet, long.MinValue, 100_000_000);
    }

    private static double First(OrtValue tensor) => tensor.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float
        ? tensor.GetTensorDataAsSpan<float>()[0]
        : tensor.GetTensorDataAsSpan<double>()[0];

    private static NodeProto Sum(string tensor, string axes, string output)
    {
        NodeProto node = OnnxModel.Node("ReduceSum", [tensor, axes], output);
        node.Attribute.Add(OnnxModel.Attribute("keepdims", 0));
        return node;
    }

    private static ValueInfoProto Declared(string name, TensorProto.Types.DataType type, params string[] axes)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(axes.Select(axis => long.TryParse(axis, CultureInfo.InvariantCulture, out long extent)
            ? new TensorShapeProto.Types.Dimension { DimValue = extent }
            : new TensorShapeProto.Types.Dimension { DimParam = axis }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }

    private static ModelInput Input(string name, string type, params string?[] axes) =>
        new(name, Enum.Parse<TensorElementType>(type), axes);

    private static byte[] Raw<T>(params ReadOnlySpan<T> numbers)
        where T : unmanaged => MemoryMarshal.AsBytes(numbers).ToArray();

    private static double[] Doubles(OrtValue tensor)
    {
        Span<byte> raw = tensor.GetTensorMutableRawData();
        return tensor.GetTensorTypeAndShape().ElementDataType switch
        {
            TensorElementType.Float => Doubles<float>(raw),
            TensorElementType.Double => Doubles<double>(raw),
            TensorElementType.Float16 => Doubles<Half>(raw),
            TensorElementType.BFloat16 =>
                [.. MemoryMarshal.Cast<byte, ushort>(raw).ToArray().Select(bits => (double)BFloat16.FromBits(bits))],
            TensorElementType.Int8 => Doubles<sbyte>(raw),
            TensorElementType.Int16 => Doubles<short>(raw),
            TensorElementType.Int32 => Doubles<int>(raw),
            TensorElementType.Int64 => Doubles<long>(raw),
            TensorElementType.UInt8 => Doubles<byte>(raw),
            TensorElementType.UInt16 => Doubles<ushort>(raw),
            TensorElementType.UInt32 => Doubles<uint>(raw),
            TensorElementType.UInt64 => Doubles<ulong>(raw),
            var other => throw new NotSupportedException($"{other}"),
        };
    }

    private static double[] Doubles<T>(Span<byte> raw)
        where T : unmanaged, INumberBase<T> => [.. MemoryMarshal.Cast<byte, T>(raw).ToArray().Select(double.CreateChecked)];

    private static byte[] Bytes(ModelSample sample, string input, long row, int rows, int batch) =>
        sample.Read(row, rows, batch)[input].GetTensorMutableRawData().ToArray();

    private ModelSample Open(string[] specifications, params ModelInput[] inputs) =>
        ModelSample.Open([.. specifications.Select(InFolder)], inputs, "m.onnx");

    // Some is refused when a sample is opened, and what is wrong with a number when it is read.
    private Exception Refused(string[] specifications, params ModelInput[] inputs) => Assert.ThrowsAny<Exception>(() =>
    {
        using ModelSample sample = Open(specifications, inputs);
        sample.Read(0, (int)sample.Rows, (int)sample.Rows);
    });

    private string InFolder(string specification)
    {
        int value = specification.IndexOf('=', StringComparison.Ordinal) + 1;
        return value == 0 || specification.Contains('.', StringComparison.Ordinal) && !double.TryParse(specification[value..], out _)
            ? specification[..value] + At(specification[value..])
            : specification;
    }

    private string At(string name) => Path.Combine(_folder, name);

    private void Npy(string name, string description, long[] shape, byte[] numbers, byte version = 1, bool fortran = false) =>
        File.WriteAllBytes(At(name), [.. Header(description, shape, version, fortran), .. numbers]);

    private void Npz(string name, CompressionLevel level, params (string Name, string Description, long[] Shape, byte[] Numbers)[] arrays)
    {
        using ZipArchive archive = ZipFile.Open(At(name), ZipArchiveMode.Create);
        foreach ((string array, string description, long[] shape, byte[] numbers) in arrays)
        {
            using Stream entry = archive.CreateEntry(array + ".npy", level).Open();
            entry.Write(Header(description, shape));
            entry.Write(numbers);
        }
    }

    private static byte[] Header(string description, long[] shape, byte version = 1, bool fortran = false)
    {
        string extents = string.Concat(shape.Select(extent => $"{extent}, "));
        string text = $"{{'descr': '{description}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({extents}), }}\n";
        byte[] size = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. size, .. Encoding.UTF8.GetBytes(text)];
    }
}
