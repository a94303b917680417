using Nonlinear.Lab.Onnx.Runtime;

namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>The tensors of a recurrent operator, read by time step, sequence and direction in either of its layouts.</summary>
internal sealed class OperatorTensors
{
    private readonly RecurrentNode _node;
    private readonly IReadOnlyList<TappedTensor?> _inputs, _outputs;

    /// <summary>The tensors of a run.</summary>
    /// <exception cref="UnfollowedException">Their shapes do not belong together.</exception>
    public OperatorTensors(RecurrentNode node, IReadOnlyList<TappedTensor?> inputs, IReadOnlyList<TappedTensor?> outputs)
    {
        (_node, _inputs, _outputs) = (node, inputs, outputs);
        if (Input(0) is not { Shape: [var first, var second, var width] })
            throw Wrong(new("its input X has no three axes", "其输入 X 不是三个轴"));
        (Steps, Sequences) = node.BatchFirst ? (checked((int)second), checked((int)first)) : (checked((int)first), checked((int)second));
        InputSize = checked((int)width);
        Lengths = ReadLengths();
        Expect(Input(5), "initial_h", StateShape);
        Expect(Input(6), "initial_c", StateShape);
        Expect(Output(1), "Y_h", StateShape);
        Expect(Output(2), "Y_c", StateShape);
        Expect(
            Output(0),
            "Y",
            node.BatchFirst ? [Sequences, Steps, Directions, Hidden] : [Steps, Directions, Sequences, Hidden]);
        if (Output(0) is null && Output(1) is null && Output(2) is null)
            throw new ArgumentException("An output of the operator is needed, to compare with.", nameof(outputs));
    }

    /// <summary>How many time steps there are at most.</summary>
    public int Steps { get; }

    /// <summary>How many sequences there are.</summary>
    public int Sequences { get; }

    /// <summary>How many numbers each time step has.</summary>
    public int InputSize { get; }

    /// <summary>The length of each sequence.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>Whether the outputs of all time steps are known.</summary>
    public bool HasAllStates => Output(0) is not null;

    /// <summary>Whether a number that goes in, weights included, is NaN or infinite.</summary>
    public bool HasNonFiniteInput => _inputs.Any(tensor => tensor is { IsFloatingPoint: true } numbers && !IsFinite(numbers));

    private int Hidden => _node.HiddenSize;

    private int Directions => _node.Reverse.Count;

    private long[] StateShape => _node.BatchFirst ? [Sequences, Directions, Hidden] : [Directions, Sequences, Hidden];

    /// <summary>The error of an operator whose tensors do not allow its gates to be recomputed.</summary>
    public UnfollowedException Wrong(Text why) => new(new Text(
        $"The {_node.Operator} gates could not be recomputed: {why.English}.", $"{_node.Operator} 的门无法重新计算：{why.Chinese}。"));

    /// <summary>A direction's part of weights with two further axes.</summary>
    public float[] Slice(int position, int direction, int rows, int columns)
    {
        TappedTensor tensor = Input(position) ?? throw Wrong(new("it has no weights", "它没有权重"));
        Expect(tensor, position == 1 ? "W" : "R", [Directions, rows, columns]);
        float[] part = new float[checked(rows * columns)];
        tensor.Read((long)direction * part.Length, part);
        return part;
    }

    /// <summary>A direction's part of weights with one further axis, or zeros where the operator has none.</summary>
    public float[] SliceOrZeros(int position, int direction, int length)
    {
        float[] part = new float[length];
        if (Input(position) is not { } tensor)
            return part;
        Expect(tensor, position == 3 ? "B" : "P", [Directions, length]);
        tensor.Read((long)direction * length, part);
        return part;
    }

    /// <summary>Reads what goes in at a time step of a sequence.</summary>
    public void ReadInput(int step, int sequence, Span<float> x)
    {
        long row = _node.BatchFirst ? ((long)sequence * Steps) + step : ((long)step * Sequences) + sequence;
        Input(0)!.Value.Read(row * InputSize, x);
    }

    /// <summary>Reads the state of a sequence before its first step: of the hidden units, or of the cells; 0 where there is none.</summary>
    public void ReadInitial(bool cells, int direction, int sequence, Span<float> state)
    {
        if (Input(cells ? 6 : 5) is { } tensor)
            tensor.Read(StateStart(direction, sequence), state);
        else
            state.Clear();
    }

    /// <summary>Reads the state of a sequence behind a time step, as the runtime has it; false if it does not show it.</summary>
    public bool TryReadState(int step, int direction, int sequence, Span<float> state)
    {
        if (Output(0) is not { } tensor)
            return false;
        long row = _node.BatchFirst
            ? ((((long)sequence * Steps) + step) * Directions) + direction
            : ((((long)step * Directions) + direction) * Sequences) + sequence;
        tensor.Read(row * Hidden, state);
        return true;
    }

    /// <summary>Reads the state of a sequence behind its last step, as the runtime has it; false if it does not show it.</summary>
    public bool TryReadFinal(bool cells, int direction, int sequence, Span<float> state)
    {
        if (Output(cells ? 2 : 1) is not { } tensor)
            return false;
        tensor.Read(StateStart(direction, sequence), state);
        return true;
    }

    private static bool IsFinite(TappedTensor tensor)
    {
        float[] part = new float[Math.Min(tensor.Count, 4096)];
        for (long start = 0; start < tensor.Count; start += part.Length)
        {
            Span<float> rest = part.AsSpan(0, (int)Math.Min(part.Length, tensor.Count - start));
            tensor.Read(start, rest);
            foreach (float value in rest)
            {
                if (!float.IsFinite(value))
                    return false;
            }
        }
        return true;
    }

    private TappedTensor? Input(int position) => position < _inputs.Count ? _inputs[position] : null;

    private TappedTensor? Output(int position) => position < _outputs.Count ? _outputs[position] : null;

    private long StateStart(int direction, int sequence) => Hidden
        * (_node.BatchFirst ? ((long)sequence * Directions) + direction : ((long)direction * Sequences) + sequence);

    private int[] ReadLengths()
    {
        int[] lengths = new int[Sequences];
        if (Input(4) is not { } given)
        {
            Array.Fill(lengths, Steps);
            return lengths;
        }
        Expect(given, "sequence_lens", [Sequences]);
        lengths = [.. given.ToWholeNumbers().Select(length => checked((int)length))];
        return lengths.All(length => length >= 0 && length <= Steps)
            ? lengths
            : throw Wrong(new($"its sequence_lens are not all from 0 to {Steps}", $"其 sequence_lens 不全在 0 至 {Steps} 之间"));
    }

    private void Expect(TappedTensor? tensor, string name, long[] shape)
    {
        if (tensor is { } given && !given.Shape.SequenceEqual(shape))
        {
            string has = string.Join(", ", given.Shape), needs = string.Join(", ", shape);
            throw Wrong(new(
                $"its {name} has the shape ({has}) instead of ({needs})", $"其 {name} 的形状为 ({has})，而应为 ({needs})"));
        }
    }
}
