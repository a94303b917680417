using System.Globalization;
using Onnx;

namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>Since when each operator of ONNX is as it is.</summary>
internal static class OperatorVersions
{
    private static readonly Lazy<Dictionary<string, (int Version, bool Same)[]>> Table = new(Read);

    /// <summary>What would not mean the same if a model named a later version of the operators; null if all would.</summary>
    /// <param name="model">The model.</param>
    /// <param name="from">The version that it names.</param>
    /// <param name="to">The later version.</param>
    /// <param name="except">Nodes that go.</param>
    public static string? Obstacle(ModelProto model, int from, int to, IReadOnlySet<NodeProto> except)
    {
        if (model.Functions.Count > 0)
            return "the model has functions of its own, which name versions themselves";
        foreach (NodeProto node in All(model.Graph).Where(node => node.Domain is "" or "ai.onnx" && !except.Contains(node)))
        {
            if (!Table.Value.TryGetValue(node.OpType, out (int Version, bool Same)[]? versions))
                return $"it is not known when {node.OpType} changed";
            foreach ((int version, bool same) in versions.Where(step => step.Version > from && step.Version <= to))
            {
                if (!same)
                    return string.Create(
                        CultureInfo.InvariantCulture, $"{node.OpType} is another operator from opset {version} on (node '{Name(node)}')");
            }
        }
        return null;
    }

    private static string Name(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "";

    private static IEnumerable<NodeProto> All(GraphProto graph) => graph.Node.SelectMany(node => node.Attribute
        .SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G))
        .SelectMany(All)
        .Prepend(node));

    // A line is an operator and its versions; one with '=' left nodes of the version before it as they were.
    private static Dictionary<string, (int, bool)[]> Read()
    {
        using Stream stream = typeof(OperatorVersions).Assembly.GetManifestResourceStream("operator-versions.txt")!;
        using StreamReader reader = new(stream);
        Dictionary<string, (int, bool)[]> table = [];
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            table.Add(parts[0], [.. parts[1..].Select(part => (
                int.Parse(part.TrimEnd('='), CultureInfo.InvariantCulture), part.EndsWith('=')))]);
        }
        return table;
    }
}
