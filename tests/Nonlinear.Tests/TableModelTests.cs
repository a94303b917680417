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

    /// <summary>Every function, also with each of its parameters at the first example that is not as usual.</summary>
    public static TheoryData<string> Functions { get; } =
    [
        .. TestCatalog.WholeLineNames.Select(row => row.Data),
        .. from function in TestCatalog.Elementwise
           from parameter in function.Info.Parameters
           from example in parameter.Examples.Where(example => example != parameter.Default).Take(1)
           select FormattableString.Invariant($"{function.Info.Name}({parameter.Name}={example})"),
        "swish(beta=learned)",
    ];

    [Theory]
    [MemberData(nameof(Functions))]
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

    // The parts that a model finds in a text are those that the table's reader found: the network learned from these.
    [Theory]
    [InlineData("yyyy-MM-dd")]
    [InlineData("d.M.yyyy")]
    [InlineData("yyyy/MM/dd HH:mm")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ")]
    [InlineData("yyyy-MM-dd HH:mm:ss+02:00")]
    [InlineData("M/d/yyyy h:mm tt")]
    [InlineData("MMM d yyyy")]
    [InlineData("MMMM d, yyyy h:mm:ss tt")]
    [InlineData("d-MMM-yyyy HH:mm")]
    [InlineData("MMM yyyy")]
    [InlineData("yyyy-MM")]
    public void A_saved_network_takes_dates_as_they_are_written(string format)
    {
        DateTime first = new(1899, 11, 28, 0, 30, 0, DateTimeKind.Utc);
        string[] texts =
        [
            .. Enumerable.Range(0, Rows).Select(i => i % 9 == 4 ? i % 2 == 0 ? "" : "NA" : first.AddHours(29237 * i).ToString(
                format.Replace("Z", "'Z'", StringComparison.Ordinal).Replace("+02:00", "'+02:00'", StringComparison.Ordinal),
                System.Globalization.CultureInfo.InvariantCulture)),
        ];
        string table = string.Join('\n', texts.Select((text, i) => $"{text};{i * i}").Prepend("when;y"));
        Dataset data = TableReader.Read(DelimitedTable.Read(table, "t.csv"), new("y"));
        Assert.IsType<DateColumn>(Assert.Single(data.Columns));
        Assert.Equal("when is missing", data.Features[^1]);
        Assert.Equal(format.Contains('d', StringComparison.Ordinal), data.Features.Contains("when: weekday"));
        Assert.Equal(format.Contains(':', StringComparison.Ordinal), data.Features.Contains("when: hour"));
        (Network network, Scaling scaling) = Untrained(data, "relu");
        using RuntimeModel model = new(TableModel.Write(network, data, scaling));
        Assert.Equal(["when"], model.Inputs);
        using OrtValue when = Texts(texts);
        double[] answers = model.Run(new() { ["when"] = when })[0].GetTensorDataAsSpan<double>().ToArray();
        float[] own = Outputs(network, scaling.Apply(data, Enumerable.Range(0, Rows).ToArray()));
        for (int i = 0; i < Rows; i++)
            Assert.Equal(scaling.TargetMean + (scaling.TargetDeviation * own[i]), answers[i], scaling.TargetDeviation * 1e-4);
    }

    [Fact]
    public void Dates_that_are_not_written_alike_are_taken_in_parts_and_that_is_said()
    {
        DateTime first = new(2024, 1, 30, 0, 0, 0, DateTimeKind.Utc);
        string table = string.Join(
            '\n',
            Enumerable.Range(0, Rows)
                .Select(i => $"{first.AddDays(i).ToString(i % 2 == 0 ? "yyyy-MM-dd" : "yyyy'/'M'/'d", null)};{i}")
                .Prepend("when;y"));
        Dataset data = TableReader.Read(DelimitedTable.Read(table, "t.csv"), new("y"));
        Assert.All(data.Columns, column => Assert.IsType<NumberColumn>(column));
        Assert.Contains(
            data.Notes, note => note.English.Contains("takes 'when: month', 'when: weekday' in their place", StringComparison.Ordinal));
    }

    // Running means that nobody exported, turned weights or a shortcut from the wrong place would each show.
    [Theory]
    [InlineData("relu")]
    [InlineData("maxout")]
    [InlineData("prelu")]
    [InlineData("prelu(alpha=learned-per-unit)")]
    [InlineData("swish(beta=learned)")]
    public void What_was_trained_is_what_is_saved_with_convolutions_normalisation_shortcuts_and_dropout(string activation)
    {
        Dataset digits = Digits.Data with
        {
            Inputs = Digits.Data.Inputs[..(600 * 64)],
            Targets = Digits.Data.Targets[..600],
        };
        (DataPart train, _, DataPart test) = digits.Split(1);
        NetworkPlan plan = new(train.Features, [12, 12, 12], train.Outputs, HiddenActivation.Parse(activation), Initialisation.He)
        {
            Picture = new(8, 8),
            Filters = [3, 4],
            Normalised = true,
            Residual = true,
            Dropout = 0.1,
        };
        Network network = new(plan, seed: 1);
        Assert.Equal(2, network.Shortcuts.Count);
        Trainer trainer = new(network, train, new AdamPlan(0.01), batchSize: 32, seed: 1);
        for (int epoch = 0; epoch < 20; epoch++)
            trainer.Epoch(TestContext.Current.CancellationToken);
        Assert.True(Evaluation.Of(network, test).Score > 0.5);
        using RuntimeModel model = new(TableModel.Write(network, digits, digits.ScalingOf(1)));
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(digits.Inputs, [600, 64]);
        float[] probabilities = model.Run(new() { ["x"] = x })[1].GetTensorDataAsSpan<float>().ToArray();
        float[] own = Outputs(network, digits.ScalingOf(1).Apply(digits, Enumerable.Range(0, 600).ToArray()));
        for (int row = 0; row < 600; row++)
        {
            double[] powers = [.. own.AsSpan(row * 10, 10).ToArray().Select(value => Math.Exp(value))];
            for (int label = 0; label < 10; label++)
                Assert.Equal(powers[label] / powers.Sum(), probabilities[(row * 10) + label], 1e-4);
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
