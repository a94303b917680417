using Onnx;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>Puts the nodes of a graph in an order in which each comes after those whose outputs it needs.</summary>
internal static class GraphOrder
{
    /// <summary>Sorts the nodes; those that stand in order stay where they are.</summary>
    /// <returns>A node on a circle, if there is one; the graph is then left as it was.</returns>
    public static NodeProto? Sort(GraphProto graph)
    {
        Dictionary<string, int> makers = [];
        for (int i = 0; i < graph.Node.Count; i++)
        {
            foreach (string output in graph.Node[i].Output.Where(output => output.Length > 0))
                makers[output] = i;
        }
        int[] missing = new int[graph.Node.Count];
        List<int>[] users = [.. graph.Node.Select(_ => new List<int>())];
        for (int i = 0; i < graph.Node.Count; i++)
        {
            foreach (int maker in Needed(graph.Node[i]).Distinct().Where(makers.ContainsKey).Select(input => makers[input]))
            {
                missing[i]++;
                users[maker].Add(i);
            }
        }
        PriorityQueue<int, int> ready = new();
        for (int i = 0; i < missing.Length; i++)
        {
            if (missing[i] == 0)
                ready.Enqueue(i, i);
        }
        List<NodeProto> sorted = [];
        while (ready.TryDequeue(out int node, out _))
        {
            sorted.Add(graph.Node[node]);
            foreach (int user in users[node])
            {
                if (--missing[user] == 0)
                    ready.Enqueue(user, user);
            }
        }
        if (sorted.Count < graph.Node.Count)
            return graph.Node[Array.FindIndex(missing, count => count > 0)];
        if (!sorted.SequenceEqual(graph.Node, ReferenceEqualityComparer.Instance))
        {
            graph.Node.Clear();
            graph.Node.Add(sorted);
        }
        return null;
    }

    // A body uses tensors of the graph around it without naming them as inputs; what it makes itself it does not need from there.
    private static IEnumerable<string> Needed(NodeProto node) => node.Input.Concat(node.Bodies().SelectMany(body => Needed(body.Graph)));

    private static IEnumerable<string> Needed(GraphProto body)
    {
        HashSet<string> own = [.. body.Node.SelectMany(node => node.Output), .. body.Input.Select(input => input.Name)];
        own.UnionWith(body.Initializer.Select(tensor => tensor.Name));
        return body.Node.SelectMany(Needed).Concat(body.Output.Select(output => output.Name)).Where(name => !own.Contains(name));
    }
}
