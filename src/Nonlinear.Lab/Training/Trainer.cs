using System.Numerics.Tensors;
using Nonlinear.Lab.Data;

namespace Nonlinear.Lab.Training;

/// <summary>Trains a network, epoch by epoch.</summary>
/// <remarks>
/// A batch is worked on in blocks of a fixed number of rows, each with gradients of its own, which are added in the order of the blocks.
/// So the result does not depend on the number of threads, bit for bit.
/// </remarks>
internal sealed class Trainer
{
    private const int RowsOfBlock = 64;

    private readonly Network _network;
    private readonly DataPart _data;
    private readonly Loss _loss;
    private readonly Optimiser _optimiser;
    private readonly Pass[] _passes;
    private readonly float[][] _targets;
    private readonly double[] _losses;
    private readonly Memory<float>[][] _gradients;
    private readonly RandomStream _order;
    private readonly int _batchSize;
    private readonly ParallelOptions _parallel;

    /// <summary>Prepares training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="optimiser">How its parameters are moved.</param>
    /// <param name="batchSize">The rows for a step; the last batch of an epoch has what is left.</param>
    /// <param name="seed">The seed of the order of the rows and of what is dropped.</param>
    /// <param name="threads">The most threads to use.</param>
    public Trainer(Network network, DataPart data, OptimiserPlan optimiser, int batchSize, int seed, int threads = 1)
    {
        (_network, _data, _batchSize) = (network, data, Math.Min(batchSize, data.Count));
        _loss = Loss.For(data);
        _optimiser = optimiser.Create(network.Parameters);
        int blocks = (_batchSize + RowsOfBlock - 1) / RowsOfBlock;
        _passes = [.. Enumerable.Range(0, blocks).Select(i => new Pass(network, Math.Min(RowsOfBlock, _batchSize), seed, i))];
        _targets = [.. _passes.Select(pass => new float[pass.Capacity])];
        _gradients = [.. _passes.Select(pass => pass.Gradients.ToArray())];
        _losses = new double[blocks];
        _order = new(seed, "order");
        _parallel = new() { MaxDegreeOfParallelism = threads };
    }

    /// <summary>Goes once through the data.</summary>
    /// <returns>The mean loss on the way; not finite if training diverged, in which case it has stopped there.</returns>
    public double Epoch(CancellationToken cancellation = default)
    {
        int[] order = _order.Permutation(_data.Count);
        double sum = 0;
        for (int start = 0; start < order.Length; start += _batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(_batchSize, order.Length - start);
            double loss = Gradient(order.AsMemory(start, rows));
            sum += loss;
            if (!double.IsFinite(loss))
                break;
            _optimiser.Step();
        }
        return sum / order.Length;
    }

    /// <summary>Computes the gradient of some rows, and leaves it in the network's parameters.</summary>
    /// <returns>The sum of their losses.</returns>
    public double Gradient(ReadOnlyMemory<int> rows)
    {
        int blocks = (rows.Length + RowsOfBlock - 1) / RowsOfBlock;
        if (blocks > 1 && _parallel.MaxDegreeOfParallelism > 1)
        {
            Parallel.For(0, blocks, _parallel, block => RunBlock(block, rows));
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
                TensorPrimitives.Add(gradient, _gradients[block][i].Span, gradient);
        }
        return _losses.AsSpan(0, blocks).ToArray().Sum();
    }

    private void RunBlock(int block, ReadOnlyMemory<int> batch)
    {
        ReadOnlySpan<int> rows = batch.Span[(block * RowsOfBlock)..Math.Min((block + 1) * RowsOfBlock, batch.Length)];
        Pass pass = _passes[block];
        Span<float> targets = _targets[block].AsSpan(0, rows.Length);
        _data.Gather(rows, pass.Input.Span, targets);
        pass.Forward(rows.Length, training: true);
        int outputs = rows.Length * _network.Plan.Outputs;
        _losses[block] = _loss.Evaluate(pass.Output.Span[..outputs], targets, pass.OutputGradient.Span[..outputs], batch.Length);
        pass.Backward(rows.Length);
    }
}
