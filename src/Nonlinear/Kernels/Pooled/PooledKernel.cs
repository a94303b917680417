namespace Nonlinear.Kernels;

/// <summary>What pooled functions can do besides what all can: channels along any axis, winners, the affine form.</summary>
/// <remarks>A group is what lies together in memory: the inputs of a number of neighbouring outputs.</remarks>
internal abstract class PooledKernel<T>(string name, int pieces) : Kernel<T>(name, pieces)
    where T : unmanaged
{
    /// <summary>The number of inputs that become one output.</summary>
    public int Pieces { get; } = pieces;

    public void Forward(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, ReadOnlySpan<int> shape, int axis)
    {
        int outputs = CheckGroups(x.Length, shape, axis);
        Guard.Length(x.Length / Pieces, y.Length, nameof(y));
        Guard.Length(y.Length, winners.Length, nameof(winners));
        Guard.Apart(x, y, nameof(y));
        Guard.Apart(x, winners, nameof(winners));
        ForwardGroups(x, y, winners, outputs);
    }

    public void Backward(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, ReadOnlySpan<int> shape, int axis)
    {
        int outputs = CheckGroups(dx.Length, shape, axis);
        Guard.Length(dx.Length / Pieces, dy.Length, nameof(dy));
        CheckWinners(winners, dy.Length);
        Guard.Apart(dy, dx, nameof(dx));
        Guard.Apart(winners, dx, nameof(dx));
        BackwardGroups(dy, winners, dx, outputs);
    }

    public void ForwardAffine(ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, Span<T> y, Span<int> winners)
    {
        Affine affine = new(Pieces, biases.Length, nameof(biases), weights.Length, x.Length);
        Guard.Length(affine.Batch * affine.Outputs, y.Length, nameof(y));
        Guard.Length(y.Length, winners.Length, nameof(winners));
        Guard.Apart(x, y, nameof(y));
        Guard.Apart(weights, y, nameof(y));
        Guard.Apart(biases, y, nameof(y));
        ForwardRows(x, weights, biases, y, winners, affine);
    }

    public void BackwardAffine(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<int> winners,
        ReadOnlySpan<T> dy,
        Span<T> dx,
        Span<T> dweights,
        Span<T> dbiases)
    {
        Affine affine = new(Pieces, dbiases.Length, nameof(dbiases), weights.Length, x.Length);
        Guard.Length(affine.Batch * affine.Outputs, dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Length(weights.Length, dweights.Length, nameof(dweights));
        CheckWinners(winners, dy.Length);
        CheckApart(dx, x, weights, dy, nameof(dx));
        CheckApart(dweights, x, weights, dy, nameof(dweights));
        CheckApart(dbiases, x, weights, dy, nameof(dbiases));
        BackwardRows(weights, winners, dy, dx, affine);
        BackwardUnits(x, winners, dy, dweights, dbiases, affine, 0);
    }

    public override Kernel<T> OnThreads(int threads) => new ParallelPooledKernel<T>(this, threads);

    /// <summary>Forward for some groups.</summary>
    public abstract void ForwardGroups(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, int outputs);

    /// <summary>Backward for some groups.</summary>
    public abstract void BackwardGroups(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, int outputs);

    /// <summary>The affine form for some rows of the batch.</summary>
    public abstract void ForwardRows(
        ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, Span<T> y, Span<int> winners, Affine affine);

    /// <summary>The gradient by the inputs for some rows of the batch.</summary>
    public abstract void BackwardRows(ReadOnlySpan<T> weights, ReadOnlySpan<int> winners, ReadOnlySpan<T> dy, Span<T> dx, Affine affine);

    /// <summary>The gradient by the weights and biases of the units from a first one on, summed over the whole batch.</summary>
    public abstract void BackwardUnits(
        ReadOnlySpan<T> x, ReadOnlySpan<int> winners, ReadOnlySpan<T> dy, Span<T> dweights, Span<T> dbiases, Affine affine, int first);

    private int CheckGroups(int length, ReadOnlySpan<int> shape, int axis)
    {
        TensorShape.Check(shape, length, nameof(shape));
        axis = TensorShape.Axis(axis, shape.Length);
        if (shape[axis] % Pieces != 0)
            throw new ArgumentException(
                $"axis {axis} has {shape[axis]} channels, and that is no multiple of the {Pieces} Pieces.", nameof(shape));
        return length == 0 ? 1 : TensorShape.Product(shape[(axis + 1)..]);
    }

    private void CheckWinners(ReadOnlySpan<int> winners, int length)
    {
        Guard.Length(length, winners.Length, nameof(winners));
        foreach (int winner in winners)
        {
            if (winner < 0 || winner >= Pieces)
                throw new ArgumentException($"winners holds {winner}; it must hold numbers from 0 to {Pieces - 1}.", nameof(winners));
        }
    }

    private static void CheckApart(Span<T> output, ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> dy, string name)
    {
        Guard.Apart(x, output, name);
        Guard.Apart(weights, output, name);
        Guard.Apart(dy, output, name);
    }
}

/// <summary>The sizes of an affine layer, worked out from the lengths of its spans.</summary>
internal readonly struct Affine
{
    public Affine(int Pieces, int biases, string biasesName, int weights, int x)
    {
        if (biases == 0 || biases % Pieces != 0)
            throw new ArgumentException(
                $"{biasesName} has {biases} elements; it must have one for each of {Pieces} Pieces and each output.", biasesName);
        Outputs = biases / Pieces;
        if (weights == 0 || weights % biases != 0)
            throw new ArgumentException(
                $"weights has {weights} elements, and that is no multiple of the {biases} biases.", nameof(weights));
        Inputs = weights / biases;
        if (x % Inputs != 0)
            throw new ArgumentException(
                $"x has {x} elements, and that is no multiple of the {Inputs} inputs that the weights take.", nameof(x));
        Batch = x / Inputs;
    }

    public int Outputs { get; }

    public int Inputs { get; }

    public int Batch { get; }
}
