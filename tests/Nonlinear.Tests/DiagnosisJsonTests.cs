using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Tests;

public class DiagnosisJsonTests
{
    private static readonly JsonSchema Schema =
        JsonSchema.FromText(File.ReadAllText(Path.Combine(FolderGraph.Root, "docs/diagnosis.schema.json")));

    [Fact]
    public void What_is_written_is_what_the_schema_says()
    {
        ModelDiagnosis model = Model();
        DiagnosisComparison comparison = DiagnosisComparison.Of(
            model with { Model = "old.onnx", Activations = [model.Activations[0] with { DeadUnits = [] }] }, model);
        foreach (string json in (string[])
            [
                Diagnostician.ToJson(model),
                Diagnostician.ToJson(model, comparison),
                Diagnostician.ToJson(model with { Activations = [], LeftOut = [], NonFinite = null }),
            ])
            Assert.Equal("", Problems(json));
    }

    [Fact]
    public void Every_field_that_is_written_is_described_and_required()
    {
        ModelDiagnosis model = Model();
        using JsonDocument written = JsonDocument.Parse(Diagnostician.ToJson(model, DiagnosisComparison.Of(model, model)));
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(FolderGraph.Root, "docs/diagnosis.schema.json")));
        JsonElement kinds = schema.RootElement.GetProperty("$defs");
        JsonElement activation = written.RootElement.GetProperty("activations")[0];
        Same(written.RootElement, schema.RootElement);
        Same(activation, kinds.GetProperty("activation"));
        Same(activation.GetProperty("inputs"), kinds.GetProperty("quantiles").GetProperty("oneOf")[1]);
        Same(
            written.RootElement.GetProperty("activations")[1].GetProperty("softmax"),
            kinds.GetProperty("softmax").GetProperty("oneOf")[1]);
        Same(written.RootElement.GetProperty("nonFinite"), kinds.GetProperty("nonFinite").GetProperty("oneOf")[1]);
        Same(written.RootElement.GetProperty("comparison"), kinds.GetProperty("comparison"));
        string page = File.ReadAllText(Path.Combine(FolderGraph.Root, "docs/diagnosis.md"));
        Assert.All(
            activation.EnumerateObject().Concat(written.RootElement.EnumerateObject()),
            field => Assert.Contains($"`{field.Name}`", page, StringComparison.Ordinal));
        Assert.Equal(
            Verdict.All.Select(verdict => verdict.English),
            kinds.GetProperty("activation").GetProperty("properties").GetProperty("verdict").GetProperty("enum").EnumerateArray()
                .Select(word => word.GetString()));

        static void Same(JsonElement value, JsonElement described)
        {
            string[] fields = [.. value.EnumerateObject().Select(field => field.Name).Order()];
            Assert.Equal(fields, described.GetProperty("properties").EnumerateObject().Select(field => field.Name).Order());
            Assert.Equal(fields, described.GetProperty("required").EnumerateArray().Select(field => field.GetString()).Order());
        }
    }

    [Fact]
    public void The_schema_refuses_what_is_not_so()
    {
        foreach (Action<JsonNode> spoil in (Action<JsonNode>[])
            [
                root => root["schema"] = 2,
                root => root["rows"] = -1,
                root => root["activations"]![0]!["role"] = "Hidden",
                root => root["activations"]![0]!["mean"] = null,
                root => root["activations"]![0]!["deadUnits"] = new JsonArray(1.5),
                root => root["activations"]![0]!["verdict"] = "well",
                root => root["nonFinite"]!.AsObject().Remove("rows"),
            ])
        {
            JsonNode root = JsonNode.Parse(Diagnostician.ToJson(Model()))!;
            spoil(root);
            Assert.NotEqual("", Problems(root.ToJsonString()));
        }
    }

    [Fact]
    public void Numbers_of_units_stand_on_one_line_and_what_is_no_number_is_a_text()
    {
        string json = Diagnostician.ToJson(Model());
        Assert.Contains("\"deadUnits\": [1,4],\n", json, StringComparison.Ordinal);
        Assert.Contains("\"gradientShare\": \"NaN\"", json, StringComparison.Ordinal);
        Assert.Contains("\"role\": \"output\"", json, StringComparison.Ordinal);
        Assert.Contains("\"naNs\": 2", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Activations_are_matched_by_name_and_then_in_their_order()
    {
        ActivationDiagnosis Named(string name, string function, int units, params int[] dead) => Model().Activations[0] with
        {
            Name = name, Function = function, Units = units, DeadUnits = dead,
        };
        ModelDiagnosis before = Model() with
        {
            Activations =
            [
                Named("a", "relu", 9, 1, 2), Named("b1", "gelu", 8), Named("c", "tanh", 7), Named("d1", "prelu(alpha=0.1…0.2)", 6, 3),
                Named("e", "relu", 5),
            ],
        };
        ModelDiagnosis after = Model() with
        {
            Activations =
            [
                // One function put in the place of another, and what was named anew.
                Named("a", "gelu", 9, 2, 5, 6), Named("new", "mish", 8), Named("b2", "gelu", 8), Named("c", "tanh", 7),
                Named("d2", "prelu(alpha=0.3…0.4)", 6),
            ],
        };
        DiagnosisComparison comparison = DiagnosisComparison.Of(before, after);
        Assert.Equal(
            [("a", "a"), ("b1", "b2"), ("c", "c"), ("d1", "d2")],
            comparison.Changes.Select(change => (change.Before.Name, change.After.Name)));
        Assert.Equal(["e"], comparison.OnlyBefore);
        Assert.Equal(["new"], comparison.OnlyAfter);
        Assert.Equal([5, 6], comparison.Changes[0].DeadGained);
        Assert.Equal([1], comparison.Changes[0].DeadLost);
        Assert.Equal([true, false, false, true], comparison.Changes.Select(change => change.VerdictChanged || change.DeadLost.Count == 1));
        Assert.Empty(comparison.Changes[2].DeadGained);
    }

    private static string Problems(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        EvaluationResults results = Schema.Evaluate(document.RootElement, new() { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? ""
            : string.Join('\n', results.Details!.Where(detail => detail.Errors is not null).SelectMany(
                detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")).Prepend("not valid"));
    }

    private static ModelDiagnosis Model()
    {
        float[] biases = [0, -50, 1, 0.5f, -50];
        ActivationDiagnosis relu = WatchedUnits.Of("first", "relu", 40, biases);
        ActivationDiagnosis softmax = WatchedUnits.Of("last", "sigmoid", 40, biases, ActivationRole.Output) with
        {
            Function = "softmax",
            Softmax = new(0.2, 0.5, 0.1),
            Nonlinearity = double.NaN,
            GradientShare = double.NaN,
            UnitMeans = [float.NaN, 1, 2, 3, 4],
        };
        LeftOut left = new("If_1", "If", new("its branches did not run", "其分支没有运行"));
        return new("m.onnx", 40, 8, [relu, softmax], [left], new("x", "input", "x", 2, 0, 1));
    }
}
