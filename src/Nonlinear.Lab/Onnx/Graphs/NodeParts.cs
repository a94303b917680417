using Onnx;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>What nodes are asked for, whatever their maker left out.</summary>
internal static class NodeParts
{
    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>What to call a node: its name, or the tensor it makes.</summary>
    public static string DisplayName(this NodeProto node) =>
        node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? node.OpType;

    /// <summary>Whether the node is an operator of ONNX itself.</summary>
    public static bool IsStandard(this NodeProto node) => node.Domain is "" or "ai.onnx";

    /// <summary>An input by its place; null if it is left out.</summary>
    public static string? InputAt(this NodeProto node, int place) =>
        place < node.Input.Count && node.Input[place].Length > 0 ? node.Input[place] : null;

    /// <summary>The first output; null if there is none.</summary>
    public static string? FirstOutput(this NodeProto node) => node.Output.FirstOrDefault(output => output.Length > 0);

    /// <summary>An attribute.</summary>
    public static AttributeProto? Find(this NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>A whole number among the attributes.</summary>
    public static long Whole(this NodeProto node, string name, long usual) => node.Find(name) is { } found ? found.I : usual;

    /// <summary>A number among the attributes.</summary>
    public static double Number(this NodeProto node, string name, double usual) => node.Find(name) is { } found ? found.F : usual;

    /// <summary>A text among the attributes.</summary>
    public static string Words(this NodeProto node, string name, string usual) =>
        node.Find(name) is { } found ? found.S.ToStringUtf8() : usual;

    /// <summary>The bodies of a node: branches of If, what Loop and Scan repeat.</summary>
    public static IEnumerable<(string Name, GraphProto Graph)> Bodies(this NodeProto node) =>
        node.Attribute.Where(attribute => attribute.G is not null).Select(attribute => (attribute.Name, attribute.G))
            .Concat(node.Attribute.SelectMany(attribute => attribute.Graphs.Select(graph => (attribute.Name, graph))));
}
