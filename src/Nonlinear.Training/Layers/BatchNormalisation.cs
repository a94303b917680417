using System.Numerics;
using Nonlinear.Layers;

namespace Nonlinear.Training;

/// <summary>
/// Batch normalisation: each channel gets the mean 0 and the variance 1 over the rows of a block, then a scale γ and a shift β that are
/// learned: y = γ (x - mean) / √(variance + ε) + β, with ε = 10⁻⁵.
/// </summary>
/// <remarks>
/// <para>Sources: Ioffe and Szegedy, 2015, arXiv:1502.03167. Batches of more than 64 rows are normalised block by block, which is the ghost
/// batch normalisation of Hoffer et al., 2017, arXiv:1705.08741: so blocks need not wait for each other.</para>
/// <para>Outside training the running mean and variance of the blocks seen take the place of the block's own: the mean over the first ten
/// blocks, then each block counts a tenth. A single row says nothing about a variance and is not counted.</para>
/// </remarks>
public sealed class BatchNormalisation : NetworkLayer
{
    /// <summary>What is added to each variance.</summary>
    public const float Epsilon = 1e-5f;

    private const float LeastShare = 0.1f;

    private readonly int _channels, _positions;
    private readonly LearnedParameter _scale, _shift;
    private readonly float[] _means, _variances, _seen = new float[1];

    /// <summary>Makes a layer with scales of 1.</summary>
    /// <param name="channels">The number of channels, each of which has a mean and a variance of its own: the units of a dense layer, or
    /// the filters of a convolution.</param>
    /// <param name="positions">How many numbers of each channel a row has, channels last: 1, or the places of a picture.</param>
    /// <param name="shift">What the shifts start at.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public BatchNormalisation(int channels, int positions = 1, double shift = 0)
        : base(channels * positions, channels * positions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(positions, 1);
        (_channels, _positions) = (channels, positions);
        (_scale, _shift) = (new("scale", Filled(1)), new("shift", Filled((float)shift)));
        (_means, _variances) = (Filled(0), Filled(1));

        float[] Filled(float value) => [.. Enumerable.Repeat(value, channels)];
    }

    /// <summary>The scale γ of each channel.</summary>
    public LearnedParameter Scale => _scale;

    /// <summary>The shift β of each channel.</summary>
    public LearnedParameter Shift => _shift;

    /// <summary>The running mean of each channel.</summary>
    public ReadOnlyMemory<float> Means => _means;

    /// <summary>The running variance of each channel.</summary>
    public ReadOnlyMemory<float> Variances => _variances;

    /// <inheritdoc/>
    public override IReadOnlyList<LearnedParameter> Parameters => [_scale, _shift];

    /// <inheritdoc/>
    public override IReadOnlyList<Memory<float>> Statistics => [_means, _variances, _seen];

    /// <inheritdoc/>
    public override int ScratchLength(int capacity) => 2 * _channels;

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training)
    {
        int count = rows * _positions;
        ReadOnlySpan<float> x = block.X.Span;
        if (training)
            Measure(x, count, BlockMeans(block), BlockVariances(block));
        ReadOnlySpan<float> means = training ? BlockMeans(block) : _means, variances = training ? BlockVariances(block) : _variances;
        for (int channel = 0; channel < _channels; channel += Vector<float>.Count)
        {
            Vector<float> mean = Spans.Load(means, channel), factor = InverseDeviation(variances, channel);
            Vector<float> scale = Spans.Load(_scale.Values.Span, channel), shift = Spans.Load(_shift.Values.Span, channel);
            for (int i = 0; i < count; i++)
                Spans.Store((scale * ((Spans.Load(Of(x, i), channel) - mean) * factor)) + shift, Of(block.Y.Span, i), channel);
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs)
    {
        int count = rows * _positions;
        ReadOnlySpan<float> x = block.X.Span, dy = block.Dy.Span;
        Vector<float> share = new(1f / count);
        for (int channel = 0; channel < _channels; channel += Vector<float>.Count)
        {
            Vector<float> mean = Spans.Load(BlockMeans(block), channel), factor = InverseDeviation(BlockVariances(block), channel);
            Vector<float> scales = default, shifts = default;
            for (int i = 0; i < count; i++)
            {
                Vector<float> slope = Spans.Load(Of(dy, i), channel);
                scales += slope * ((Spans.Load(Of(x, i), channel) - mean) * factor);
                shifts += slope;
            }
            Spans.Store(scales, block.Gradients[0].Span, channel);
            Spans.Store(shifts, block.Gradients[1].Span, channel);
            if (!toInputs)
                continue;
            // Mean and variance follow the inputs, which takes from the slopes what would move or stretch all rows alike.
            Vector<float> outer = Spans.Load(_scale.Values.Span, channel) * factor;
            (scales, shifts) = (scales * share, shifts * share);
            for (int i = 0; i < count; i++)
            {
                Vector<float> normal = (Spans.Load(Of(x, i), channel) - mean) * factor;
                Spans.Store(outer * (Spans.Load(Of(dy, i), channel) - shifts - (normal * scales)), Of(block.Dx.Span, i), channel);
            }
        }
    }

    /// <inheritdoc/>
    public override void Observe(LayerBlock block, int rows)
    {
        float count = rows * _positions;
        if (count < 2)
            return;
        float share = Math.Max(LeastShare, 1 / ++_seen[0]), unbiased = count / (count - 1);
        for (int channel = 0; channel < _channels; channel++)
        {
            _means[channel] += share * (BlockMeans(block)[channel] - _means[channel]);
            _variances[channel] += share * ((unbiased * BlockVariances(block)[channel]) - _variances[channel]);
        }
    }

    private void Measure(ReadOnlySpan<float> x, int count, Span<float> means, Span<float> variances)
    {
        Vector<float> number = new(count);
        for (int channel = 0; channel < _channels; channel += Vector<float>.Count)
        {
            Vector<float> sum = default, squares = default;
            for (int i = 0; i < count; i++)
                sum += Spans.Load(Of(x, i), channel);
            Vector<float> mean = sum / number;
            for (int i = 0; i < count; i++)
            {
                Vector<float> distance = Spans.Load(Of(x, i), channel) - mean;
                squares += distance * distance;
            }
            Spans.Store(mean, means, channel);
            Spans.Store(squares / number, variances, channel);
        }
    }

    private static Vector<float> InverseDeviation(ReadOnlySpan<float> variances, int channel) =>
        Vector<float>.One / Vector.SquareRoot(Spans.Load(variances, channel) + new Vector<float>(Epsilon));

    private Span<float> BlockMeans(LayerBlock block) => block.Scratch.Span[.._channels];

    private Span<float> BlockVariances(LayerBlock block) => block.Scratch.Span[_channels..];

    // All channels of one row, or of one position of a row.
    private ReadOnlySpan<float> Of(ReadOnlySpan<float> numbers, int i) => numbers.Slice(i * _channels, _channels);

    private Span<float> Of(Span<float> numbers, int i) => numbers.Slice(i * _channels, _channels);
}
