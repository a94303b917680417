using Nonlinear.Lab.Data;

namespace Nonlinear.Lab.Training;

/// <summary>How well a network does on data.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Score">The share of rows whose class is right; for numbers R², the share of the variance that is explained.</param>
/// <param name="Balanced">The mean over the classes of the share of their rows that is right; for numbers the same as the score.</param>
internal sealed record Evaluation(double Loss, double Score, double Balanced)
{
    private const int RowsOfBlock = 256;

    /// <summary>Evaluates a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data.</param>
    /// <param name="observe">Is shown every block and the number of its rows, if somebody wants to look inside.</param>
    public static Evaluation Of(Network network, DataPart data, Action<Pass, int>? observe = null)
    {
        Pass pass = new(network, Math.Min(RowsOfBlock, data.Count));
        Loss loss = Nonlinear.Training.Loss.For(data);
        float[] targets = new float[pass.Capacity];
        int outputs = network.Plan.Outputs;
        double sum = 0, squares = 0;
        int[] right = new int[Math.Max(1, data.Classes)], count = new int[right.Length];
        int[] order = [.. Enumerable.Range(0, data.Count)];
        for (int start = 0; start < data.Count; start += pass.Capacity)
        {
            int rows = Math.Min(pass.Capacity, data.Count - start);
            data.Gather(order.AsSpan(start, rows), pass.Input.Span, targets);
            pass.Forward(rows, training: false);
            observe?.Invoke(pass, rows);
            Span<float> output = pass.Output.Span[..(rows * outputs)];
            sum += loss.Evaluate(output, targets.AsSpan(0, rows), pass.OutputGradient.Span[..output.Length], rows);
            for (int row = 0; row < rows; row++)
            {
                if (data.Classes == 0)
                {
                    squares += Square((double)output[row] - targets[row]);
                    continue;
                }
                int label = (int)targets[row];
                count[label]++;
                right[label] += IndexOfLargest(output.Slice(row * outputs, outputs)) == label ? 1 : 0;
            }
        }
        double score = data.Classes > 0
            ? (double)right.Sum() / data.Count
            : 1 - (squares / (data.Count * Variance(data.Targets)));
        double balanced = data.Classes > 0
            ? Enumerable.Range(0, right.Length).Where(label => count[label] > 0).Average(label => (double)right[label] / count[label])
            : score;
        return new(sum / data.Count, score, balanced);
    }

    private static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }
        return largest;
    }

    private static double Square(double value) => value * value;

    private static double Variance(float[] values)
    {
        double mean = values.Average(value => (double)value);
        return Math.Max(values.Average(value => Square(value - mean)), double.Epsilon);
    }
}
