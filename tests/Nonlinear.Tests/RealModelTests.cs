using Nonlinear.Lab.Diagnosis;
using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Recognition;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>The activations of models that packages ship.</summary>
[Trait("Speed", "slow")]
public sealed class RealModelTests : IDisposable
{
    private const string BranchNotTaken = "it is in a branch that was not taken";

    private readonly string _folder = Directory.CreateTempSubdirectory("real-").FullName;

    public static TheoryData<string> Names { get; } = [.. RealModels.All.Select(model => model.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void All_activations_are_seen_at_work_each_in_its_role(string name)
    {
        RealModel model = RealModels.Named(name);
        DiagnosisOptions options = new(model.File, model.WriteSample(_folder), null, []);
        if ((model.Expected, model.LeftOut) == ("", ""))
        {
            Assert.Contains("has no activation", Assert.Throws<InvalidDataException>(Diagnose).Message, StringComparison.Ordinal);
            return;
        }
        ModelDiagnosis diagnosis = Diagnose();
        Assert.Equal(model.Expected, Counts(diagnosis.Activations));
        Assert.Equal(model.NotTaken, diagnosis.LeftOut.Count(left => left.Reason.Contains(BranchNotTaken, StringComparison.Ordinal)));
        IEnumerable<string> others = diagnosis.LeftOut.Where(left => !left.Reason.Contains(BranchNotTaken, StringComparison.Ordinal))
            .Select(left => $"{left.Operation} {left.Name}: {left.Reason}");
        Assert.Equal(model.LeftOut, string.Join(", ", others));
        Assert.Null(diagnosis.NonFinite);
        Assert.All(diagnosis.Activations, activation => Assert.True(double.IsFinite(activation.Mean) && activation.Variance >= 0));

        ModelDiagnosis Diagnose() => Diagnostician.Diagnose(options, cancellation: TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_activations_are_found_as_by_reading_the_graph(string name)
    {
        string file = RealModels.Named(name).File;
        (IReadOnlyList<ListedActivation> listed, IReadOnlyList<string> unread) = Listing(file);
        ReadableModel found = ReadableModel.Read(file);
        Assert.Equal(listed.Select(Text).Order(StringComparer.Ordinal), Found(found).Order(StringComparer.Ordinal));
        Assert.Equal(
            unread.Order(StringComparer.Ordinal),
            found.Left.Select(left => $"{left.Node.OpType} {left.Node.Output[0]}").Order(StringComparer.Ordinal));
    }

    /// <summary>What reading the graph of a file finds.</summary>
    internal static (IReadOnlyList<ListedActivation> Activations, IReadOnlyList<string> Unread) Listing(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return ActivationListing.Of(ModelProto.Parser.ParseFrom(stream));
    }

    /// <summary>The number of each kind, in the order of their first.</summary>
    internal static string Count(IEnumerable<string> kinds) =>
        string.Join(", ", kinds.GroupBy(kind => kind).Select(group => $"{group.Count()} {group.Key}"));

    private static string Counts(IEnumerable<ActivationDiagnosis> activations) =>
        Count(activations.Select(activation => $"{activation.Function} {activation.Role.ToString().ToLowerInvariant()}"));

    private static IEnumerable<string> Found(ReadableModel model)
    {
        foreach (FoundActivation activation in model.Activations)
        {
            RecognisedFunction function = activation.Function ?? throw new InvalidDataException($"{activation.Name} has no name");
            // The usual hard swish and hard sigmoid have no parameters written, but they have them.
            yield return Text(new(
                activation.Output, activation.Input, function.Function.Info.Name, [.. function.Function.ParameterValues], function.Low));
            Assert.Equal(double.PositiveInfinity, function.High);
        }
        foreach ((OnnxScope Scope, NodeProto Node) at in model.Softmaxes)
            yield return Text(new(at.Node.Output[0], at.Node.Input[0], at.Node.OpType == "Softmax" ? "softmax" : "log_softmax", []));
        foreach ((OnnxScope Scope, NodeProto Node) at in model.Recurrent)
            yield return Text(new(at.Node.Output[0], at.Node.Input[0], at.Node.OpType, []));
    }

    private static string Text(ListedActivation activation) =>
        $"{activation.Input} → {activation.Function}({string.Join("; ", activation.Parameters.Select(Digits))})"
        + $" ≥ {Digits(activation.Low)} → {activation.Tensor}";

    private static string Digits(double value) => value.ToString("G5", System.Globalization.CultureInfo.InvariantCulture);
}
