namespace Nonlinear.Training;

/// <summary>
/// Dropout: while training, each value is replaced with a certain probability and the others are scaled, so that the mean stays what it
/// is (Srivastava et al., 2014), or mean and variance stay 0 and 1 (alpha dropout: Klambauer et al., 2017, arXiv:1706.02515).
/// </summary>
public sealed class Dropout : NetworkLayer
{
    private readonly double _rate;
    private readonly float _scale, _shift, _dropped;

    private Dropout(int width, double rate, double dropped, double scale, double shift)
        : base(width, width) =>
        (_rate, _dropped, _scale, _shift) = (rate, (float)((scale * dropped) + shift), (float)scale, (float)shift);

    /// <inheritdoc/>
    public override bool KeepsNumbers => true;

    /// <inheritdoc/>
    public override bool DrawsNumbers => true;

    /// <summary>The usual kind: what is dropped becomes 0.</summary>
    /// <param name="width">The number of units.</param>
    /// <param name="rate">The probability that a unit is dropped, from 0 to less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside.</exception>
    public static Dropout Plain(int width, double rate) => new(width, Checked(rate), 0, 1 / (1 - rate), 0);

    /// <summary>The kind for SELU: what is dropped becomes SELU's limit at -∞, and an affine map restores mean 0 and variance 1.</summary>
    /// <param name="width">The number of units.</param>
    /// <param name="rate">The probability that a unit is dropped, from 0 to less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside.</exception>
    public static Dropout Alpha(int width, double rate)
    {
        double limit = Activation.Selu().Forward(double.NegativeInfinity), kept = 1 - Checked(rate);
        double scale = 1 / Math.Sqrt(kept + (limit * limit * kept * rate));
        return new(width, rate, limit, scale, -scale * rate * limit);
    }

    /// <inheritdoc/>
    public override void Forward(LayerBlock block, int rows, bool training)
    {
        ReadOnlySpan<float> x = block.X.Span[..(rows * Inputs)];
        Span<float> y = block.Y.Span[..x.Length];
        if (!training)
        {
            x.CopyTo(y);
            return;
        }
        Span<int> kept = block.Kept.Span;
        for (int i = 0; i < x.Length; i++)
        {
            kept[i] = block.Random!.Uniform() < _rate ? 0 : 1;
            y[i] = kept[i] == 0 ? _dropped : (_scale * x[i]) + _shift;
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerBlock block, int rows, bool toInputs)
    {
        ReadOnlySpan<float> dy = block.Dy.Span[..(rows * Outputs)];
        ReadOnlySpan<int> kept = block.Kept.Span;
        Span<float> dx = block.Dx.Span;
        for (int i = 0; i < dy.Length; i++)
            dx[i] = kept[i] == 0 ? 0 : _scale * dy[i];
    }

    private static double Checked(double rate) => rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "It must be from 0 to less than 1.");
}
