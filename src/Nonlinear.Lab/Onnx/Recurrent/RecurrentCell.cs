using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>
/// The gates and candidates inside an LSTM, GRU or RNN operator, which no tensor of the model shows: computed once more from what goes into
/// the operator, time step by time step.
/// </summary>
/// <remarks>
/// <para>What is computed is compared with what the runtime computed, so that a misread weight or attribute is an error and not a wrong
/// diagnosis. The rule: every state that the runtime shows, of each step in Y or of the last in Y_h and Y_c, must be met within 1e-3 ·
/// (1 + |state|). The runtime's floats, summed in another order, differ by some 1e-6; a wrong gate differs by far more.</para>
/// <para>Where the runtime shows the state of each step, the next step starts from that, so that differences do not add up.</para>
/// </remarks>
internal sealed class RecurrentCell
{
    private const float Tolerance = 1e-3f;

    private readonly RecurrentNode _node;

    private RecurrentCell(RecurrentNode node)
    {
        _node = node;
        Activations =
        [
            .. Enumerable.Range(0, node.Reverse.Count).SelectMany(direction => CellArithmetic.ActivationsOf(node, direction)
                .Select(activation => direction == 0 ? activation : activation with { Name = $"{activation.Name} (backward)" })),
        ];
    }

    /// <summary>The number of units of each activation.</summary>
    public int HiddenSize => _node.HiddenSize;

    /// <summary>The activations, numbered as they are shown.</summary>
    public IReadOnlyList<CellActivation> Activations { get; }

    /// <summary>The cell of a node; null, with the reason as part of a sentence, if it cannot be followed.</summary>
    public static RecurrentCell? Of(NodeProto node, out Text? reason)
    {
        try
        {
            reason = null;
            return new(RecurrentNode.Of(node));
        }
        catch (UnfollowedException wrong)
        {
            reason = wrong.Reason;
            return null;
        }
    }

    /// <summary>Computes all activations for all time steps, and shows them; steps behind the end of a sequence are left out.</summary>
    /// <param name="inputs">
    /// The operator's inputs by position (X, W, R, B, sequence_lens, initial_h, initial_c, P), null where absent.
    /// </param>
    /// <param name="outputs">Its outputs by position (Y, Y_h, Y_c), null where absent; one at least.</param>
    /// <param name="show">Is shown the activations.</param>
    /// <exception cref="UnfollowedException">
    /// The states are not those that the runtime computed, or the tensors do not belong together. What has been shown counts for nothing.
    /// </exception>
    /// <exception cref="ArgumentException">There is no output to compare with.</exception>
    public void Run(IReadOnlyList<TappedTensor?> inputs, IReadOnlyList<TappedTensor?> outputs, ShowActivation show)
    {
        OperatorTensors tensors = new(_node, inputs, outputs);
        for (int direction = 0; direction < _node.Reverse.Count; direction++)
            Run(direction, tensors, show);
    }

    private void Run(int direction, OperatorTensors tensors, ShowActivation show)
    {
        CellArithmetic cell = CellArithmetic.Of(_node, direction, tensors, show);
        // The longest sequences first: those that still run are always the first rows.
        int[] order = [.. Enumerable.Range(0, tensors.Sequences).OrderByDescending(sequence => tensors.Lengths[sequence])];
        float[] x = new float[checked(order.Length * tensors.InputSize)], h = new float[checked(order.Length * HiddenSize)],
            c = new float[h.Length];
        for (int row = 0; row < order.Length; row++)
        {
            tensors.ReadInitial(cells: false, direction, order[row], RowOf(h, row));
            tensors.ReadInitial(cells: true, direction, order[row], RowOf(c, row));
        }
        float[] expected = new float[HiddenSize];
        int rows = order.Length;
        for (int done = 0; done < tensors.Steps; done++)
        {
            while (rows > 0 && tensors.Lengths[order[rows - 1]] <= done)
                rows--;
            if (rows == 0)
                return;
            for (int row = 0; row < rows; row++)
                tensors.ReadInput(StepOf(order[row]), order[row], x.AsSpan(row * tensors.InputSize, tensors.InputSize));
            cell.Step(x.AsSpan(0, rows * tensors.InputSize), h.AsSpan(0, rows * HiddenSize), c.AsSpan(0, rows * HiddenSize));
            for (int row = 0; row < rows; row++)
            {
                int sequence = order[row];
                if (done == tensors.Lengths[sequence] - 1)
                {
                    if (tensors.TryReadFinal(cells: false, direction, sequence, expected))
                        Compare(new("last state", "最后的状态"), RowOf(h, row), expected, sequence, tensors);
                    if (tensors.TryReadFinal(cells: true, direction, sequence, expected))
                        Compare(new("last cell", "最后的单元状态"), RowOf(c, row), expected, sequence, tensors);
                }
                if (tensors.TryReadState(StepOf(sequence), direction, sequence, expected))
                {
                    Compare(
                        new($"state at step {StepOf(sequence)}", $"第 {StepOf(sequence)} 步的状态"),
                        RowOf(h, row), expected, sequence, tensors);
                    expected.CopyTo(RowOf(h, row));
                }
            }

            int StepOf(int sequence) => _node.Reverse[direction] ? tensors.Lengths[sequence] - 1 - done : done;
        }
    }

    private Span<float> RowOf(float[] states, int row) => states.AsSpan(row * HiddenSize, HiddenSize);

    private static void Compare(Text what, ReadOnlySpan<float> own, ReadOnlySpan<float> expected, int sequence, OperatorTensors tensors)
    {
        for (int unit = 0; unit < own.Length; unit++)
        {
            if (!Agree(own[unit], expected[unit]))
            {
                string here = own[unit].ToString("G5", CultureInfo.InvariantCulture),
                    there = expected[unit].ToString("G5", CultureInfo.InvariantCulture);
                // The runtime takes what is no number for the largest float in some gates, and so can nobody else.
                bool ill = tensors.HasNonFiniteInput;
                throw tensors.Wrong(new(
                    $"the {what.English} of sequence {sequence}, unit {unit}, comes out as {here}, in the runtime as {there}"
                    + (ill ? "; NaN or ∞ goes into it" : ""),
                    $"序列 {sequence} 单元 {unit} {what.Chinese}算得 {here}，运行时为 {there}{(ill ? "；其输入含有 NaN 或 ∞" : "")}"));
            }
        }
    }

    // The runtime has the largest float where the sum is infinite.
    private static bool Agree(float own, float expected) => float.IsNaN(own) || float.IsNaN(expected)
        ? float.IsNaN(own) && float.IsNaN(expected)
        : Math.Abs(Math.Clamp(own, -float.MaxValue, float.MaxValue) - Math.Clamp(expected, -float.MaxValue, float.MaxValue))
            <= Tolerance * (1 + Math.Abs(expected));
}
