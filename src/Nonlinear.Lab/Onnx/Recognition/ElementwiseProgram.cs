using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>The function of one number that some nodes of a model compute, as a program that can be run in double precision.</summary>
internal sealed class ElementwiseProgram
{
    private readonly (Func<Dual?[], Dual> Compute, int[] Inputs)[] _steps;
    private readonly Dual?[] _constants;
    private readonly int _result;

    private ElementwiseProgram((Func<Dual?[], Dual>, int[])[] steps, Dual?[] constants, int result, string signature) =>
        (_steps, _constants, _result, Signature) = (steps, constants, result, signature);

    /// <summary>Whether all its constants are numbers of 16 bits, some of which are rounded from something else.</summary>
    public bool HasHalves => _constants.OfType<Dual>().All(constant => constant.Value is var value && (double)(Half)value == value)
        && _constants.OfType<Dual>().Any(constant => Math.Abs(constant.Value * 64 % 1) > 0);

    /// <summary>Texts of the operations and constants: programs with the same are the same function.</summary>
    public string Signature { get; }

    /// <summary>The program of nodes between two tensors.</summary>
    /// <param name="scope">The graph.</param>
    /// <param name="nodes">The nodes, each after what it needs.</param>
    /// <param name="from">The tensor that goes in.</param>
    /// <param name="to">The tensor that comes out.</param>
    public static ElementwiseProgram Of(OnnxScope scope, IReadOnlyList<NodeProto> nodes, string from, string to)
    {
        Dictionary<string, int> places = new() { [from] = 0 };
        List<Dual?> constants = [null];
        System.Text.StringBuilder signature = new();
        List<(Func<Dual?[], Dual>, int[])> steps = [];
        foreach (NodeProto node in nodes)
        {
            // What quantisation needs besides its input plays no part in the function.
            int used = node.OpType is "QuantizeLinear" or "DequantizeLinear" or "Dropout" ? 1 : node.Input.Count;
            int[] inputs = [.. node.Input.Take(used).Select(Place)];
            steps.Add((ElementwiseOperator.Compute(node, scope.OperatorVersion), inputs));
            places[node.FirstOutput()!] = -steps.Count;
            signature.Append(node.OpType).AppendJoin(',', inputs.Select(input => input > 0 ? $"={constants[input]?.Value:R}" : $"{input}"))
                .AppendJoin(
                    ' ',
                    node.Attribute.Select(attribute => $"{attribute.Name}:{attribute.F:R}{attribute.I}{attribute.S.ToBase64()}"))
                .Append(';');
        }
        return new([.. steps], [.. constants], places[to], signature.ToString());

        int Place(string name)
        {
            if (places.TryGetValue(name, out int place))
                return place;
            constants.Add(name.Length == 0 ? null : scope.Number(name));
            return places[name] = constants.Count - 1;
        }
    }

    /// <summary>The function at a number, with its slope.</summary>
    public Dual At(double x)
    {
        Span<Dual> made = new Dual[_steps.Length];
        for (int i = 0; i < _steps.Length; i++)
        {
            (Func<Dual?[], Dual> compute, int[] inputs) = _steps[i];
            Dual?[] values = new Dual?[inputs.Length];
            for (int j = 0; j < inputs.Length; j++)
                values[j] = inputs[j] < 0 ? made[-inputs[j] - 1] : inputs[j] == 0 ? new Dual(x, 1) : _constants[inputs[j]];
            made[i] = compute(values);
        }
        return _result < 0 ? made[-_result - 1] : new(x, 1);
    }
}
