using Google.Protobuf;

namespace Nonlinear.Tests;

/// <summary>
/// The file of a model in the pieces that may not change and those that may: nodes, and versions of operators. It is read by the tags
/// alone, with nothing of what edits models.
/// </summary>
internal sealed class WireSkeleton
{
    private const int Graph = 7, Versions = 8, Node = 1, NodeAttribute = 5, AttributeGraph = 6, AttributeGraphs = 11;

    private readonly List<string> _nodes = [], _versions = [], _rest = [];

    public WireSkeleton(byte[] file)
    {
        foreach ((int number, byte[] field, byte[] content) in Fields(file))
        {
            if (number == Graph)
                AddGraph(content);
            else
                (number == Versions ? _versions : _rest).Add(Convert.ToHexString(field));
        }
    }

    /// <summary>Each node, byte for byte, in the order of the file.</summary>
    public IReadOnlyList<string> Nodes => _nodes;

    /// <summary>Each version of operators that is named.</summary>
    public IReadOnlyList<string> OperatorVersions => _versions;

    /// <summary>All the rest.</summary>
    public IReadOnlyList<string> Rest => _rest;

    /// <summary>The nodes of this that are not in the other.</summary>
    public IReadOnlyList<string> NodesNotIn(WireSkeleton other)
    {
        List<string> left = [.. other._nodes];
        return [.. _nodes.Where(node => !left.Remove(node))];
    }

    /// <summary>The nodes that are in the other as well, in their order here.</summary>
    public IReadOnlyList<string> NodesAlsoIn(WireSkeleton other)
    {
        List<string> left = [.. other._nodes];
        return [.. _nodes.Where(left.Remove)];
    }

    private void AddGraph(byte[] graph)
    {
        foreach ((int number, byte[] field, byte[] content) in Fields(graph))
        {
            if (number != Node)
                _rest.Add(Convert.ToHexString(field));
            else if (!HasBodies(content))
                _nodes.Add(Convert.ToHexString(field));
            else
                AddOwner(content);
        }
    }

    private void AddOwner(byte[] node)
    {
        foreach ((int number, byte[] field, byte[] content) in Fields(node))
        {
            if (number != NodeAttribute)
            {
                _rest.Add(Convert.ToHexString(field));
                continue;
            }
            foreach ((int inner, byte[] innerField, byte[] innerContent) in Fields(content))
            {
                if (inner is AttributeGraph or AttributeGraphs)
                    AddGraph(innerContent);
                else
                    _rest.Add(Convert.ToHexString(innerField));
            }
        }
    }

    private static bool HasBodies(byte[] node) => Fields(node).Where(field => field.Number == NodeAttribute)
        .Any(attribute => Fields(attribute.Content).Any(field => field.Number is AttributeGraph or AttributeGraphs));

    private static List<(int Number, byte[] Field, byte[] Content)> Fields(byte[] message)
    {
        using CodedInputStream stream = new(message);
        List<(int, byte[], byte[])> fields = [];
        for (long start = 0; stream.ReadTag() is var tag and not 0; start = stream.Position)
        {
            byte[] content = [];
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                content = stream.ReadBytes().ToByteArray();
            else
                stream.SkipLastField();
            fields.Add((WireFormat.GetTagFieldNumber(tag), message[(int)start..(int)stream.Position], content));
        }
        return fields;
    }
}
