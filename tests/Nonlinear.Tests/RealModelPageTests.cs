using System.Text;
using Nonlinear.Lab.Onnx.Recognition;

namespace Nonlinear.Tests;

/// <summary>docs/models.md says what is found in models that packages ship; its table is written from what is found.</summary>
[Trait("Speed", "slow")]
public class RealModelPageTests
{
    private const string Start = "| package | model |";

    private static readonly string Page = Path.Combine(FolderGraph.Root, "docs", "models.md");

    [Fact]
    public void The_table_of_real_models_is_what_is_found()
    {
        string table = Table();
        string[] lines = File.ReadAllLines(Page);
        int first = Array.FindIndex(lines, line => line.StartsWith(Start, StringComparison.Ordinal));
        int last = first;
        while (lines[last + 1].StartsWith('|'))
            last++;
        if (Environment.GetEnvironmentVariable("NONLINEAR_ACCEPT") == "1")
        {
            File.WriteAllText(Page, string.Join('\n', lines[..first]) + "\n" + table + string.Join('\n', lines[(last + 1)..]) + "\n");
            return;
        }
        Assert.Equal(table, string.Concat(lines[first..(last + 1)].Select(line => line + "\n")));
    }

    private static string Table()
    {
        StringBuilder table = new(Start + " listed | found | what |\n| --- | --- | --- | --- | --- |\n");
        foreach (RealModel model in RealModels.All)
        {
            string file = model.File;
            (IReadOnlyList<ListedActivation> listed, IReadOnlyList<string> unread) = RealModelTests.Listing(file);
            ReadableModel found = ReadableModel.Read(file);
            string[] what =
            [
                .. found.Activations.Select(activation => activation.Function!.Name + Role(found.RoleOf(activation))),
                .. found.Softmaxes.Select(softmax => softmax.Node.OpType == "Softmax" ? "softmax" : "log_softmax"),
                .. found.Recurrent.Select(recurrent => recurrent.Node.OpType),
            ];
            string left = string.Concat(found.Left.Select(
                left => $"; {left.Node.OpType} `{found.Scope.NameOf(left.Node)}` left out: {left.Reason.English}"));
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {model.Package} | {model.Name} | {listed.Count}")
                .Append(unread.Count > 0 ? $" and {unread.Count} unread" : "")
                .Append(System.Globalization.CultureInfo.InvariantCulture, $" | {what.Length} | ")
                .Append(what.Length > 0 ? RealModelTests.Count(what) : "none").Append(left).Append(" |\n");
        }
        return table.ToString();

        static string Role((bool IsOutput, bool IsGate) role) => role.IsOutput ? " (output)" : role.IsGate ? " (gate)" : "";
    }
}
