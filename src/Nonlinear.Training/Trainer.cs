namespace Nonlinear.Training;

/// <summary>Trains a network, step by step or epoch by epoch.</summary>
/// <remarks>
/// A batch is worked on in blocks of a fixed number of rows, each with gradients of its own, which are added in the order of the blocks.
/// So the result does not depend on the number of threads, bit for bit.
/// </remarks>
public sealed class Trainer
{
    private const int RowsOfBlock = 64;

    private readonly Sequential _network;
    private readonly DataPart _data;
    private readonly Loss _loss;
    private readonly Optimiser _optimiser;
    private readonly Pass[] _passes;
    private readonly float[][] _targets;
    private readonly double[] _losses;
    private readonly Memory<float>[][] _gradients;
    private readonly RandomStream _random;
    private readonly int _batchSize;
    private readonly int _threads;
    private int[] _order = [];
    private int _next;

    /// <summary>Prepares training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="optimiser">How its parameters are moved.</param>
    /// <param name="batchSize">The rows for a step; the last batch of an epoch has what is left.</param>
    /// <param name="seed">The seed of the order of the rows and of what is dropped.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="loss">What is made small; by default cross-entropy for classes, half the squared error for numbers.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or hold a target that is no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size of a batch or the number of threads is not positive.</exception>
    public Trainer(
        Sequential network, DataPart data, OptimiserPlan optimiser, int batchSize, int seed, int threads = 1, Loss? loss = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        data.Check();
        if (network.Inputs != data.Features || network.Outputs != data.Outputs)
            throw new ArgumentException(
                $"The network takes {network.Inputs} inputs and gives {network.Outputs} outputs; the data need {data.Features} and "
                + $"{data.Outputs}.",
                nameof(network));
        (_network, _data, _batchSize) = (network, data, Math.Min(batchSize, data.Count));
        _loss = loss ?? Loss.For(data);
        _optimiser = optimiser.Create(network.Parameters);
        int blocks = (_batchSize + RowsOfBlock - 1) / RowsOfBlock;
        _passes = [.. Enumerable.Range(0, blocks).Select(i => new Pass(network, Math.Min(RowsOfBlock, _batchSize), seed, i))];
        _targets = [.. _passes.Select(pass => new float[pass.Capacity])];
        _gradients = [.. _passes.Select(pass => pass.Gradients.ToArray())];
        _losses = new double[blocks];
        _random = new(seed, "order");
        _threads = threads;
    }

    /// <summary>Goes on to the end of the data: once through all of them, unless single steps came before.</summary>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>The mean loss on the way; not finite if training diverged, in which case it has stopped there.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public double Epoch(CancellationToken cancellation = default)
    {
        double sum = 0;
        int rows = 0;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            (double loss, int count) = NextBatch();
            sum += loss;
            rows += count;
        }
        while (double.IsFinite(sum) && _next < _order.Length);
        return sum / rows;
    }

    /// <summary>Takes one step, with the next batch; after the last one the data are shuffled anew.</summary>
    /// <returns>The mean loss of the batch before the step; if it is not finite, no step was taken.</returns>
    public double Step()
    {
        (double loss, int count) = NextBatch();
        return loss / count;
    }

    /// <summary>Computes the gradient of some rows, and leaves it in the network's parameters.</summary>
    /// <param name="rows">The numbers of the rows, no more than a batch has.</param>
    /// <returns>The sum of their losses.</returns>
    /// <exception cref="ArgumentException">There are no rows, or more than a batch has.</exception>
    public double Gradient(ReadOnlyMemory<int> rows)
    {
        if (rows.Length == 0 || rows.Length > _batchSize)
            throw new ArgumentException($"There are {rows.Length} rows; a batch has 1 to {_batchSize}.", nameof(rows));
        int blocks = (rows.Length + RowsOfBlock - 1) / RowsOfBlock;
        // A browser has one thread, and need not fetch what divides work among several.
        if (blocks > 1 && _threads > 1 && !OperatingSystem.IsBrowser())
        {
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = _threads }, block => RunBlock(block, rows));
        }
        else
        {
            for (int block = 0; block < blocks; block++)
                RunBlock(block, rows);
        }
        for (int i = 0; i < _network.Parameters.Count; i++)
        {
            Span<float> gradient = _network.Parameters[i].Gradient.Span;
            _gradients[0][i].Span.CopyTo(gradient);
            for (int block = 1; block < blocks; block++)
                Spans.Add(_gradients[block][i].Span, gradient);
        }
        double sum = 0;
        foreach (double loss in _losses.AsSpan(0, blocks))
            sum += loss;
        return sum;
    }

    private (double Loss, int Rows) NextBatch()
    {
        if (_next >= _order.Length)
            (_order, _next) = (_random.Permutation(_data.Count), 0);
        int rows = Math.Min(_batchSize, _order.Length - _next);
        double loss = Gradient(_order.AsMemory(_next, rows));
        _next += rows;
        if (double.IsFinite(loss))
        {
            _optimiser.Step();
            for (int start = 0, block = 0; start < rows; start += RowsOfBlock, block++)
                _passes[block].Observe(Math.Min(RowsOfBlock, rows - start));
        }
        return (loss, rows);
    }

    private void RunBlock(int block, ReadOnlyMemory<int> batch)
    {
        ReadOnlySpan<int> rows = batch.Span[(block * RowsOfBlock)..Math.Min((block + 1) * RowsOfBlock, batch.Length)];
        Pass pass = _passes[block];
        Span<float> targets = _targets[block].AsSpan(0, rows.Length);
        _data.Gather(rows, pass.Input.Span, targets);
        pass.Forward(rows.Length, training: true);
        int outputs = rows.Length * _network.Outputs;
        _losses[block] = _loss.Evaluate(pass.Output.Span[..outputs], targets, pass.OutputGradient.Span[..outputs], batch.Length);
        pass.Backward(rows.Length);
    }
}
