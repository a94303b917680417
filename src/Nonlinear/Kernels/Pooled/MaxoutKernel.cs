using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>Maxout on one type.</summary>
internal sealed class MaxoutKernel<T, TConversion>(string name, int pieces) : PooledKernel<T>(name, pieces)
    where T : unmanaged
    where TConversion : struct, IConversion<T>
{
    public override void ForwardGroups(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, int outputs)
    {
        for (int j = 0; j < y.Length; j++)
        {
            int first = First(j, outputs);
            winners[j] = Winner(x, first, outputs);
            y[j] = x[first + (winners[j] * outputs)];
        }
    }

    public override void BackwardGroups(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, int outputs)
    {
        dx.Clear();
        for (int j = 0; j < dy.Length; j++)
            dx[First(j, outputs) + (winners[j] * outputs)] = dy[j];
    }

    // Every product and sum is in double, in the order of the inputs with the rounding errors kept, and rounded once.
    public override void ForwardRows(
        ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, Span<T> y, Span<int> winners, Affine affine)
    {
        for (int j = 0; j < y.Length; j++)
        {
            ReadOnlySpan<T> row = x.Slice(j / affine.Outputs * affine.Inputs, affine.Inputs);
            double best = double.NegativeInfinity;
            winners[j] = 0;
            for (int k = 0; k < Pieces; k++)
            {
                int unit = (k * affine.Outputs) + (j % affine.Outputs);
                CompensatedSum sum = new();
                sum.Add(TConversion.ToDouble(biases[unit]));
                ReadOnlySpan<T> weight = weights.Slice(unit * affine.Inputs, affine.Inputs);
                for (int i = 0; i < row.Length; i++)
                    sum.AddProduct(TConversion.ToDouble(row[i]), TConversion.ToDouble(weight[i]));
                if (Wins(sum.Value, best))
                    (best, winners[j]) = (sum.Value, k);
            }
            y[j] = TConversion.FromDouble(best);
        }
    }

    public override void BackwardRows(ReadOnlySpan<T> weights, ReadOnlySpan<int> winners, ReadOnlySpan<T> dy, Span<T> dx, Affine affine)
    {
        CompensatedSum[] sums = new CompensatedSum[affine.Inputs];
        for (int row = 0; row < dx.Length / affine.Inputs; row++)
        {
            Array.Clear(sums);
            for (int output = 0; output < affine.Outputs; output++)
            {
                int j = (row * affine.Outputs) + output, unit = (winners[j] * affine.Outputs) + output;
                double gradient = TConversion.ToDouble(dy[j]);
                for (int i = 0; i < affine.Inputs; i++)
                    sums[i].AddProduct(gradient, TConversion.ToDouble(weights[(unit * affine.Inputs) + i]));
            }
            Round(sums, dx.Slice(row * affine.Inputs, affine.Inputs));
        }
    }

    public override void BackwardUnits(
        ReadOnlySpan<T> x, ReadOnlySpan<int> winners, ReadOnlySpan<T> dy, Span<T> dweights, Span<T> dbiases, Affine affine, int first)
    {
        CompensatedSum[] sums = new CompensatedSum[affine.Inputs];
        for (int unit = 0; unit < dbiases.Length; unit++)
        {
            int output = (first + unit) % affine.Outputs, piece = (first + unit) / affine.Outputs;
            Array.Clear(sums);
            CompensatedSum bias = new();
            for (int row = 0; row < affine.Batch; row++)
            {
                int j = (row * affine.Outputs) + output;
                if (winners[j] != piece)
                    continue;
                double gradient = TConversion.ToDouble(dy[j]);
                bias.Add(gradient);
                for (int i = 0; i < affine.Inputs; i++)
                    sums[i].AddProduct(gradient, TConversion.ToDouble(x[(row * affine.Inputs) + i]));
            }
            dbiases[unit] = TConversion.FromDouble(bias.Value);
            Round(sums, dweights.Slice(unit * affine.Inputs, affine.Inputs));
        }
    }

    // Forward on a span alone: each group of neighbours becomes one, and the outputs may take the place of the inputs.
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int j = 0; j < y.Length; j++)
            y[j] = x[(j * Pieces) + Winner(x, j * Pieces, 1)];
    }

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        Guard.Apart(dy, dx, nameof(dx));
        for (int j = 0; j < dy.Length; j++)
        {
            int winner = Winner(x, j * Pieces, 1);
            dx.Slice(j * Pieces, Pieces).Clear();
            dx[(j * Pieces) + winner] = dy[j];
        }
    }

    private static bool Wins(double value, double best) => value > best | (double.IsNaN(value) & !double.IsNaN(best));

    // The winner is read again instead of being kept beside its index: an index can be chosen without a branch, which would be guessed
    // wrong every other time.
    private int Winner(ReadOnlySpan<T> x, int first, int step)
    {
        int winner = 0;
        for (int k = 1; k < Pieces; k++)
        {
            bool wins = Wins(TConversion.ToDouble(x[first + (k * step)]), TConversion.ToDouble(x[first + (winner * step)]));
            winner += (k - winner) & -Unsafe.BitCast<bool, byte>(wins);
        }
        return winner;
    }

    private int First(int output, int outputs) => (output / outputs * Pieces * outputs) + (output % outputs);

    private static void Round(ReadOnlySpan<CompensatedSum> sums, Span<T> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = TConversion.FromDouble(sums[i].Value);
    }
}
