namespace Nonlinear.Kernels;

/// <summary>What pooled functions can do besides what all can: channels along any axis, winners, the affine form.</summary>
internal abstract class PooledKernel<T>(string name) : Kernel<T>(name)
    where T : unmanaged
{
    public abstract void Forward(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, ReadOnlySpan<int> shape, int axis);

    public abstract void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, ReadOnlySpan<int> shape, int axis);

    public abstract void ForwardAffine(ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, Span<T> y, Span<int> winners);

    public abstract void BackwardAffine(
        ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<int> winners, ReadOnlySpan<T> dy, Span<T> dx, Span<T> dweights, Span<T> dbiases);
}

/// <summary>Maxout on one type.</summary>
internal sealed class PooledKernel<T, TConversion>(string name, int pieces) : PooledKernel<T>(name)
    where T : unmanaged
    where TConversion : struct, IConversion<T>
{
    protected override int InputsPerOutput => pieces;

    protected override string Instead => "It keeps one of several inputs: use Forward with winners, and Backward.";

    public override void Forward(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, ReadOnlySpan<int> shape, int axis)
    {
        int inner = CheckGroups(x.Length, shape, axis);
        Guard.Length(x.Length / pieces, y.Length, nameof(y));
        Guard.Length(y.Length, winners.Length, nameof(winners));
        Guard.Apart(x, y, nameof(y));
        Guard.Apart(x, winners, nameof(winners));
        for (int j = 0; j < y.Length; j++)
        {
            int first = First(j, inner);
            winners[j] = Winner(x, first, inner);
            y[j] = x[first + (winners[j] * inner)];
        }
    }

    public override void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, ReadOnlySpan<int> shape, int axis)
    {
        int inner = CheckGroups(dx.Length, shape, axis);
        Guard.Length(dx.Length / pieces, dy.Length, nameof(dy));
        CheckWinners(winners, dy.Length);
        Guard.Apart(dy, dx, nameof(dx));
        Guard.Apart(winners, dx, nameof(dx));
        dx.Clear();
        for (int j = 0; j < dy.Length; j++)
            dx[First(j, inner) + (winners[j] * inner)] = dy[j];
    }

    // Every product and sum is in double, in the order of the inputs with the rounding errors kept, and rounded once.
    public override void ForwardAffine(ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, Span<T> y, Span<int> winners)
    {
        Affine affine = new(pieces, biases.Length, nameof(biases), weights.Length, x.Length);
        Guard.Length(affine.Batch * affine.Outputs, y.Length, nameof(y));
        Guard.Length(y.Length, winners.Length, nameof(winners));
        Guard.Apart(x, y, nameof(y));
        Guard.Apart(weights, y, nameof(y));
        Guard.Apart(biases, y, nameof(y));
        for (int j = 0; j < y.Length; j++)
        {
            ReadOnlySpan<T> row = x.Slice(j / affine.Outputs * affine.Inputs, affine.Inputs);
            double best = double.NegativeInfinity;
            winners[j] = 0;
            for (int k = 0; k < pieces; k++)
            {
                int unit = (k * affine.Outputs) + (j % affine.Outputs);
                FixedOrderSum sum = new();
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

    public override void BackwardAffine(
        ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<int> winners, ReadOnlySpan<T> dy, Span<T> dx, Span<T> dweights, Span<T> dbiases)
    {
        Affine affine = new(pieces, dbiases.Length, nameof(dbiases), weights.Length, x.Length);
        Guard.Length(affine.Batch * affine.Outputs, dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Length(weights.Length, dweights.Length, nameof(dweights));
        CheckWinners(winners, dy.Length);
        CheckApart(dx, x, weights, dy, nameof(dx));
        CheckApart(dweights, x, weights, dy, nameof(dweights));
        CheckApart(dbiases, x, weights, dy, nameof(dbiases));

        FixedOrderSum[] sums = new FixedOrderSum[affine.Inputs];
        for (int row = 0; row < affine.Batch; row++)
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

        for (int unit = 0; unit < dbiases.Length; unit++)
        {
            int output = unit % affine.Outputs, piece = unit / affine.Outputs;
            Array.Clear(sums);
            FixedOrderSum bias = new();
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
            y[j] = x[(j * pieces) + Winner(x, j * pieces, 1)];
    }

    protected override void BackwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
    {
        Guard.Apart(dy, dx, nameof(dx));
        for (int j = 0; j < dy.Length; j++)
        {
            int winner = Winner(x, j * pieces, 1);
            dx.Slice(j * pieces, pieces).Clear();
            dx[(j * pieces) + winner] = dy[j];
        }
    }

    private static bool Wins(double value, double best) => value > best || (double.IsNaN(value) && !double.IsNaN(best));

    private int Winner(ReadOnlySpan<T> x, int first, int inner)
    {
        int winner = 0;
        double best = TConversion.ToDouble(x[first]);
        for (int k = 1; k < pieces; k++)
        {
            double value = TConversion.ToDouble(x[first + (k * inner)]);
            if (Wins(value, best))
                (best, winner) = (value, k);
        }
        return winner;
    }

    // The position of an output's first input: the output's own with the group's size put in.
    private int First(int output, int inner) => (output / inner * pieces * inner) + (output % inner);

    private int CheckGroups(int length, ReadOnlySpan<int> shape, int axis)
    {
        Shape.Check(shape, length, nameof(shape));
        axis = Shape.Axis(axis, shape.Length);
        if (shape[axis] % pieces != 0)
            throw new ArgumentException($"axis {axis} has {shape[axis]} channels, and that is no multiple of the {pieces} pieces.", nameof(shape));
        return length == 0 ? 1 : Shape.Product(shape[(axis + 1)..]);
    }

    private void CheckWinners(ReadOnlySpan<int> winners, int length)
    {
        Guard.Length(length, winners.Length, nameof(winners));
        foreach (int winner in winners)
        {
            if (winner < 0 || winner >= pieces)
                throw new ArgumentException($"winners holds {winner}; it must hold numbers from 0 to {pieces - 1}.", nameof(winners));
        }
    }

    private static void CheckApart(Span<T> output, ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> dy, string name)
    {
        Guard.Apart(x, output, name);
        Guard.Apart(weights, output, name);
        Guard.Apart(dy, output, name);
    }

    private static void Round(ReadOnlySpan<FixedOrderSum> sums, Span<T> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] = TConversion.FromDouble(sums[i].Value);
    }

    /// <summary>The sizes of an affine layer, worked out from the lengths of its spans.</summary>
    private readonly struct Affine
    {
        public Affine(int pieces, int biases, string biasesName, int weights, int x)
        {
            if (biases == 0 || biases % pieces != 0)
                throw new ArgumentException($"{biasesName} has {biases} elements; it must have one for each of {pieces} pieces and each output.", biasesName);
            Outputs = biases / pieces;
            if (weights == 0 || weights % biases != 0)
                throw new ArgumentException($"weights has {weights} elements, and that is no multiple of the {biases} biases.", nameof(weights));
            Inputs = weights / biases;
            if (x % Inputs != 0)
                throw new ArgumentException($"x has {x} elements, and that is no multiple of the {Inputs} inputs that the weights take.", nameof(x));
            Batch = x / Inputs;
        }

        public int Outputs { get; }

        public int Inputs { get; }

        public int Batch { get; }
    }
}
