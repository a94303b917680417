using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Data.Tables;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Training;
using Nonlinear.Training;

namespace Nonlinear.Tests;

/// <summary>Saved networks take a table as it is, in ONNX Runtime alone.</summary>
public class TableModelTests
{
    private const int Rows = 80;

    [Fact]
    public void A_network_for_numbers_answers_in_the_unit_of_the_target()
    {
        // Times of which a float would keep nothing, a colour, a gap, and a target far from 0.
        string[] colours = ["red", "green", "blue"];
        Dataset data = Read(
            i => $"{1_700_000_000_000 + (i * 1000)},{colours[i % 3]},{(i % 7 == 0 ? "" : $"{i % 5}")},{1_700_000_000_000 + (i * i)}");
        (Network network, Scaling scaling) = Untrained(data, "relu");
        using RuntimeModel model = new(TableModel.Write(network, data, scaling));
        Assert.Equal(["t", "colour", "x"], model.Inputs);
        Assert.Equal(["y"], model.Outputs);
        using OrtValue t = Doubles([.. Enumerable.Range(0, Rows).Select(i => 1_700_000_000_000 + (i * 1000.0))]);
        using OrtValue colour = Texts([.. Enumerable.Range(0, Rows).Select(i => colours[i % 3])]);
        using OrtValue x = Doubles([.. Enumerable.Range(0, Rows).Select(i => i % 7 == 0 ? double.NaN : i % 5)]);
        double[] answers = model.Run(new() { ["t"] = t, ["colour"] = colour, ["x"] = x })[0].GetTensorDataAsSpan<double>().ToArray();
        float[] own = Outputs(network, scaling.Apply(data, Enumerable.Range(0, Rows).ToArray()));
        for (int i = 0; i < Rows; i++)
            Assert.Equal(scaling.TargetMean + (scaling.TargetDeviation * own[i]), answers[i], scaling.TargetDeviation * 1e-4);
        // What was never seen belongs to no colour, and is no error.
        using OrtValue unknown = Texts([.. Enumerable.Repeat("mauve", Rows)]);
        Assert.All(
            model.Run(new() { ["t"] = t, ["colour"] = unknown, ["x"] = x })[0].GetTensorDataAsSpan<double>().ToArray(),
            answer => Assert.True(double.IsFinite(answer)));
    }

    [Theory]
    [InlineData("gelu")]
    [InlineData("mish")]
    [InlineData("snake")]
    [InlineData("swish(beta=learned)")]
    public void A_network_for_classes_names_them(string activation)
    {
        Dataset data = Read(i => $"{i},b,{i % 5},{(i % 2 == 0 ? "early" : "late")}", constant: true);
        (Network network, Scaling scaling) = Untrained(data, activation);
        using RuntimeModel model = new(TableModel.Write(network, data, scaling));
        Assert.Equal(["y", "probabilities"], model.Outputs);
        using OrtValue t = Doubles([.. Enumerable.Range(0, Rows).Select(i => (double)i)]);
        using OrtValue x = Doubles([.. Enumerable.Range(0, Rows).Select(i => i % 5.0)]);
        IReadOnlyList<OrtValue> answers = model.Run(new() { ["t"] = t, ["x"] = x });
        float[] own = Outputs(network, scaling.Apply(data, Enumerable.Range(0, Rows).ToArray()));
        string[] names = answers[0].GetStringTensorAsArray();
        float[] probabilities = answers[1].GetTensorDataAsSpan<float>().ToArray();
        for (int i = 0; i < Rows; i++)
        {
            Assert.Equal(own[2 * i] >= own[(2 * i) + 1] ? "early" : "late", names[i]);
            Assert.Equal(1 / (1 + Math.Exp(own[(2 * i) + 1] - own[2 * i])), probabilities[2 * i], 1e-4);
        }
    }

    private static Dataset Read(Func<int, string> row, bool constant = false)
    {
        string text = string.Join('\n', Enumerable.Range(0, Rows).Select(row).Prepend("t,colour,x,y"));
        return TableReader.Read(DelimitedTable.Read(text, "t.csv"), new("y") { Ignored = constant ? ["colour"] : [] });
    }

    private static (Network Network, Scaling Scaling) Untrained(Dataset data, string activation)
    {
        DataPart train = data.Split(1).Train;
        Network network = new(
            new(train.Features, [6, 5], train.Outputs, HiddenActivation.Parse(activation), Initialisation.He) { Bias = 0.1 }, 1);
        return (network, data.ScalingOf(1));
    }

    private static float[] Outputs(Network network, DataPart data)
    {
        Pass pass = new(network, data.Count);
        data.Inputs.CopyTo(pass.Input);
        pass.Forward(data.Count, training: false);
        return pass.Output.ToArray();
    }

    private static OrtValue Doubles(double[] column) => OrtValue.CreateTensorValueFromMemory(column, [column.Length, 1]);

    private static OrtValue Texts(string[] column)
    {
        OrtValue value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [column.Length, 1]);
        for (int i = 0; i < column.Length; i++)
            value.StringTensorSetElementAt(column[i], i);
        return value;
    }

    /// <summary>A model in the runtime.</summary>
    private sealed class RuntimeModel : IDisposable
    {
        private readonly SessionOptions _options = OnnxSession.OnOneThread();
        private readonly InferenceSession _session;
        private readonly RunOptions _run = new();
        private readonly List<IDisposable> _answers = [];

        public RuntimeModel(byte[] model) => _session = OnnxSession.Open(model, _options);

        public IReadOnlyList<string> Inputs => _session.InputNames;

        public IReadOnlyList<string> Outputs => _session.OutputNames;

        public IReadOnlyList<OrtValue> Run(Dictionary<string, OrtValue> inputs)
        {
            IDisposableReadOnlyCollection<OrtValue> answers =
                _session.Run(_run, [.. inputs.Keys], [.. inputs.Values], _session.OutputNames);
            _answers.Add(answers);
            return [.. answers];
        }

        public void Dispose()
        {
            foreach (IDisposable answer in _answers)
                answer.Dispose();
            _run.Dispose();
            _session.Dispose();
            _options.Dispose();
        }
    }
}
